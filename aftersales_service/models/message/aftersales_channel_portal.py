from lxml import html
from markupsafe import Markup

from odoo import api, models


class AftersalesChannelPortal(models.AbstractModel):
    """A message on the customer's page of the document; it rings nowhere."""

    _name = 'aftersales.channel.portal'
    _description = "Message on the Customer's Page"
    _inherit = ['aftersales.channel']

    @api.model
    def _get_address(self, document):
        return document._get_notification_recipient()['partner'].name

    @api.model
    def _deliver(self, message, secrets=None):
        document = message._get_document()
        bodies = message.notifier_id.template_id._render_field(
            'body_html', document.ids, compute_lang=True)
        # written as a record: posting would notify each follower of the order
        self.env['mail.message'].create({
            'model': document._name,
            'res_id': document.id,
            'message_type': 'comment',
            'subtype_id': self.env.ref('mail.mt_comment').id,
            'author_id': message.company_id.partner_id.id,
            'body': self._drop_own_links(bodies[document.id], document),
        })
        return False

    @api.model
    def _drop_own_links(self, body, document):
        """Leave out the links to our own pages: they carry keys of the customer.

        An outlet's people read this conversation, too; the customer is on the page already.
        """
        tree = html.fragment_fromstring(body, create_parent='div')
        for link in tree.xpath('//a[@href]'):
            if link.get('href').startswith((document.get_base_url(), '/')):
                link.drop_tree()
        return Markup(html.tostring(tree, encoding='unicode'))
