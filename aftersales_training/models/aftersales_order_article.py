from odoo import api, fields, models
from odoo.fields import Domain


class AftersalesOrder(models.Model):
    """What the knowledge base says of the fault, and which articles were used."""

    _inherit = 'aftersales.order'

    article_ids = fields.Many2many(
        'aftersales.article', string="Suggested Articles", compute='_compute_article_ids')
    used_article_ids = fields.Many2many(
        'aftersales.article', 'aftersales_article_order_rel', 'order_id', 'article_id',
        string="Articles Used", copy=False, domain=[('state', '=', 'published')],
        link_access='read', help="Noted on the phone, counted on the article.")

    @api.depends('symptom_id', 'cause_id', 'remedy_id', 'product_id', 'company_id')
    @api.depends_context('uid')
    def _compute_article_ids(self):
        articles = self.env['aftersales.article']
        found = articles._suggest(self)
        # computed as the user reads it: rules decide what is shown
        readable = articles.sudo(False).search(
            Domain('id', 'in', articles.union(*found.values()).ids)) if any(
                found.values()) else articles
        for order in self:
            order.article_ids = found[order].filtered(lambda article: article in readable)

    # === THE PHONE === #

    def _get_mobile_context(self):
        return super()._get_mobile_context() | {
            'articles': self.env['aftersales.article']._suggest(self)}

    def _prepare_mobile_order(self, shared):
        return super()._prepare_mobile_order(shared) | {'articles': [
            article._prepare_mobile_article() for article in shared['articles'][self]]}
