from odoo.addons.aftersales_service.tests.common import AftersalesCommon


class ComplaintCommon(AftersalesCommon):
    """The people of the complaint desk, and a complaint of a customer about a unit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.resource_calendar_id.tz = 'UTC'
        cls.lead = cls._create_person('lead', 'team_lead', "Lead Lea")
        cls.desk = cls._create_colleague('desk', 'group_complaint_desk', "Desk Dina")
        cls.complaint_manager = cls._create_colleague(
            'complaint_manager', 'group_complaint_manager', "Manager Max")

    @classmethod
    def _create_colleague(cls, login, group, name):
        """Return a colleague with a role of the complaint module."""
        user = cls._create_person(login, 'agent', name)
        user.group_ids = [(4, cls.env.ref(f'aftersales_complaint.{group}').id)]
        return user

    @classmethod
    def _create_complaint(cls, env=None, **values):
        return (env or cls.env)['aftersales.complaint'].create({
            'partner_id': cls.customer.id, 'subject': "It does not cool",
            'description': "It does not cool although it is new",
            **({} if 'category_id' in values else {'kind': 'service'}), **values})

    def _judge(self, case):
        """Judge and assign a complaint, as the desk; return it as the desk sees it."""
        case = case.with_user(self.desk)
        case.action_judge()
        case.unit_user_id = self.employee
        case.action_assign()
        return case

    def _propose(self, case, amount=100.0):
        """Walk an assigned complaint up to its approval."""
        case.action_investigate()
        case.write({
            'cause': "The gas was missing", 'cause_category': 'installation',
            'offer': "Filled up, with a discount", 'amount_offered': amount})
        case.action_submit()

    def _settle(self, case, amount=100.0):
        """Walk a new complaint through all steps until it is closed with the customer."""
        case = self._judge(case)
        self._propose(case, amount)
        case.action_approve()
        case.answer = "We fill it up and grant a discount."
        case.action_inform()
        case.amount_accepted = amount
        case.action_settle()
        return case
