from odoo import models


class ResUsers(models.Model):
    """What a person has and may read: tools, articles and their own notices, on the phone, too."""

    _inherit = 'res.users'

    def write(self, vals):
        result = super().write(vals)
        if vals.get('active') is False:
            self._ask_tools_back()
        return result

    def _ask_tools_back(self):
        """Ask the keepers to collect what these people have."""
        # who archives people need not read tools
        self.env['aftersales.tool'].sudo().search([('user_id', 'in', self.ids)])._ask_back()

    # === THE PHONE === #

    def _has_training(self):
        """Let who holds tools or has a notice in, too."""
        # portal users may read neither; the answer is only whether one names the user
        return super()._has_training() or bool(
            self.env['aftersales.tool'].sudo().search_count([('user_id', '=', self.id)], limit=1)
        ) or bool(self.env['aftersales.notice'].sudo().search_count(
            [('user_id', '=', self.id), '|', ('date_asked', '!=', False),
             ('date_served', '!=', False)], limit=1))

    def _prepare_mobile_training(self):
        """Add the user's own notices, the points that count, and the tools in their hands."""
        # the domain names the user, who may be a portal user
        tools = self.env['aftersales.tool'].sudo().search([('user_id', '=', self.id)])
        return super()._prepare_mobile_training() | {
            'tools': [tool._prepare_mobile_tool() for tool in tools],
            **self.env['aftersales.notice']._get_mobile_notices(self)}

    def _get_mobile_data(self, page):
        if page != 'knowledge':
            return super()._get_mobile_data(page)
        articles = self.env['aftersales.article'].with_user(self)
        # technicians read what is published; portal users have no access of their own
        found = articles.sudo().search(
            articles._get_readable_domain(self.company_ids), order='helped_count desc, id desc',
            limit=300)
        return {'articles': [article._prepare_mobile_article() for article in found]}
