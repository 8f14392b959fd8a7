from odoo import api, fields, models


class GamificationBadge(models.Model):
    """A badge that a step of ours grants says which one; all else is core's."""

    _inherit = 'gamification.badge'

    aftersales_event = fields.Selection(
        [('article', "Case Published"), ('star', "Star of the Month")],
        string="Granted for", help="The step grants the badge by itself.")

    @api.model
    def _grant_for(self, event, people):
        """Grant the badges of an event for documents, ``{document: user}``; return the grants.

        Hook to call: by steps that recognise people, as superuser after their own check, for a
        batch. Raises nothing.
        """
        return self.search([('aftersales_event', '=', event)])._grant_once(people)

    def _grant_once(self, people):
        """Grant these badges for documents, ``{document: user}``, once for each document.

        Hook to call: as ``_grant_for``. Badges are read by everybody: they name the person and
        nothing of the document. Raises nothing.
        """
        granted = self.env['gamification.badge.user']
        if not self or not people:
            return granted
        model = next(iter(people))._name
        known = {(badge, res_id) for badge, res_id in granted._read_group(
            [('aftersales_res_model', '=', model), ('badge_id', 'in', self.ids),
             ('aftersales_res_id', 'in', [document.id for document in people])],
            ['badge_id', 'aftersales_res_id'])}
        granted = granted.create([
            {'badge_id': badge.id, 'user_id': user.id, 'aftersales_res_model': model,
             'aftersales_res_id': document.id}
            for badge in self for document, user in people.items()
            if (badge, document.id) not in known])
        for grant in granted:
            grant._send_badge()
        return granted
