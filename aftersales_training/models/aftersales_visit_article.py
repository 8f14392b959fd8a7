from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import plaintext2html

# what still makes sense when the visit is over
LATE_KINDS = frozenset({'article_use', 'article_case'})


class AftersalesVisit(models.Model):
    """What a technician on site uses of the knowledge base, and adds to it."""

    _inherit = 'aftersales.visit'

    def _ensure_mobile_open(self, kind):
        """Take experiences in the evening, too."""
        return None if kind in LATE_KINDS else super()._ensure_mobile_open(kind)

    def _on_mobile_article_use(self, order, payload, moment):
        """Note that an article was used on a unit, and whether it helped."""
        self._ensure_unit(order)
        articles = self.env['aftersales.article']
        article = articles.search(
            articles._get_readable_domain(order.company_id)
            & Domain('id', '=', self._read_record_id(payload, 'article_id')))
        if not article:
            raise UserError(self.env._(
                "This article is not in the knowledge base any more: load the jobs again."))
        order.used_article_ids |= article
        if type(payload.get('is_helpful')) is bool:
            article._vote(payload['is_helpful'])

    def _on_mobile_article_case(self, order, payload, moment):
        """Keep what the technician found out as an article to review, under their name."""
        self._ensure_unit(order)
        title = self._read_text(payload, 'name', self.env._("Give the case a title."))
        fault = self._read_text(payload, 'fault', self.env._("Write what the fault looked like."))
        remedy = self._read_text(payload, 'remedy', self.env._("Write what helped."))
        product = order.product_id.product_tmpl_id
        article = self.env['aftersales.article'].create({
            'name': title[:200], 'fault': fault, 'cause': self._read_text(payload, 'cause'),
            'remedy': Markup(plaintext2html(remedy)), 'company_id': order.company_id.id,
            'code_ids': (order.symptom_id | order.cause_id | order.remedy_id).ids,
            'product_tmpl_ids': product.ids, 'order_id': order.id})
        if payload.get('image'):
            self.env['ir.attachment'].create({
                'name': f'{title[:60]}.jpg'.replace('/', '-'), 'res_model': article._name,
                'res_id': article.id, 'company_id': order.company_id.id,
                'raw': self._read_photo(payload, 'image')})
        article._set_state('submitted')
