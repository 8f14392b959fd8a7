from odoo import models


class AftersalesComplaint(models.Model):
    """What the papers of the desk print beside the fields."""

    _inherit = 'aftersales.complaint'

    def _get_report_base_filename(self):
        if len(self) == 1:
            return self.env._("Complaint %(name)s", name=self.name or '')
        return self.env._("Complaints")

    def _get_conversations(self):
        """Return the lines of the complaint record: the notes of conversations, oldest first."""
        self.ensure_one()
        subtype = self.env.ref('aftersales_complaint.mt_complaint_conversation')
        return self.message_ids.filtered(
            lambda message: message.subtype_id == subtype).sorted('date')

    def _get_liability_words(self):
        """Return who is liable for what share, in one line, for the papers of the desk.

        Hook: called as the user, for one complaint, when a paper is printed; liability extends
        it. Persons are named only to those who may read them. Raises nothing.
        """
        self.ensure_one()
        return ""

    def _get_measure_lines(self):
        """Return ``[(measure, due date, done date, effect)]`` for the management sheet.

        Hook: as ``_get_liability_words``; corrective actions extend it.
        """
        self.ensure_one()
        return []

    def _get_promises_kept(self):
        """Return the words for how the customer's promises were kept."""
        self.ensure_one()
        results = dict(self.env['aftersales.clock']._fields['result']._description_selection(
            self.env))
        return ", ".join(
            f"{clock.display_name}: {results[clock.result]}"
            for clock in self.sudo().clock_ids if clock.result in ('met', 'missed'))
