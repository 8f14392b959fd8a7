from unittest.mock import patch

from odoo.tests import TransactionCase, tagged


@tagged('post_install', '-at_install')
class TestRegistry(TransactionCase):
    """What a module names but does not declare is refused when it is installed or loaded."""

    def _name(self, method, value, model='aftersales.proof.case'):
        """Let a model name something unknown, as a careless module would."""
        self.enterContext(patch.object(
            self.env.registry[model], method, lambda *args: value, create=True))
        return self.env[model]

    def test_what_the_proof_names_exists(self):
        case = self.env['aftersales.proof.case']
        case._register_hook()
        case.init()
        self.env['aftersales.clock.target']._register_hook()
        with self.assertNoLogs('odoo.addons.aftersales_service', 'ERROR'):
            self.env['aftersales.job.action']._register_hook()

    def test_unknown_event(self):
        case = self._name('_get_notification_events', {'proof_opened', 'proof_lost'})
        with self.assertRaisesRegex(ValueError, "aftersales.proof.case.*proof_lost"):
            case.init()

    def test_event_of_another_document(self):
        case = self._name('_get_notification_events', {'received', 'proof_code'})
        with self.assertRaisesRegex(ValueError, "events of aftersales.order: received"):
            case.init()

    def test_unknown_kind_of_clock(self):
        case = self._name('_get_clock_kinds', {'proof_law', 'proof_moon'})
        with self.assertRaisesRegex(ValueError, "aftersales.proof.case.*proof_moon"):
            case._register_hook()

    def test_unknown_criterion(self):
        target = self._name('_get_criteria', {'moon': 'moon'}, 'aftersales.clock.target')
        with self.assertRaisesRegex(ValueError, "moon"):
            target._register_hook()

    def test_unknown_driver(self):
        case = self._name('_get_cost_drivers', {'proof_calls': 1.0, 'proof_moons': 1.0})
        with self.assertRaisesRegex(ValueError, "aftersales.proof.case.*proof_moons"):
            case._register_hook()

    def test_unknown_kind_of_cost(self):
        case = self._name('_get_direct_costs', {'proof_bribe': 1.0})
        with self.assertRaisesRegex(ValueError, "aftersales.proof.case.*proof_bribe"):
            case._register_hook()

    def test_unknown_kind_of_erased_data(self):
        self._name('_get_photograph_domain', [])
        case = self._name('_erase_photographs', 0)
        with self.assertRaisesRegex(ValueError, "aftersales.proof.case.*photograph"):
            case._register_hook()

    def test_legal_hold_that_anybody_could_write(self):
        models = self.env.registry.models
        self.enterContext(patch.dict(
            models, {'aftersales.protected.mixin': models['aftersales.version.mixin']}))
        with self.assertRaisesRegex(ValueError, "aftersales.proof.case is not protected"):
            self.env['aftersales.proof.case']._register_hook()

    def test_unknown_kind_of_phone_action(self):
        self._name('_on_mobile_proof_dance', None)
        with self.assertLogs('odoo.addons.aftersales_service', 'ERROR') as log:
            self.env['aftersales.job.action']._register_hook()
        self.assertIn('_on_mobile_proof_dance', str(log.output))
