from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .certificate_common import CertificateCommon


@tagged('post_install', '-at_install')
class TestMatrix(CertificateCommon):
    """Technicians by skills: what each role sees, and what one click does."""

    def _get(self, user, **filters):
        return self.env['aftersales.certificate'].with_user(user).get_matrix(filters)

    @freeze_time('2026-05-15 04:00:00')
    def test_june_says_how_many_may_do_it(self):
        self._certify(self.technician, self.licence, '2024-05-21', '2026-05-20')
        self._certify(self.outlet_technician, self.licence, '2025-01-01', '2027-01-01')
        self.outlet.member_ids |= self.technician
        data = self._get(self.training_officer, outlet_id=self.outlet.id)
        column = data['columns'][0]
        self.assertEqual((column['name'], column['is_statutory']), ("High Ladder", True))
        self.assertEqual(column['sentence'], "May: 1 of 2 may do “High Ladder”")
        june = self._get(
            self.training_officer, outlet_id=self.outlet.id, month='2026-06-01')
        self.assertEqual(june['columns'][0]['sentence'], "June: 1 of 2 may do “High Ladder”")
        rows = {row['name']: row['cells'] for row in data['rows']}
        self.assertEqual(rows["Technician Tom"][self.licence.id]['state'], 'expiring')
        self.assertEqual(
            rows["Outlet Olga"][self.licence.id]['until'], '2027-01-01')
        shown = self._get(self.training_officer, category_id=self.split.id)['columns']
        self.assertEqual([column['id'] for column in shown], [self.split_skill.id])

    def test_what_holds_longest_is_shown_revoked_ones_last(self):
        first = self._certify(self.technician, self.split_skill, '2026-01-01', '2090-01-01')
        second = self._certify(self.technician, self.split_skill, '2026-01-01', '2080-01-01')
        first.with_user(self.training_officer)._revoke("Error")
        data = self._get(self.training_officer)
        cells = {row['id']: row['cells'] for row in data['rows']}
        self.assertEqual(cells[self.technician.id][self.split_skill.id]['id'], second.id)

    def test_leads_see_their_people_and_others_nothing(self):
        lead = self._create_person('lead', 'team_lead', "Lead Lea")
        self._certify(self.technician, self.split_skill, '2026-01-01', '2090-01-01')
        self._certify(self.outlet_technician, self.split_skill, '2026-01-01', '2090-01-01')
        self.outlet.write({'member_ids': [Command.link(lead.id)], 'manager_id': lead.id})
        data = self._get(lead)
        cells = {row['id']: row['cells'] for row in data['rows']}
        self.assertIn(self.split_skill.id, cells[self.outlet_technician.id])
        self.assertNotIn(self.technician.id, cells)
        self.assertFalse(data['can_act'])
        for user in (self.technician, self.agent, self.outlet_technician):
            with self.subTest(user.name), self.assertRaises(AccessError):
                self._get(user)

    def test_dispatchers_see_who_is_qualified_and_do_nothing(self):
        held = self._certify(self.technician, self.split_skill, '2026-01-01', '2090-01-01')
        data = self._get(self.dispatcher)
        cell = {row['id']: row['cells'] for row in data['rows']}[self.technician.id][
            self.split_skill.id]
        self.assertEqual(
            (cell['id'], cell['number'], cell['state'], cell['until'], data['can_act']),
            (False, "", 'valid', '2090-01-01', False))
        matrix = self.env['aftersales.certificate'].with_user(self.dispatcher)
        with self.assertRaises(AccessError):
            matrix.browse(held.id).read(['name'])
        for act in (lambda: matrix.action_train([self.technician.id], self.split_skill.id),
                    lambda: matrix.action_renew(self.technician.id, self.split_skill.id),
                    lambda: matrix.browse(held.id).action_revoke()):
            with self.assertRaises(AccessError):
                act()
        menu = self.env.ref('aftersales_training.aftersales_training_menu_matrix')
        menus = self.env['ir.ui.menu']
        self.assertIn(menu.id, menus.with_user(self.dispatcher)._visible_menu_ids())
        self.assertNotIn(menu.id, menus.with_user(self.agent)._visible_menu_ids())
        # nothing of another company
        self.env['res.company'].create({'name': "Second Company"}).flush_recordset()
        self.env.cr.execute(
            "UPDATE aftersales_certificate SET company_id = (SELECT MAX(id) FROM res_company)"
            " WHERE id = %s", [held.id])
        self.env.invalidate_all()
        self.assertFalse([
            row for row in self._get(self.dispatcher)['rows'] if row['cells']])

    def test_other_company_sees_none_of_it(self):
        self._certify(self.technician, self.split_skill, '2026-01-01', '2090-01-01')
        company = self.env['res.company'].create({'name': "Second Company"})
        stranger = self.training_officer.copy({
            'login': 'stranger_officer', 'company_ids': [Command.set(company.ids)],
            'company_id': company.id})
        data = self._get(stranger, outlet_id=self.outlet.id)
        self.assertNotIn(self.technician.id, [row['id'] for row in data['rows']])
        self.assertFalse([row for row in data['rows'] if row['cells']])

    def test_train_renew_and_stop(self):
        matrix = self.env['aftersales.certificate'].with_user(self.training_officer)
        held = self._certify(self.technician, self.licence, '2024-01-01', '2090-01-01')
        self.assertEqual(
            matrix.action_train(self.technician.ids, self.split_skill.id), 1)
        need = self.env['aftersales.training.need'].search(
            [('user_id', '=', self.technician.id), ('course_id', '=', self.split_course.id)])
        self.assertEqual(need.state, 'open')
        matrix.action_train(self.technician.ids, self.split_skill.id)
        self.assertEqual(self.env['aftersales.training.need'].search_count(
            [('user_id', '=', self.technician.id)]), 1)
        self.assertFalse(matrix.action_renew(self.technician.id, self.split_skill.id))
        context = matrix.action_renew(self.technician.id, self.licence.id)['context']
        self.assertEqual(context['default_valid_from'], '2090-01-02')
        followed = matrix.with_context(**context).create({'valid_until': '2096-01-01'})
        self.assertEqual((followed.kind, followed.licence_number), ('statutory', "T-4406"))
        self.assertEqual(held.action_revoke()['context']['default_certificate_ids'], held.ids)
        with self.assertRaisesRegex(UserError, "No course grants"), self.cr.savepoint():
            matrix.action_train(self.technician.ids, self.licence.id)
        for user in (self.coach, self.dispatcher, self.technician):
            for act in (lambda m: m.action_train(self.technician.ids, self.split_skill.id),
                        lambda m: m.action_renew(self.technician.id, self.licence.id)):
                with self.subTest(user.name), self.assertRaises(AccessError):
                    act(matrix.with_user(user))

    def test_the_matrix_costs_the_same_for_more_people(self):
        counts = []
        for number in (2, 20):
            people = self.env['res.users'].concat(*(
                self.outlet_technician.copy({'login': f'many_{number}_{one}'})
                for one in range(number)))
            self.outlet.member_ids |= people
            self.env['aftersales.certificate'].create([{
                'user_id': person.id, 'skill_id': self.split_skill.id, 'reason': "Register",
            } for person in people])
            counts.append(self._count_queries(
                lambda: self._get(self.training_officer, outlet_id=self.outlet.id)))
        self.assertLessEqual(counts[1], counts[0] + 2, counts)
        self.assertLessEqual(counts[1], 45)


@tagged('post_install', '-at_install')
class TestMatrixPage(HttpCase, CertificateCommon):
    """The page by clicks and by keys."""

    def test_matrix_by_keys_and_clicks(self):
        self._certify(self.technician, self.licence, '2024-05-21', '2099-05-20')
        self.outlet.member_ids |= self.technician
        self.env['aftersales.certificate.minimum'].create(
            {'skill_id': self.split_skill.id, 'heads': 2})
        self.start_tour(
            '/odoo/qualification-matrix', 'aftersales_qualification_matrix',
            login='training_officer')
        licence = self.env['aftersales.certificate'].search(
            [('user_id', '=', self.technician.id)])
        self.assertEqual(licence.revoke_reason, "Health check is missing")
        self.assertTrue(self.env['aftersales.training.need'].search(
            [('user_id', '=', self.technician.id), ('course_id', '=', self.split_course.id)]))
