from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_coupon_program_id = fields.Many2one(
        'loyalty.program', string="Programme of Coupons",
        domain="[('program_type', 'in', ('gift_card', 'ewallet')), "
               "('currency_id', '=', currency_id), ('company_id', 'in', (id, False))]",
        help="The gift cards or eWallets by which returned goods may be settled. Its end date "
             "ends the coupons; its product books what they hold.")

    @api.constrains('aftersales_coupon_program_id', 'currency_id')
    def _check_aftersales_coupon_program(self):
        for company in self:
            program = company.aftersales_coupon_program_id
            if program and (
                    not program.is_payment_program or program.currency_id != company.currency_id
                    or program.company_id not in (company, self.browse())):
                raise ValidationError(self.env._(
                    "Coupons are gift cards or eWallets of %(company)s, in its currency.",
                    company=company.name))

    def _get_coupon_objection(self):
        """Return why no coupon can be given today, in the user's words; else empty."""
        self.ensure_one()
        # those who settle returns may read which programme the company chose
        program = self.sudo().aftersales_coupon_program_id
        today = fields.Date.context_today(self)
        if not program:
            return self.env._("Choose the programme of coupons in the settings first.")
        if not program.active or (program.date_from and today < program.date_from) or (
                program.date_to and today > program.date_to):
            return self.env._(
                "“%(programme)s” is not valid today; choose another programme.",
                programme=program.name)
        if not program.trigger_product_ids:
            return self.env._(
                "“%(programme)s” has no product by which its cards are sold.",
                programme=program.name)
        return ''
