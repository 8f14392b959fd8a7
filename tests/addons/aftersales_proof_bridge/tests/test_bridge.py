from odoo.tests import tagged

from odoo.addons.aftersales_proof.tests.common import ProofCommon


@tagged('post_install', '-at_install')
class TestBridge(ProofCommon):
    """The bridge is there by itself and hears of a step of the module beneath."""

    def test_bridge_installed_itself_and_hears_of_the_decision(self):
        bridge = self.env['ir.module.module'].search([('name', '=', 'aftersales_proof_bridge')])
        self.assertEqual((bridge.state, bridge.auto_install), ('installed', True))
        order = self._create_order()
        case = self._create_case(order_id=order.id)
        self._decide(case)
        self.assertIn(f"Case {case.name} is decided.", str(order.message_ids.mapped('body')))
