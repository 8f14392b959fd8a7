from datetime import timedelta

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.aftersales_complaint.tests.common import ComplaintCommon
from odoo.addons.aftersales_service.tests.visit.phone import Phone
from odoo.addons.aftersales_training.tests.certificate_common import CertificateCommon


@tagged('post_install', '-at_install')
class TestTourQualified(HttpCase, ComplaintCommon, CertificateCommon):
    """A complaint about a technician ends with a certificate, and not before with an order."""

    @classmethod
    def _create_colleague(cls, login, group, name):
        parent = CertificateCommon if 'complaint' not in group else ComplaintCommon
        return parent._create_colleague.__func__(cls, login, group, name)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category = cls.env['aftersales.complaint.category'].create({
            'name': "Installation", 'kind': 'service', 'training_course_id': cls.split_course.id})
        cls.order = cls.env['aftersales.order'].create({
            'partner_id': cls.customer.id, 'description': "Install", 'user_id': cls.dispatcher.id,
            'product_id': cls.conditioner.id})
        former = cls.order.copy({'product_id': cls.capacitor.id})
        former.technician_id = cls.technician
        cls.case = cls._create_complaint(order_id=former.id, category_id=cls.category.id)

    def _tour(self, path, name, login):
        self.env.flush_all()
        self.start_tour(path, f'aftersales_qualified_{name}', login=login)
        self.env.invalidate_all()

    @mute_logger('odoo.http')  # the refusals that are read on the way
    def test_from_the_complaint_to_the_dispatch(self):
        order = f'/odoo/service-orders/{self.order.id}'
        self._tour(order, 'not_before', 'dispatcher')
        self.assertFalse(self.order.technician_id)

        self._tour(f'/odoo/complaints/{self.case.id}', 'complaint', 'desk')
        need = self.env['aftersales.training.need'].search(
            [('course_id', '=', self.split_course.id)])
        self.assertRecordValues(need, [{
            'user_id': self.technician.id, 'origin': 'complaint', 'state': 'open'}])

        self._tour('/odoo/training-plans', 'plan', 'training_officer')
        self.assertEqual(need.plan_id.state, 'submitted')
        self._tour(f'/odoo/training-plans/{need.plan_id.id}', 'approve', 'manager')
        self._tour('/odoo/training-needs', 'session', 'training_officer')
        session = need.session_id
        self.assertRecordValues(session, [{'state': 'confirmed', 'trainer_id': self.coach.id}])

        now = self.env.cr.now().replace(microsecond=0)
        session.write({'date_start': now + timedelta(minutes=5),  # its day has come
                       'date_end': now + timedelta(hours=2)})
        self._sign_in(session)
        self.assertFalse(self.split_skill.user_ids)
        certificate = self._examine(session)
        self.assertRecordValues(certificate, [{
            'user_id': self.technician.id, 'skill_id': self.split_skill.id, 'state': 'valid'}])
        self.assertEqual((session.attendance_ids.state, need.state), ('passed', 'met'))

        self._tour(order, 'dispatched', 'dispatcher')
        self.assertEqual(self.order.technician_id, self.technician)

    def _sign_in(self, session):
        """Let the learner scan the code that the screen of the room shows."""
        self.env.flush_all()
        phone = Phone(self, 'technician')
        with phone.at_rest():
            code = session._make_sign_in_code()
        phone.open(f'/my/jobs?sign_in={code}#page/training')
        phone.tap('.sign-in-scanned', "Sign In: Split Units")
        phone.see('.training-session .badge', "Attended")
        phone.see('.queue-badge', "✓")
        phone.settle()
        phone.close()
        self.env.invalidate_all()

    def _examine(self, session):
        """Let the examiner judge the twelve items, and both sign; return the certificate."""
        phone = Phone(self, 'coach')
        phone.open('/my/jobs')
        phone.tap('nav.pages a', "Exams")
        phone.tap('.card.exam', "Technician Tom")
        for number in range(1, 13):
            phone.tap('.exam-passed:not(.is-chosen)', "Pass")
            phone.wait(
                f'document.querySelectorAll(".exam-passed.is-chosen").length === {number}')
        phone.tap('.sheet .big', "To the Signatures")
        phone.draw('.signature-pad')
        phone.draw('.signature-pad ~ .signature-pad')
        phone.tap('.sheet .big', "Finish")
        phone.see('.exam-done .exam-outcome', "certificate CERT/")
        phone.settle()
        phone.close()
        self.env.invalidate_all()
        return session.attendance_ids.check_ids.certificate_id
