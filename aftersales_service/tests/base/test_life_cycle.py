from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from ..common import AftersalesCommon

MOMENT = datetime(2026, 3, 2, 8, 30)


@tagged('post_install', '-at_install')
class TestLifeCycle(AftersalesCommon):
    """What the mixins of states and rules promise, shown by the models that use them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.slips = cls.env['aftersales.liaison'].with_user(cls.agent).create([
            {'department': "Quality", 'addressee_id': cls.employee.id, 'subject': subject,
             'content': "Which batch?"} for subject in ("First", "Second")])

    def test_life_cycles_name_their_own_states_and_protected_stamps(self):
        wrong = []
        for name, model in self.env.items():
            if model._abstract or not hasattr(model, '_TRANSITIONS'):
                continue
            known = set(model._fields['state'].get_values(self.env))
            named = set(model._STAMPS).union(model._TRANSITIONS, *model._TRANSITIONS.values())
            wrong += [f'{name}: {state}' for state in named - known]
            facts = [*model._STAMPS.values(), *(() if model._stage_field else ('state',))]
            wrong += [f'{name}.{fact}' for fact in facts
                      if not getattr(model._fields[fact], 'protected', False)]
        self.assertEqual(wrong, [])

    @users('agent')
    def test_a_set_moves_together_or_not_at_all(self):
        first, second = self.slips.with_user(self.env.user)
        first.action_send()
        with self.assertRaisesRegex(UserError, "“Sent” cannot become “Sent”: .*First") as refusal:
            (first | second)._set_state('sent')
        self.assertNotIn("Second", str(refusal.exception))
        second.action_send()
        first.reply = "Batch 7"
        with self.assertRaisesRegex(UserError, "Write the reply first: .*Second") as refusal:
            (first | second)._set_state('answered')
        self.assertNotIn("First", str(refusal.exception))
        second.reply = "Batch 8"
        (first | second)._set_state('answered', MOMENT)
        self.assertEqual((first | second).mapped('date_answered'), [MOMENT] * 2)

    def test_who_may_not_write_or_take_the_step_is_refused_without_names(self):
        self.slips.action_send()
        for user, target in ((self.other_agent, 'answered'), (self.employee, 'draft')):
            with self.subTest(user=user.name), self.assertRaises(AccessError) as refusal:
                self.slips.with_user(user)._set_state(target)
            self.assertNotIn("First", str(refusal.exception))

    @users('agent')
    def test_names_are_joined_in_the_language_of_the_reader(self):
        self.env['res.lang'].sudo()._activate_lang('fr_FR')
        slips = self.slips.with_user(self.env.user).with_context(lang='fr_FR')
        with self.assertRaisesRegex(UserError, "First et .*Second"):
            slips._refuse_where(lambda slip: True, "Non")

    @users('agent')
    def test_stage_is_the_only_way_to_move_what_has_stages(self):
        order = self._create_order().with_user(self.env.user)
        stage = self.env.ref('aftersales_service.aftersales_stage_closed')
        for vals in ({'state': 'closed'}, {'state': 'closed', 'stage_id': stage.id}):
            with self.subTest(vals=vals), self.assertRaisesRegex(
                    UserError, "follows from its stage|protected"):
                order.write(vals)
        with self.assertRaisesRegex(UserError, "follows from its stage"):
            order.sudo().write({'state': 'closed'})
        for vals in ({'stage_id': stage.id}, {'stage_id': stage.id, 'description': "Hot"}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "cannot become"):
                order.sudo().write(vals)
