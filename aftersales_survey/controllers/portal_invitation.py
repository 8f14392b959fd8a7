from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal


class InvitationPortal(CustomerPortal):
    """What a customer who has logged in is asked, and did not answer yet."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if 'survey_invitation_count' in counters:
            values['survey_invitation_count'] = len(
                request.env['aftersales.survey.invitation']._find_open_of_user())
        return values

    @route('/my/surveys', type='http', auth='user', website=True)
    def portal_my_surveys(self, **kwargs):
        return request.render('aftersales_survey.portal_my_surveys', {
            **self._prepare_portal_layout_values(), 'page_name': 'survey',
            'invitations': request.env['aftersales.survey.invitation']._find_open_of_user(),
            'default_url': '/my/surveys'})
