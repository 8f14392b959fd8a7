from datetime import timedelta

from odoo import fields, models

EFFECT_DAYS = 7
ACTIVITY_TYPE = 'mail.mail_activity_data_call'


class AftersalesComplaint(models.Model):
    """Service recovery: what is given besides the solution, and whether it helped.

    How much the front line may grant, and an outlet's monthly budget, are rules of the desk.
    """

    _inherit = 'aftersales.complaint'

    gesture = fields.Selection(
        [('money', "Money"), ('coupon', "Coupon"), ('gift', "Gift"), ('visit', "Extra Visit"),
         ('apology', "Apology in Person")], copy=False,
        groups='base.group_user',
        help="What the customer gets besides the solution. A week later we ask whether it "
             "helped.")
    gesture_note = fields.Char(string="Which", copy=False, groups='base.group_user')
    gesture_effect = fields.Selection(
        [('content', "Customer Content"), ('partly', "Partly"), ('angry', "Still Annoyed")],
        string="Effect of the Gesture", copy=False, groups='base.group_user', tracking=True)

    def _on_settled(self):
        result = super()._on_settled()
        for case in self.filtered('gesture'):
            handler = case.user_id or self.env.user
            case.activity_schedule(
                ACTIVITY_TYPE, user_id=handler.id,
                date_deadline=fields.Date.context_today(case) + timedelta(days=EFFECT_DAYS),
                summary=case.with_context(lang=handler.lang).env._(
                    "Ask whether the gesture helped"))
        return result

    def _get_locked_fields(self):
        """Keep the answer to that question open, after closing too."""
        return super()._get_locked_fields() - {'gesture_effect'}
