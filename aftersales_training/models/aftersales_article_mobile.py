from odoo import models
from odoo.exceptions import UserError


class AftersalesArticle(models.Model):
    """An article as phones read it; outlets' technicians have no other way to it."""

    _inherit = 'aftersales.article'

    def _check_mobile_access(self, kind):
        """Let technicians judge what is published in a company of theirs."""
        user = self.env.user
        # portal users may not read articles: only whether these are for technicians is asked
        if kind != 'article_vote' or not user._is_aftersales_technician() or not (
                self.sudo().filtered_domain(self._get_readable_domain(user.company_ids))):
            return super()._check_mobile_access(kind)
        return None

    def _on_mobile_article_vote(self, payload, moment):
        if type(payload.get('is_helpful')) is not bool:
            raise UserError(self.env._("Say whether it helped."))
        self._vote(payload['is_helpful'])

    def _prepare_mobile_article(self):
        """Return what the phone shows of one article, and what is searched there."""
        self.ensure_one()
        # the author is named: that is the thanks
        return {
            'res_model': self._name, 'res_id': self.id, 'code': self.code or "",
            'name': self.name, 'fault': self.fault or "", 'cause': self.cause or "",
            'remedy': str(self.remedy or ""), 'helped': self.helped_count,
            'author': self.author_id.name, 'search': (self.search_text or "").lower(),
            'is_voted': self.has_my_vote, 'is_own': self.author_id == self.env.user,
        }
