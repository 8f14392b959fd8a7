from base64 import b64encode

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .aftersales_job_action_score import KINDS
from .aftersales_kpi import MANUAL

SHOWN = 12  # months on the phone


class AftersalesScore(models.Model):
    """The own sheets on the phone: outlets' people have no other way to them.

    They may be portal users without rights on sheets: whatever leaves here is theirs.
    """

    _inherit = 'aftersales.score'

    # === WHAT THE PHONE SHOWS === #

    @api.model
    def _get_mobile_scores(self):
        """Return the own sheets of the current user as the phone shows them, the newest first.

        Hook to call: by the data of a phone page, as the user of the phone, for all sheets that
        this one user may see. Raises nothing.
        """
        # only the user's own ones, and none that is not theirs to see yet
        sheets = self.sudo().search(
            [('user_id', '=', self.env.uid), ('state', '!=', 'draft')], limit=SHOWN)
        return [sheet._prepare_mobile_score() for sheet in sheets]

    def _prepare_mobile_score(self):
        self.ensure_one()
        labels = {name: dict(self._fields[name]._description_selection(self.env))
                  for name in ('level', 'state')}
        today = self._get_today()
        return {
            'res_model': self._name, 'res_id': self.id, 'name': self.display_name,
            'state': self.state, 'state_name': labels['state'][self.state],
            'score': self.score if self.is_applicable else None,
            'correction': self.correction,
            'level': self.level or '', 'level_name': labels['level'].get(self.level, ''),
            'factor': self.bonus_factor, 'place': self.place, 'place_count': self.place_count,
            'comment': self.own_comment or '', 'reason': self.manager_reason or '',
            'plan': self.plan or '', 'reward': self.reward or '',
            'objection': self.objection or '', 'answer': self.objection_answer or '',
            'comment_until': format_date(self.env, self.comment_date) or '',
            'object_until': format_date(self.env, self.objection_date) or '',
            'can_object': self.state == 'served' and not self.date_signed and (
                not self.objection_date or self.objection_date >= today),
            'is_signed': bool(self.date_signed),
            'lines': [line._prepare_mobile_line() for line in self.line_ids.sorted(
                lambda line: not line.is_applicable)],
            'later': [{'note': line.note or '', 'points': round(line.points, 1),
                       'month': format_date(self.env, line.score_id.month, date_format='yyyy-MM')}
                      for line in self.correction_ids],
        }

    # === WHAT THE PHONE DOES === #

    def _check_mobile_access(self, kind):
        # only whose sheet it is, and whether it is with its person, is read
        sheet = self.sudo()
        if kind in dict(KINDS) and sheet.user_id == self.env.user and sheet.state != 'draft':
            return None
        return super()._check_mobile_access(kind)

    def _ensure_mobile_state(self, state):
        self._refuse_where(
            lambda sheet: sheet.state != state,
            self.env._("The sheet is past this step: reload the page"))

    def _on_mobile_score_comment(self, payload, moment):
        """Hand in the own comment and marks (``{line id: 0 to 100}``)."""
        self._ensure_mobile_state('own')
        marks = payload.get('marks') or {}
        if not isinstance(marks, dict):
            raise UserError(self.env._("The phone sent something unreadable."))
        for line in self.line_ids.filtered(lambda line: line.formula == MANUAL):
            mark = marks.get(str(line.id))
            if mark is None or mark == '':
                continue
            if type(mark) not in (int, float) or not 0 <= mark <= 100:
                raise UserError(self.env._("Marks go from 0 to 100."))
            line.own_mark = mark
        self.own_comment = self._read_text(
            payload, 'comment', self.env._("Write your comment first."))
        self._set_state('manager', moment)

    def _on_mobile_score_object(self, payload, moment):
        self._ensure_mobile_state('served')
        self.objection = self._read_text(payload, 'objection')
        self._set_state('objected', moment)

    def _on_mobile_score_sign(self, payload, moment):
        """Take the signature: the sheet is closed with it."""
        if self.state not in ('served', 'closed') or self.date_signed:
            raise UserError(self.env._("There is nothing to sign on this sheet: reload the page."))
        content = self.company_id._read_photo(payload.get('image'))
        self.env['aftersales.order']._ensure_drawn(content)
        self.signature = b64encode(content)
        if self.state == 'served':
            self._set_state('closed', moment)
