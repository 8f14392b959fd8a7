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
        """Return who is liable for what share, in one line; units and parties, never persons."""
        self.ensure_one()
        lines = self.event_liability_ids._filtered_access('read')
        return ", ".join(f"{line.display_name} {line.share:g} %" for line in lines)

    def _get_measure_lines(self):
        """Return ``[(measure, due date, done date, effect)]`` of the corrective actions."""
        self.ensure_one()
        return [
            (action.name, action.date_due, action.date_done, capa.effect_note or "")
            for capa in self.capa_ids._filtered_access('read') for action in capa.action_ids]

    def _get_promises_kept(self):
        """Return the words for how the customer's promises were kept."""
        self.ensure_one()
        results = dict(self.env['aftersales.clock']._fields['result']._description_selection(
            self.env))
        return ", ".join(
            f"{clock.display_name}: {results[clock.result]}"
            for clock in self.sudo().clock_ids if clock.result in ('met', 'missed'))
