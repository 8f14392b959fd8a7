from odoo.fields import Command

from .common import TrainingCommon


class CertificateCommon(TrainingCommon):
    """A licence that the law asks for on ladders, and a company certificate for split units.

    The first is asked for by orders of ``ladder_type``, the second by products of ``split``.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.split = cls.env['product.category'].create({'name': "Split Units"})
        cls.conditioner.categ_id = cls.split
        cls.ladder_type = cls.type_on_site.copy({'name': "On a Ladder"})
        cls.licence = cls.env['aftersales.skill'].create({
            'name': "High Ladder", 'is_statutory': True, 'needs_certificate': True,
            'type_ids': [Command.set(cls.ladder_type.ids)]})
        cls.split_skill = cls.env['aftersales.skill'].create({
            'name': "Split Installation", 'gate': 'refuse',
            'category_ids': [Command.set(cls.split.ids)], 'needs_certificate': True})
        cls.split_course = cls.env['aftersales.training.course'].create({
            'name': "Split Units", 'skill_id': cls.split_skill.id, 'validity_months': 24,
            'grade_id': cls.env.ref('aftersales_training.aftersales_grade_2').id,
            'item_ids': [Command.create({
                'name': f"Step {number}", 'sequence': number, 'is_red_line': number == 1})
                for number in range(1, 13)]})

    @classmethod
    def _certify(cls, person, skill, start, end, **values):
        """Register a certificate, as a training officer does."""
        kind = 'statutory' if skill.is_statutory else 'company'
        return cls.env['aftersales.certificate'].with_user(cls.training_officer).create({
            'user_id': person.id, 'skill_id': skill.id, 'valid_from': start, 'valid_until': end,
            'kind': kind, 'licence_number': "T-4406" if kind == 'statutory' else False,
            'reason': "From the old register" if kind != 'statutory' else False, **values})

    @classmethod
    def _create_check(cls, **values):
        return cls.env['aftersales.training.check'].create({
            'user_id': cls.technician.id, 'examiner_id': cls.coach.id,
            'course_id': cls.split_course.id, **values})
