from odoo import api, fields, models

from .aftersales_complaint import QUIET_KINDS
from .aftersales_complaint_rule import LEVELS

_RANKS = [level for level, __ in LEVELS]


class AftersalesComplaint(models.Model):
    """How grave a complaint is: the rules say it, people correct it, a later loss raises it."""

    _inherit = 'aftersales.complaint'

    # === COMPUTES === #

    @api.depends(
        'kind', 'category_id', 'channel', 'is_injury', 'is_media', 'is_authority', 'is_abroad',
        'is_leaving', 'amount_asked', 'repeat_count', 'partner_id')
    def _compute_level(self):
        """Take the level of the first rule that fits; none makes it a general complaint."""
        for case in self:
            case.level = case._get_rule_level()

    def _get_rule_level(self):
        """Return the level of the rules; what asks for nothing is as grave as nothing."""
        if self.kind in QUIET_KINDS:
            return 'general'
        rule = self.env['aftersales.complaint.rule']._find('level', self._get_rule_facts())
        return rule.level or 'general'

    # === RULES === #

    def _raise_level(self):
        """Raise open complaints to the level that the rules give them now.

        A level that people set higher stays. Hook to call: by steps that were checked, after a fact
        of the rules changed, such as the loss, as any user, for a batch. Raises nothing.
        """
        # the level follows from the rules, whoever notes the loss
        for case in self.sudo().filtered(lambda case: not case.date_closed):
            level = case._get_rule_level()
            if _RANKS.index(level) > _RANKS.index(case.level):
                case.level = level
                case._message_log(body=self.env._(
                    "The level follows the loss that was found: %(loss)s.",
                    loss=case.currency_id.format(case.amount_loss)))

    def _get_rule_facts(self):
        """Return what the rules of the desk are matched with, for one complaint.

        Hook: called when a level is computed, a unit proposed and an approval judged, as the
        user, for one record, saved or not. A module that adds a criterion to
        ``aftersales.complaint.rule`` adds its fact here. Raises nothing.
        """
        self.ensure_one()
        path = self.category_id.sudo().parent_path or ''
        case = self.sudo()  # facts of the case itself, which the caller reads
        return {
            'company': self.company_id.id, 'day': fields.Date.context_today(self),
            'kind': case.kind, 'channel': case.channel,
            # the grade of the customer's own company; grades are no secret to agents
            'grade': lambda: case.commercial_partner_id.aftersales_grade_id.id,
            'categories': tuple(int(key) for key in path.split('/') if key),
            'is_injury': case.is_injury, 'is_media': case.is_media,
            'is_authority': case.is_authority, 'is_abroad': case.is_abroad,
            'is_leaving': case.is_leaving,
            'is_exceptional': case.is_injury or case.is_media or case.is_authority,
            'repeat': case.repeat_count,
            'amount': max(case.amount_asked, case.amount_loss)}
