from odoo import api, models
from odoo.exceptions import ValidationError

from ..tools.contact import find_rating_request


class MailTemplate(models.Model):
    """No message of ours, with a coupon or an apology, asks for another or a certain rating."""

    _inherit = 'mail.template'

    @api.constrains('subject', 'body_html', 'model_id')
    def _check_rating_request(self):
        patterns = self.env['aftersales.known.words']._get_request_patterns()
        for template in self.filtered(
                lambda template: (template.model or '').startswith('aftersales.')):
            words = find_rating_request(template.subject, patterns) or find_rating_request(
                template.body_html, patterns)
            if words:
                raise ValidationError(self.env._(
                    "“%(words)s” asks for a certain rating. Contacts, coupons and amends never "
                    "ask to change one: reword the text.", words=words))
