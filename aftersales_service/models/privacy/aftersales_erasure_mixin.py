from collections import Counter

from odoo import fields, models


class AftersalesErasureMixin(models.AbstractModel):
    """The erasure itself, and the note of it."""

    _inherit = 'aftersales.erasure.mixin'

    def _erase_personal_data(self, kinds, reason, before=None, partner=None):
        """Erase the data of these finished documents and note it; return the numbers by kind.

        The caller has checked that the user may; the documents say in their chatter what kind
        of data is gone.

        :param before: documents that were finished later keep theirs; by default now
        """
        moment = before or fields.Datetime.now()
        # no user may delete single proofs; the caller checked the right to erase all of a kind
        records = self.sudo().with_context(active_test=False).filtered_domain(
            self._get_finished_domain(moment) & self._get_free_domain())
        counts = Counter()
        for company, group in records.grouped('company_id').items():
            erased = {kind: getattr(group, f'_erase_{kind}s')(moment) for kind in kinds
                      if hasattr(group, f'_erase_{kind}s')}
            if any(erased.values()):
                group._note_erasure(company, erased, reason, partner)
            counts.update({kind: int(count) for kind, count in erased.items()})
        return counts

    def _note_erasure(self, company, erased, reason, partner):
        """Keep when and by whom how much was erased, and note it in each chatter."""
        erasure = self.env['aftersales.erasure'].create({
            'company_id': company.id, 'reason': reason, 'user_id': self.env.uid,
            'partner_id': partner.id if partner else False, self._erasure_count_field: len(self),
            **self.env['aftersales.erasure']._prepare_counts(erased)})
        # documents without a chatter have the note alone
        if hasattr(self, '_message_log_batch') and (left := self.exists()):
            left._message_log_batch(bodies=dict.fromkeys(left.ids, erasure._describe()))
