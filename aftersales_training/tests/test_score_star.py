from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.aftersales_service.tests.common import SIGNATURE

from .score_common import ScoreCommon


@tagged('post_install', '-at_install')
class TestScoreStar(ScoreCommon):
    """The best of a month gets a badge that tells no figure."""

    def _close(self, sheet):
        self._serve(sheet)
        own = sheet.with_user(sheet.user_id)
        own.signature = SIGNATURE
        own.action_close()
        return sheet

    def test_best_closed_sheet_is_the_star_once(self):
        self._repair('2026-07-01', 'AC-1')
        sheet = self._make_sheet()
        with self.assertRaisesRegex(UserError, "closed sheets of people"):
            sheet.action_name_star()
        self._close(sheet)
        for user in self.lead, self.training_officer:
            with self.assertRaises(AccessError):
                sheet.with_user(user).action_name_star()
        sheet.sudo().user_id = self.officer
        with self.assertRaisesRegex(AccessError, "what is about you"):
            sheet.action_name_star()
        sheet.sudo().user_id = self.technician
        better = sheet.sudo().copy({'user_id': self.theo.id, 'month': '2026-07-01'})
        better.write({'state': 'closed'})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE aftersales_score SET score = 100.5, is_applicable = TRUE, level = 'excellent' "
            "WHERE id = %s", better.ids)
        better.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "best of the month"):
            sheet.with_user(self.officer).action_name_star()
        better.with_user(self.officer).action_name_star()
        grant = self.env['gamification.badge.user'].search([('user_id', '=', self.theo.id)])
        self.assertEqual(grant.badge_id, self.env.ref('aftersales_training.badge_star'))
        self.assertFalse(grant.comment)
        with self.assertRaises(AccessError):
            grant.with_user(self.agent).read(['aftersales_res_id'])
        with self.assertRaisesRegex(UserError, "named already"):
            better.with_user(self.officer).action_name_star()
