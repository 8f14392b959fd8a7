from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestHistory(ComplaintCommon):
    """What was noted and shown in a case stays in it, whoever may write the case."""

    def _refuse(self, act):
        with self.assertRaises(AccessError), self.cr.savepoint():
            act()

    def test_the_log_of_a_case_is_not_wiped(self):
        case = self._judge(self._create_complaint(user_id=self.agent.id))
        for user in (self.employee, self.agent, self.desk, self.lead):
            case = case.with_user(user)
            log = case.sudo().message_ids.with_user(user)
            note = log.filtered(lambda message: message.message_type == 'notification')[:1]
            self.assertTrue(note)
            for act in (
                    lambda case=case, note=note: case.write(
                        {'message_ids': [Command.delete(note.id)]}),
                    lambda case=case, note=note: case.write(
                        {'message_ids': [Command.unlink(note.id)]}),
                    lambda case=case: case.write({'message_ids': [Command.clear()]}),
                    lambda case=case: case.write({'message_ids': [Command.set([])]}),
                    lambda case=case: case.write({'message_ids': False}),
                    lambda case=case: case.write({'message_ids': [1]}),
                    lambda note=note: note.unlink(),
                    lambda note=note: note.write({'body': ""}),
                    lambda note=note: note.write({'is_internal': False}),
                    lambda note=note: note.write({'author_id': self.customer.id})):
                self._refuse(act)
        # a person's own comment is theirs
        own = case.message_post(body="Typed in haste", message_type='comment')
        case._message_update_content(own, body="Typed with care")
        self.assertIn("with care", own.body)
        self._refuse(own.with_user(self.agent).unlink)
        note.with_user(self.env.ref('base.user_admin')).unlink()
        self.assertFalse(note.exists())
