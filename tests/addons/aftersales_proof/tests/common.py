from odoo.addons.aftersales_service.tests.common import AftersalesCommon


class ProofCommon(AftersalesCommon):
    """A team lead, an officer of cases, and a case of a person who is no partner."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls._create_person('lead', 'team_lead', "Lead Lea")
        cls.env.company.resource_calendar_id.tz = 'UTC'

    @classmethod
    def _create_case(cls, env=None, **values):
        return (env or cls.env)['aftersales.proof.case'].create({
            'title': "Loud fan", 'person_name': "Tina", 'person_phone': '+8613800138000',
            'person_email': 'tina@example.com', **values})

    def _decide(self, case, **values):
        """Walk a case to its decision, as a team lead."""
        case = case.with_user(self.lead)
        case.action_review()
        case.write({'decision': "The fan is replaced", **values})
        case.action_decide()
        return case
