from odoo import fields, models


class ResUsers(models.Model):
    """Officers read their cases on the phone; technicians have a certificate until a day."""

    _inherit = 'res.users'

    proof_certified_until = fields.Date(
        string="Certified until", copy=False,
        groups='aftersales_service.group_aftersales_dispatcher')

    def _is_aftersales_technician(self):
        return super()._is_aftersales_technician() or bool(self._get_proof_cases())

    def _prepare_mobile_config(self):
        return super()._prepare_mobile_config() | {'has_proof': bool(self._get_proof_cases())}

    def _get_mobile_data(self, page):
        if page != 'proof':
            return super()._get_mobile_data(page)
        return {'cases': [
            {'res_model': case._name, 'res_id': case.id, 'name': case.title,
             'note': case.note or ''} for case in self._get_proof_cases()]}

    def _get_proof_cases(self):
        """Return the open cases of this user, who may be a portal user, as superuser."""
        self.ensure_one()
        # only what this user is the officer of
        return self.env['aftersales.proof.case'].sudo().search(
            [('user_id', '=', self.id), ('state', '!=', 'decided')], order='id')
