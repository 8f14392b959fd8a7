from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import SurveyCommon


@tagged('post_install', '-at_install')
class TestSurveyRights(SurveyCommon):
    """Who writes what a survey stands on: the customer's wish, plans and rules of a company."""

    # === THE WISH OF THE CUSTOMER === #

    def test_wish_for_no_surveys_is_noted_by_the_desk_with_a_trace(self):
        self.employee.group_ids += self.env.ref('base.group_partner_manager')
        for value in True, False:
            with self.assertRaisesRegex(AccessError, "service desk"):
                self.customer.with_user(self.employee).aftersales_survey_opt_out = value
        self.env.flush_all()
        self.env.cr.precommit.run()
        for user, value in (self.agent, True), (self.interviewer, False):
            user.group_ids += self.env.ref('base.group_partner_manager')
            self.customer.with_user(user).aftersales_survey_opt_out = value
            self.env.flush_all()
            self.env.cr.precommit.run()
            trace = self.customer.message_ids.filtered(
                lambda message, user=user: message.author_id == user.partner_id)
            self.assertEqual(trace.tracking_value_ids.field_id.name, 'aftersales_survey_opt_out')

    def test_colleagues_without_the_right_keep_contacts(self):
        """Core synchronizes the wish of a firm: that must not stop who keeps its contacts."""
        self.employee.group_ids += self.env.ref('base.group_partner_manager')
        firm = self.env['res.partner'].create({'name': "Firm", 'is_company': True})
        firm._opt_out_of_surveys()
        partners = self.env['res.partner'].with_user(self.employee)
        contact = partners.create({'name': "Ann", 'parent_id': firm.id})
        self.assertTrue(contact.aftersales_survey_opt_out)
        other = partners.create({'name': "Other", 'is_company': True})
        contact.parent_id = other
        contact.name = "Anna"
        self.assertFalse(other.aftersales_survey_opt_out)

    def test_when_customers_were_asked_is_for_interviewers(self):
        with self.assertRaises(AccessError):
            self.customer.with_user(self.employee).read(['aftersales_last_survey_date'])
        self.customer.with_user(self.interviewer).read(['aftersales_last_survey_date'])

    # === COMPANIES === #

    def test_what_managers_keep_stays_in_their_companies(self):
        abroad = self.env['res.company'].create({'name': "Abroad"})
        criterion = {'name': "Greeting"}
        for model, vals in (
                ('aftersales.contact.plan', {'name': "Plan", 'script': "Ask"}),
                ('aftersales.loop.rule', {'name': "Rule"}),
                ('aftersales.call.reason', {'name': "Question"}),
                ('aftersales.call.criterion', criterion)):
            with self.subTest(model):
                records = self.env[model].with_user(self.survey_manager)
                record = records.create(vals)
                record.company_id = self.env.company
                with self.assertRaisesRegex(AccessError, "do not work in this company"):
                    record.company_id = abroad
                with self.assertRaises(AccessError):
                    records.create({**vals, 'company_id': abroad.id})

    def test_models_with_a_company_check_it(self):
        """A user who writes a record of ours that has a company chooses one of the own."""
        unchecked = [
            name for name, model in self.env.registry.items()
            if name.startswith('aftersales.') and not model._abstract and not model._transient
            and model._auto and (field := model._fields.get('company_id'))
            and field.store and not field.related
            and not getattr(model, '_is_company_checked', False)
            and self.env['ir.model.access'].search_count([
                ('model_id.model', '=', name), '|', ('perm_write', '=', True),
                ('perm_create', '=', True)])]
        self.assertFalse(unchecked)

    def test_fields_for_colleagues_take_no_portal_user(self):
        portal = self.env['res.users'].create({
            'name': "Pia Portal", 'login': 'pia', 'group_ids': [
                (6, 0, self.env.ref('base.group_portal').ids)]})
        for model, vals, name in (
                ('aftersales.contact.plan', {'name': "Plan", 'script': "Ask"}, 'user_id'),
                ('aftersales.survey.monitor', {}, 'user_id'),
                ('aftersales.loop.rule', {'name': "Rule"}, 'user_id'),
                ('aftersales.voice', {'subject': "Words"}, 'user_id')):
            with self.subTest(model):
                records = self.env[model].with_user(self.survey_manager)
                record = records.create({**vals, name: self.interviewer.id})
                with self.assertRaisesRegex(UserError, "no colleague"):
                    record[name] = portal
                with self.assertRaisesRegex(UserError, "no colleague"):
                    records.create({**vals, name: portal.id})

    # === FILTERS === #

    def test_filters_see_the_name_of_colleagues_only(self):
        wave = self._create_wave(kind='campaign', population='aftersales.order')
        wave = wave.with_user(self.survey_manager)
        for name in ('create_uid.password', 'create_uid.login', 'technician_id.new_password',
                     'user_id.partner_id.email', 'partner_id.user_ids.login',
                     'is_follow_up_possible_never'):
            with self.subTest(name), self.assertRaisesRegex(ValidationError, "may not filter"):
                wave.domain = str([(name, '=', 'x')])
        wave.domain = "[('technician_id.name', 'ilike', 'Tom'), ('create_uid', '!=', 1)]"
