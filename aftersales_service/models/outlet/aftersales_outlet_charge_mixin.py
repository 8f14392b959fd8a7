from odoo import fields, models
from odoo.tools import clean_context


class AftersalesOutletChargeMixin(models.AbstractModel):
    """A document for which outlets are charged: an audit, a complaint, a claim for parts.

    The model adds its kinds to ``aftersales.outlet.charge.kind`` and says in
    ``_prepare_outlet_charge_vals`` whom it charges how much; ``_charge_outlets`` does it. For
    each kind one document charges one outlet once.
    """

    _name = 'aftersales.outlet.charge.mixin'
    _description = "Document That Charges Outlets"
    _inherit = 'aftersales.protected.mixin'

    charge_ids = fields.One2many(
        'aftersales.outlet.charge', 'res_id', string="Charges", copy=False, protected=True,
        domain=lambda self: [('res_model', '=', self._name)])

    def _charge_outlets(self, kind):
        """Charge outlets for these documents by ``kind``; return the charges as superuser.

        Hook to call: by the step that decides it, which checked the right to charge; as any user,
        for a batch. It creates as superuser, and the charges name ``env.user``. Documents that owe
        nothing make no charge.

        :raise IntegrityError: a document was charged by this kind before
        """
        # the deciding step that calls this checked the right to charge
        charges = self.env['aftersales.outlet.charge'].sudo().with_context(
            clean_context(self.env.context))
        vals_list = [document._prepare_outlet_charge_vals(kind) for document in self]
        return charges.create([vals for vals in vals_list if vals.get('amount')])

    def _prepare_outlet_charge_vals(self, kind):
        """Return the values of the charge for one document; extend it for each kind.

        Hook: called by ``_charge_outlets``, as the user whose step decides, for each document,
        before the charges are made. Add ``outlet_id``, ``amount`` (positive: the outlet owes it;
        negative: it gets it; zero: no charge) in the currency of the outlet's company, and
        ``reason``, which the outlet reads.

        :raise UserError: the charge is not possible; undoes the step
        """
        self.ensure_one()
        return {'kind': kind, 'res_model': self._name, 'res_id': self.id,
                'user_id': self.env.uid}
