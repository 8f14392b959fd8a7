from base64 import b64decode

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.aftersales_service.tests.common import SIGNATURE

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestHistory(ComplaintCommon):
    """What was noted and shown in a case stays in it for all who may write the case."""

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

    def test_the_files_of_a_customers_message_stay(self):
        case = self._create_complaint(user_id=self.agent.id)
        mail = case.message_post(
            body="See the photo", author_id=self.customer.id, message_type='email',
            attachments=[('glass.png', b64decode(SIGNATURE))])
        file = mail.attachment_ids.with_user(self.agent)
        self.assertTrue(file)
        self._refuse(file.unlink)
        self._refuse(lambda: mail.with_user(self.agent).write(
            {'attachment_ids': [Command.clear()]}))
        own = case.with_user(self.agent).message_post(
            body="Mine", message_type='comment', attachments=[('a.png', b64decode(SIGNATURE))])
        own.attachment_ids.with_user(self.agent).unlink()

    def test_photos_are_added_by_all_and_taken_off_by_the_desk(self):
        picture = b64decode(SIGNATURE)
        case = self._judge(self._create_complaint(user_id=self.agent.id))
        case.with_user(self.employee).action_investigate()
        case._add_photo('first.png', picture)
        photo = case.photo_ids
        for user in self.employee, self.agent:
            case, photo = case.with_user(user), photo.with_user(user)
            for act in (
                    lambda case=case, photo=photo: case.write(
                        {'photo_ids': [Command.unlink(photo.id)]}),
                    lambda case=case, photo=photo: case.write(
                        {'photo_ids': [Command.delete(photo.id)]}),
                    lambda case=case: case.write({'photo_ids': [Command.clear()]}),
                    lambda case=case: case.write({'photo_ids': False}),
                    lambda case=case: case.write({'photo_ids': [Command.set([])]}),
                    lambda photo=photo: photo.write({'raw': picture}),
                    lambda photo=photo: photo.unlink()):
                self._refuse(act)
            case._add_photo('more.png', picture)
        self.assertEqual(len(case.sudo().photo_ids), 3)
        case, photo = case.with_user(self.desk), photo.with_user(self.desk)
        with self.assertRaisesRegex(UserError, "cannot be deleted or changed as a file"):
            photo.unlink()
        case.photo_ids = [Command.unlink(photo.id)]
        self.assertIn("first.png", case.message_ids[0].body)
        self.assertTrue(photo.exists())
        case.sudo().date_closed = '2026-01-01'
        case._add_photo('late.png', picture)
        with self.assertRaisesRegex(UserError, "reopen the complaint"):
            case.photo_ids = [Command.unlink(case.photo_ids[0].id)]

    def test_a_held_complaint_keeps_words_and_customer(self):
        case = self._create_complaint(user_id=self.agent.id)
        case.with_user(self.lead)._hold_data("Court")
        for user in self.agent, self.desk, self.lead, self.complaint_manager:
            for vals in {'description': "Nothing"}, {'partner_id': False}, {'subject': "Other"}:
                with self.subTest(user=user.login, vals=vals), self.assertRaisesRegex(
                        UserError, "legal hold keeps"), self.cr.savepoint():
                    case.with_user(user).write(vals)
        customer = case.partner_id
        with self.assertRaisesRegex(UserError, "legal hold keeps"), self.cr.savepoint():
            customer.unlink()
        case.with_user(self.agent).caller_name = "Li Na"  # a gap is filled
        case.with_user(self.lead)._release_data("Settled")
        case.with_user(self.desk).description = "Something else"

    def test_the_price_of_a_delay_is_the_desks_and_stays_once_served(self):
        case = self._create_complaint(user_id=self.agent.id)
        self._refuse(lambda: case.with_user(self.agent).write({'amount_delay': 5}))
        self._refuse(lambda: self._create_complaint(
            self.env(user=self.agent), amount_delay=5))
        self._create_complaint(self.env(user=self.agent))
        case.with_user(self.desk).amount_delay = 5
        case.sudo().liability_state = 'served'
        with self.assertRaisesRegex(UserError, "manager reopens"), self.cr.savepoint():
            case.with_user(self.desk).amount_delay = 6
        self.env.flush_all()
        self.assertTrue(self.env['aftersales.complaint']._fields['amount_delay'].tracking)

    def test_a_unit_subscribes_colleagues_only(self):
        case = self._judge(self._create_complaint())
        unit = case.with_user(self.employee)
        self._refuse(lambda: unit.message_subscribe(self.customer.ids))
        unit.message_subscribe((self.technician.partner_id | self.employee.partner_id).ids)
        self.assertIn(self.technician.partner_id, case.message_partner_ids)
        case.with_user(self.desk).message_subscribe(self.customer.ids)

    def test_facts_of_a_special_customer_stay_from_the_proposal_on(self):
        customer = self.customer.with_user(self.agent)
        customer.write({'aftersales_special_facts': "Threw a cup on 3 May, file 7",
                        'aftersales_special_until': '2027-01-01'})
        customer.action_propose_aftersales_special()
        for user in self.agent, self.other_agent, self.lead:
            for vals in ({'aftersales_special_facts': "Mild"},
                         {'aftersales_special_until': '2027-06-01'}):
                self._refuse(lambda user=user, vals=vals: customer.with_user(user).write(vals))
        customer.action_end_aftersales_special()
        customer.aftersales_special_facts = "Threw a plate on 3 May, file 7"
