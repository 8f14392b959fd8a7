from odoo.http import Controller, request, route

from .feedback import HEADERS


class AftersalesContactPage(Controller):
    """The page on which customers end contacts of one purpose; opening it changes nothing.

    The key in the address is known to no other site, so the form needs no token against forged
    requests and works in a message's own browser, which keeps no cookies.
    """

    @route('/contact/<int:contact_id>/<string:key>', type='http', auth='public',
           methods=['GET', 'POST'], csrf=False, website=True, sitemap=False)
    def contact_unsubscribe(self, contact_id, key, **post):
        """Ask whether to unsubscribe; a POST does so."""
        contact = request.env['aftersales.contact']._find_by_key(contact_id, key)
        if not contact:
            raise request.not_found()
        is_done = request.httprequest.method == 'POST'
        if is_done:
            contact._unsubscribe()
        return request.render('aftersales_survey.contact_unsubscribe', {
            'purpose': contact.plan_id.purpose, 'company': contact.company_id,
            'is_done': is_done or not contact._is_allowed()}, headers=HEADERS)
