from odoo.fields import Command

from odoo.addons.aftersales_service.tests import people
from odoo.addons.aftersales_service.tests.common import AftersalesCommon


class TrainingCommon(AftersalesCommon):
    """A training officer, a performance officer, a coach, and a course in work at height.

    ``technician`` is an employee's user; ``outlet_technician`` is a portal user who works for
    ``outlet``. ``height_course`` grants ``height_skill``.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.training_officer = cls._create_colleague(
            'training_officer', 'group_training_officer', "Training Officer Tara")
        cls.performance_officer = cls._create_colleague(
            'performance_officer', 'group_performance_officer', "Performance Officer Pia")
        cls.coach = cls._create_colleague('coach', 'group_training_coach', "Coach Carl")
        cls.outlet_technician = people.get_visitor(cls.env, 'outlet_technician')
        cls.outlet = cls.env['aftersales.outlet'].create({
            'name': "Olga's Station", 'kind': 'franchise',
            'partner_id': cls.env['res.partner'].create({'name': "Olga's Station"}).id,
            'member_ids': [Command.set(cls.outlet_technician.ids)]})
        cls.height_skill = cls.env['aftersales.skill'].create({'name': "Work at Height"})
        cls.height_course = cls.env['aftersales.training.course'].create({
            'name': "Work at Height", 'kind': 'pre_job', 'skill_id': cls.height_skill.id,
            'validity_months': 36})

    @classmethod
    def _create_colleague(cls, login, group, name):
        """Return a colleague with a role of the training module, who has no other."""
        user = cls._create_person(login, 'agent', name)
        user.group_ids = [Command.set(cls.env.ref(f'aftersales_training.{group}').ids)]
        return user

    @classmethod
    def _create_session(cls, *learners, **values):
        """Return a session of the course in three days, with its learners invited."""
        session = cls.env['aftersales.training.session'].create({
            'course_id': cls.height_course.id, 'trainer_id': cls.coach.id,
            'date_start': '2026-06-04 01:00:00', 'date_end': '2026-06-04 09:00:00',
            'place': "Training Room 1", **values})
        cls.env['aftersales.training.attendance'].create([
            {'session_id': session.id, 'user_id': learner.id} for learner in learners])
        return session
