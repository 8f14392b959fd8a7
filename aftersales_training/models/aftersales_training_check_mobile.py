import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date
from odoo.tools.image import image_data_uri

from .aftersales_training_check_item import RESULTS

# how long a sheet that is done stays on the phone, with its certificate
SHOWN_DAYS = 7
SHOWN_LIMIT = 50


class AftersalesTrainingCheck(models.Model):
    """The sheets of the current user's phone: an exam is judged and signed on it."""

    _inherit = 'aftersales.training.check'

    # === WHAT THE PHONE SENDS === #

    def _check_mobile_access(self, kind):
        # only whether the sheet names the user as its examiner is read
        return None if self.sudo().examiner_id == self.env.user else (
            super()._check_mobile_access(kind))

    def _ensure_mobile_open(self, kind):
        result = super()._ensure_mobile_open(kind)
        self._refuse_where(
            lambda check: check.state != 'open', self.env._(
                "This sheet is signed or cancelled; nothing can be added to it"))
        return result

    def _on_mobile_exam_item(self, payload, moment):
        """Note what the examiner found of one item, with a remark or a photo."""
        item_id, result = payload.get('check_id'), payload.get('result')
        item = self.item_ids.filtered(lambda item: item.id == item_id)
        if not item or result not in dict(RESULTS):
            raise UserError(self.env._("Say which item is meant, and whether it was passed."))
        vals = {'result': result, 'note': self._read_text(payload, 'note')}
        if payload.get('image'):
            vals['photo'] = base64.b64encode(self.company_id._read_photo(payload['image']))
        item.write(vals)

    def _on_mobile_exam_sign(self, payload, moment):
        """Take both signatures and finish the sheet: mark, certificate or retest."""
        if self.previous_id and self.company_id._get_aftersales_day(moment) < self.date_planned:
            raise UserError(self.env._(
                "The retest is planned for %(day)s: examine on that day, or plan it earlier first.",
                day=format_date(self.env, self.date_planned)))
        signatures = {}
        for name in ('learner_signature', 'examiner_signature'):
            content = self.company_id._read_photo(payload.get(name))
            self.env['aftersales.order']._ensure_drawn(content)
            signatures[name] = base64.b64encode(content)
        # whose sheet it is was checked by _check_mobile_access
        self.write({**signatures, 'remark': self._read_text(payload, 'remark')})
        self._set_state('done', moment)

    # === WHAT IT SHOWS === #

    @api.model
    def _get_mobile_exams(self):
        """Return the page “Exams” of the current user's phone: open sheets, and those just done."""
        since = fields.Datetime.subtract(fields.Datetime.now(), days=SHOWN_DAYS)
        # found by the examiner, who is the user
        checks = self.sudo().search(
            Domain('examiner_id', '=', self.env.uid) & (
                Domain('state', '=', 'open')
                | Domain('state', '=', 'done') & Domain('date_done', '>=', since)),
            order='date_planned, id', limit=SHOWN_LIMIT)
        return {'checks': [check._prepare_mobile_check() for check in checks]}

    def _prepare_mobile_check(self):
        """Return one sheet as the phone shows it.

        Hook: called by the page “Exams” of the phone, as superuser, for one sheet of the examiner
        who is the user, at each reading. Modules add keys to ``super()``. Raises nothing.
        """
        self.ensure_one()
        retest = self.retest_ids[:1]
        picture = self.user_id.image_128
        return {
            'res_model': self._name, 'res_id': self.id, 'name': self.name or "",
            'kind': self.kind, 'state': self.state, 'learner': self.user_id.name,
            'picture': image_data_uri(picture) if picture else "",
            'course': self.course_id.name or "", 'unit': " ".join(filter(None, [
                self.product_id.display_name, self.serial])),
            'day': format_date(self.env, self.date_planned), 'pass_mark': self.pass_mark,
            'mark': self.mark, 'result': self.result or "", 'is_retest': bool(self.previous_id),
            'certificate': self.certificate_id.name or "",
            'missing': (self.attendance_id.missing_marks or "") if self.result == 'passed' else "",
            'retest': format_date(self.env, retest.date_planned) if retest else "",
            'items': [{
                'id': item.id, 'name': item.name, 'weight': item.weight,
                'is_red_line': item.is_red_line, 'needs_photo': item.needs_photo,
                'result': item.result or "", 'note': item.note or "",
                'has_photo': bool(item.photo)} for item in self.item_ids]}
