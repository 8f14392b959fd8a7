from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged, users

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestSmallFirm(ComplaintCommon):
    """One administrator does alone what takes two persons where there are two."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        agents = cls.env.ref('aftersales_service.group_aftersales_agent').all_user_ids
        (agents - cls.manager - cls.env.ref('base.user_root')).active = False

    def test_settings_of_claims_and_notices_stand_with_those_of_complaints(self):
        form = self.env['res.config.settings'].get_view(view_type='form')
        arch = etree.fromstring(form['arch'])
        for block in 'complaint_desk', 'complaint_improvement', 'conduct':
            self.assertEqual(
                arch.xpath(f"//block[@name='{block}']/ancestor::app/@name"),
                ['aftersales_complaint'])

    @users('manager')
    def test_claim(self):
        claim = self.env['aftersales.claim'].create({
            'partner_id': self.customer.id, 'basis': "The promise", 'line_ids': [
                Command.create({'name': "Carpet", 'amount_asked': 30000.0})]})
        claim.action_submit()
        claim.action_accept()
        claim.write({'inspection_date': fields.Date.today(), 'inspection_people': "Both",
                     'inspection_result': "Burnt", 'agreement': "All of it"})
        claim.action_inspect()
        claim.line_ids.decision = 'approved'
        claim.action_agree()
        claim.action_settle()
        self.assertEqual(claim.payment_state, 'draft')

    @users('manager')
    def test_corrective_action(self):
        capa = self.env['aftersales.capa'].create({
            'subject': "Glass breaks", 'problem': "At 200", 'root_cause': "Tension",
            'action_ids': [Command.create({'name': "Test", 'evidence': "Report"})]})
        capa.action_start()
        capa.action_ids.action_done()
        capa.action_done()
        capa.sudo().date_done = fields.Datetime.now() - timedelta(days=100)
        capa.effect_note = "None since"
        capa.action_effective()
        self.assertEqual(capa.state, 'closed')

    @users('manager')
    def test_suggestion_and_special_customer(self):
        suggestion = self.env['aftersales.suggestion'].create({
            'subject': "Label", 'description': "Valves", 'score_benefit': 40})
        suggestion.action_score()
        suggestion.write({'answer': "Yes", 'implementer_id': self.manager.id,
                          'date_due': fields.Date.today()})
        suggestion.action_accept()
        suggestion.action_implement()
        suggestion.sudo().date_implemented = fields.Datetime.now() - timedelta(days=100)
        suggestion.effect_note = "Good"
        suggestion.action_reward()
        customer = self.customer.with_env(self.env)
        customer.write({'aftersales_special_facts': "Hit a colleague",
                        'aftersales_special_until': fields.Date.today()})
        customer.action_propose_aftersales_special()
        customer.action_confirm_aftersales_special()
        self.assertTrue(customer.is_aftersales_special)

    @users('manager')
    def test_abnormal_complaint(self):
        case = self._create_complaint(
            self.env, is_abnormal=True, abnormal_facts="Threatens", sign_threat=True,
            answer="We see no fault. You can appeal.", legal_note="Correct")
        case.action_check_legally()
        case.action_unfounded()
        self.assertEqual(case.state, 'unfounded')
