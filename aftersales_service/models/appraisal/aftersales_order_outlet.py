from odoo import api, models
from odoo.exceptions import UserError


class AftersalesOrder(models.Model):
    """What the people of an outlet say about a fault on their page: sheets and exclusions.

    They are portal users: each method looks at the outlets that they serve before it
    writes as superuser, and takes only the answers of its form.
    """

    _inherit = 'aftersales.order'

    def _is_appraisable(self):
        """Return whether the outlet may say now what is broken and who answers for it."""
        self.ensure_one()
        return bool(
            self.offer_state == 'accepted' and self.warranty_id and not self.date_closed)

    def _get_outlet_grounds(self):
        """Return the grounds that may be proposed here: those of the policy, else all."""
        self.ensure_one()
        # grounds are printed on the card
        order = self.sudo()
        grounds = order.env['aftersales.warranty.exclusion']._get_grounds(
            order.warranty_id.policy_id, order.company_id)
        return grounds - order.exclusion_ids.exclusion_id

    def _get_outlet_draft(self):
        """Return the current user's sheet of this order that is not issued yet."""
        return self.sudo().appraisal_ids.filtered(
            lambda sheet: sheet.user_id == self.env.user and sheet.state in (
                'draft', 'refused'))[-1:]

    def _appraise_for_outlet(self, values):
        """Write an appraisal sheet from the outlet's form and issue it, or submit it.

        Return the sentence of a refusal: what was written is kept for the next try.
        """
        order = self._ensure_serves()
        if not order._is_appraisable():
            raise UserError(self.env._(
                "There is no unit to appraise on this order: ask the desk to enter its serial "
                "number or warranty card."))
        answers = self._read_outlet_answers(values)
        sheet = order._get_outlet_draft()
        if sheet:
            sheet.write(answers)
            sheet.filtered(lambda one: one.state == 'refused')._set_state('draft')
        else:
            sheet = sheet.create({**answers, 'order_id': order.id, 'user_id': self.env.uid})
        try:
            with self.env.cr.savepoint():
                sheet.action_issue()
        except UserError as refusal:
            return refusal.args[0]
        return None

    @api.model
    def _read_outlet_answers(self, values):
        """Return the answers of the form that the sheet takes; no others are read."""
        sheets = self.env['aftersales.appraisal']
        answers = {name: values.get(name) or False
                   for name in ('fault_kind', 'responsibility', 'remedy')}
        if not answers['fault_kind']:
            raise UserError(self.env._("Choose the kind of fault before you issue the sheet."))
        for name, answer in answers.items():
            if answer and answer not in dict(
                    sheets._fields[name]._description_selection(self.env)):
                raise UserError(self.env._(
                    "This answer is not one of the form's: reload the page and choose one of "
                    "those shown."))
        for name in ('test_results', 'conclusion'):
            answers[name] = (values.get(name) or '').strip()
        return answers

    def _propose_exclusion_for_outlet(self, exclusion_id, note, photos=()):
        """Propose a ground on which the warranty does not apply, with the outlet's photos.

        :param photos: pairs of file name and content
        """
        order = self._ensure_serves()
        if not order._is_appraisable() or order.date_done:
            raise UserError(self.env._(
                "No ground can be proposed on this order: its work is done, or it has no unit. "
                "Call the desk."))
        if exclusion_id not in order._get_outlet_grounds().ids:
            raise UserError(self.env._("Choose one of the grounds."))
        exclusion = order.env['aftersales.order.exclusion'].create({
            'order_id': order.id, 'exclusion_id': exclusion_id,
            'note': (note or '').strip(), 'user_id': self.env.uid})
        for name, content in photos:
            exclusion._add_photo(name, content)
        return exclusion
