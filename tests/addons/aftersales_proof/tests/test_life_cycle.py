import base64

from odoo import sql_db
from odoo.exceptions import LockError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged, users

from odoo.addons.aftersales_service.tests.common import SIGNATURE

from .common import ProofCommon


@tagged('post_install', '-at_install')
class TestLifeCycle(ProofCommon):
    """Stage records carry the state: buttons and boards move a case along the same rules."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stages = {name: cls.env.ref(f'aftersales_proof.aftersales_proof_stage_{name}')
                      for name in ('open', 'waiting', 'review', 'decided')}

    def test_step_notes_who_and_when_and_what_follows(self):
        case = self._create_case()
        self.assertEqual((case.stage_id, case.state), (self.stages['open'], 'open'))
        self._decide(case)
        self.assertRecordValues(case, [{
            'state': 'decided', 'stage_id': self.stages['decided'].id,
            'decider_id': self.lead.id}])
        self.assertTrue(case.date_decided)

    @users('lead')
    def test_board_moves_a_case_along_the_same_rules(self):
        case = self._create_case(self.env)
        case.stage_id = self.stages['waiting']
        self.assertEqual(case.state, 'open')
        with self.assertRaisesRegex(UserError, "“Open” cannot become “Decided”: PC/"):
            case.stage_id = self.stages['decided']
        case.stage_id = self.stages['review']
        with self.assertRaisesRegex(UserError, "Write the decision first: PC/"):
            case.stage_id = self.stages['decided']
        case.write({'stage_id': self.stages['decided'].id, 'decision': "Paid"})
        self.assertTrue(case.date_decided)
        self.assertFalse(case.sudo()._get_running_clocks())  # what follows, followed

    def test_who_may_not_take_the_step_is_refused_without_a_name(self):
        case = self._create_case(decision="Paid")
        case.action_review()
        for way in (
                lambda agents: agents.action_decide(),
                lambda agents: agents.write({'stage_id': self.stages['decided'].id}),
                lambda agents: agents.write({'state': 'decided'}),
                lambda agents: agents.with_user(self.employee).action_decide()):
            with self.assertRaises(UserError) as refusal:  # AccessError is one
                way(case.with_user(self.agent))
            self.assertNotIn(case.name, str(refusal.exception))
        self.assertEqual(case.state, 'review')

    @users('manager')
    def test_new_case_starts_at_the_beginning(self):
        """Neither a call, nor an import, nor a default begins in the middle of the flow."""
        cases, decided = self.env['aftersales.proof.case'], self.stages['decided']
        for way in (
                lambda: cases.create({'title': "X", 'stage_id': decided.id}),
                lambda: cases.with_context(default_stage_id=decided.id).create({'title': "X"}),
                lambda: Form(cases.with_context(
                    default_stage_id=decided.id, default_title="X")).save()):
            with self.assertRaisesRegex(UserError, "new record starts"), self.cr.savepoint():
                way()
        result = cases.load(['title', 'stage_id/.id'], [["X", str(decided.id)]])
        self.assertFalse(result['ids'])
        self.assertTrue(cases.create({'title': "X", 'stage_id': self.stages['waiting'].id}))

    def test_administrators_bring_cases_of_an_earlier_system(self):
        values = {'title': "Old", 'is_opening': True, 'stage_id': self.stages['review'].id}
        cases = self.env['aftersales.proof.case']
        self.assertEqual(cases.with_user(self.manager).create(values).state, 'review')
        with self.assertRaisesRegex(UserError, "new record starts"), self.cr.savepoint():
            cases.with_user(self.agent).create(values)

    def test_a_rule_of_all_states_is_asked_by_button_and_board(self):
        case = self._create_case(title=" ").with_user(self.agent)
        for step in (
                case.action_review,
                lambda: case.write({'stage_id': self.stages['review'].id})):
            with self.assertRaisesRegex(UserError, "a title first: PC/"), self.cr.savepoint():
                step()
        case.write({'title': "Fan", 'stage_id': self.stages['review'].id})
        self.assertEqual(case.state, 'review')

    def test_of_two_users_at_once_one_wins(self):
        case = self.env.ref('aftersales_proof.aftersales_proof_case_shared')
        self.env.flush_all()
        with sql_db.db_connect(self.cr.dbname).cursor() as cursor:  # of the other user
            cursor.execute(
                "SELECT id FROM aftersales_proof_case WHERE id = %s FOR UPDATE", [case.id])
            with self.assertRaisesRegex(UserError, "Another user is changing") as refusal:
                case.with_user(self.agent).action_review()
            cursor.rollback()
        self.assertIsInstance(refusal.exception.__cause__, LockError)
        case.with_user(self.agent).action_review()
        self.assertEqual(case.state, 'review')

    # === PHOTOS === #

    def test_photos_of_a_decided_case_stay(self):
        case = self._create_case().with_user(self.lead)
        photo = {'name': "fan.png", 'datas': SIGNATURE}
        case.photo_ids = [Command.create(photo)]
        self._decide(case)
        file, text = case.photo_ids, base64.b64encode(b"other")
        for change in (
                lambda: case.write({'photo_ids': [Command.clear()]}),
                lambda: case.write({'photo_ids': [Command.create(photo)]}),
                lambda: case.write({'decision': "Another one"}), file.unlink,
                lambda: file.write({'datas': text}), lambda: file.write({'res_id': False})):
            with self.assertRaisesRegex(UserError, "decided and stay as they are: PC/"):
                change()
        case.title = "Loud fan, replaced"
        self.assertEqual(case.photo_ids, file)
