from .common import TrainingCommon


class NeedCommon(TrainingCommon):
    """People with posts, and what shows that they lack something."""

    @classmethod
    def _create_need(cls, user, course=None, **values):
        return cls.env['aftersales.training.need'].create({
            'user_id': user.id, 'course_id': (course or cls.height_course).id, **values})

    @classmethod
    def _create_certificate(cls, user, valid_until, **values):
        return cls.env['aftersales.certificate'].create({
            'user_id': user.id, 'skill_id': cls.height_skill.id, 'valid_from': '2024-06-01',
            'valid_until': valid_until, 'course_id': cls.height_course.id, **values})

    @classmethod
    def _create_post(cls, *employees, **values):
        """Return the requirement sheet of a post that asks for work at height."""
        job = cls.env['hr.job'].create({'name': "Installer"})
        for user in employees:
            cls.env['hr.employee'].create({
                'name': user.name, 'user_id': user.id, 'job_id': job.id})
        return cls.env['aftersales.training.requirement'].create({
            'name': "Installer", 'job_ids': [(4, job.id)], 'line_ids': [
                (0, 0, {'kind': 'course', 'course_id': cls.height_course.id, 'days': 30})],
            **values})

    def _get_needs(self, *users):
        return self.env['aftersales.training.need'].search(
            [('user_id', 'in', [user.id for user in users])])
