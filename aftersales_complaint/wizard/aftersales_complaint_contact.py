from markupsafe import Markup

from odoo import fields, models

from ..models.activity_types import CALL


class AftersalesComplaintContact(models.TransientModel):
    """A conversation about a complaint: with whom, what was said, promised, and what is next.

    It becomes a note in the chatter, the promise of the case and an activity.
    """

    _name = 'aftersales.complaint.contact'
    _description = "Conversation about a Complaint"
    _inherit = 'aftersales.link.access.mixin'

    complaint_id = fields.Many2one(
        'aftersales.complaint', required=True, ondelete='cascade', link_access='write')
    way = fields.Selection(
        [('phone', "Phone"), ('visit', "Visit"), ('letter', "Letter"), ('chat', "Chat")],
        default='phone', required=True)
    person = fields.Char(string="Spoken With")
    is_customer = fields.Boolean(
        string="With the Customer", default=True,
        help="Keeps the promise of a first response.")
    words = fields.Text(string="What Was Said", required=True)
    promise = fields.Char(string="Promised")
    date_promised = fields.Date(string="Promised until")
    next_step = fields.Char()
    next_contact_date = fields.Date(string="Next Contact")

    def action_confirm(self):
        """Note the conversation; the promise and the next contact stand on the case."""
        self.ensure_one()
        case = self.complaint_id
        case.check_access('write')
        case.message_post(
            body=self._describe(), subtype_id=self.env.ref(
                'aftersales_complaint.mt_complaint_conversation').id)
        if self.promise:
            case.write({'promise': self.promise, 'date_promised': self.date_promised})
        # the conversation was the call that was due, of any planner
        case.sudo().activity_ids.filtered(  # the right was checked above
            lambda activity: activity.activity_type_id == self.env.ref(CALL)
            and activity.date_deadline <= fields.Date.context_today(self)).unlink()
        if self.next_contact_date:
            case.activity_schedule(
                CALL, date_deadline=self.next_contact_date,
                user_id=self.env.uid,
                summary=self.next_step or self.env._("Speak with the customer again"))
        if self.is_customer:
            case._note_response()
        return {'type': 'ir.actions.act_window_close'}

    def _describe(self):
        """Return the conversation as lines of a note."""
        labels = dict(self._fields['way']._description_selection(self.env))
        lines = [
            (self.env._("Spoken With"), " · ".join(filter(None, (self.person, labels[self.way])))),
            (self.env._("Said"), self.words),
            (self.env._("Promised"), " · ".join(filter(None, (
                self.promise, self.date_promised and fields.Date.to_string(
                    self.date_promised))))),
            (self.env._("Next"), " · ".join(filter(None, (
                self.next_step, self.next_contact_date and fields.Date.to_string(
                    self.next_contact_date)))))]
        return Markup("<br/>").join(
            Markup("<b>%s</b>: %s") % line for line in lines if line[1])
