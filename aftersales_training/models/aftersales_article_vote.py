from odoo import fields, models


class AftersalesArticleVote(models.Model):
    """Whether an article helped one person; each person has one vote, which may change."""

    _name = 'aftersales.article.vote'
    _description = "Vote on an Article"
    _inherit = 'aftersales.protected.mixin'
    _order = 'id desc'
    _rec_name = 'article_id'

    article_id = fields.Many2one(
        'aftersales.article', required=True, readonly=True, copy=False, index=True,
        ondelete='cascade', protected=True)
    company_id = fields.Many2one(related='article_id.company_id', store=True, index=True)
    user_id = fields.Many2one(
        'res.users', string="Person", required=True, readonly=True, index=True,
        ondelete='cascade')
    is_helpful = fields.Boolean(string="Helped", readonly=True)

    _one_vote = models.Constraint(
        'UNIQUE(article_id, user_id)', "Each person judges an article once.")
