from unittest.mock import patch
from uuid import uuid4

from freezegun import freeze_time

from odoo.exceptions import MissingError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from ..common import SIGNATURE
from .common import VisitCommon

GONE = "This job does not exist or is no longer yours."
LOGGER = 'odoo.addons.aftersales_service.models.visit.aftersales_job_action'
RUBBISH = (None, True, -1, 10 ** 30, float('nan'), float('inf'), "", "x", "\x00", [[]], {'a': []})
NAMES = ('amount', 'check_id', 'code', 'description', 'diagnosis', 'floor', 'image',
         'injured_count', 'journal_id', 'kind', 'latitude', 'longitude', 'measures', 'move_id',
         'note', 'old_product', 'photo', 'product_id', 'quantity', 'reason', 'receipt',
         'refusal_reason', 'result', 'serial', 'signed_by', 'solution', 'test_result')


class PhoneValuesCommon(VisitCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._dispatch()
        cls.visit = cls.order.visit_ids

    def _action(self, kind, payload=None, **values):
        return {'uuid': str(uuid4()), 'kind': kind, 'visit_id': self.visit.id,
                'order_id': self.order.id, 'payload': payload or {}, **values}

    def _send(self, *actions, now=None):
        return self.env['aftersales.job.action'].with_user(
            self.technician)._handle_batch(list(actions), now)


@tagged('post_install', '-at_install')
class TestPhoneValues(PhoneValuesCommon):
    """Whatever a phone sends is answered with a sentence; it never stops the others."""

    def test_values_of_wrong_types_are_refusals(self):
        """No kind and no value ends the batch, or needs the net under the handlers."""
        kinds = self.env['aftersales.job.action']._fields['kind'].get_values(self.env)
        self.visit._set_state('on_site')
        for value in RUBBISH:
            # what ends the visit or the work is left out: the others would come too late
            batch = [self._action(kind, dict.fromkeys(NAMES, value)) for kind in kinds
                     if kind not in ('again', 'complete', 'miss', 'take_along')]
            with self.subTest(value=value), self.assertNoLogs(LOGGER, 'WARNING'):
                self.assertEqual(len(self._send(*batch)), len(batch))
        for kind in ('take_along', 'again', 'miss', 'complete'):
            with self.subTest(kind=kind), self.assertNoLogs(LOGGER, 'WARNING'):
                self._send(*(
                    self._action(kind, dict.fromkeys(NAMES, value)) for value in RUBBISH))

    def test_actions_of_wrong_types_are_refusals(self):
        for name in ('kind', 'visit_id', 'order_id', 'res_model', 'res_id', 'at', 'payload'):
            for value in RUBBISH:
                with self.subTest(name=name, value=value):
                    self._send(self._action('call') | {name: value}, now=value)

    def test_action_that_breaks_its_handler_leaves_the_others_done(self):
        visits = self.env.registry['aftersales.visit']
        with patch.object(visits, '_on_mobile_report', lambda *__: {}['missing']), (
                mute_logger(LOGGER)):
            answers = self._send(
                self._action('arrive', order_id=False), self._action('report'),
                self._action('photo', {'image': SIGNATURE}))
        self.assertEqual([answer['status'] for answer in answers], ['done', 'refused', 'done'])
        self.assertIn("unreadable", answers[1]['message'])

    # === ACTIONS ON OTHER DOCUMENTS === #

    def _open_partners_to_phones(self, **methods):
        """Let a model take actions as one of a further module would."""
        partners, mixin = (
            self.env.registry[name] for name in ('res.partner', 'aftersales.mobile.mixin'))
        names = ('_check_mobile_access', '_ensure_mobile_open', '_get_mobile_order',
                 '_get_earliest_moment', '_do_mobile_action', '_is_mobile_action_private')
        for name, method in ({name: getattr(mixin, name) for name in names} | methods).items():
            self.startPatcher(patch.object(partners, name, method, create=True))
        self.startPatcher(patch.object(
            self.env.registry['aftersales.job.action'], '_get_mobile_models',
            lambda actions: ['aftersales.visit', 'res.partner']))
        return self._action('photo', {'image': "x"}) | {
            'res_model': 'res.partner', 'res_id': self.customer.id, 'visit_id': False,
            'order_id': False}

    def test_document_refuses_everybody_unless_it_says_more(self):
        action = self._open_partners_to_phones(
            _on_mobile_photo=lambda partner, payload, moment: partner.write({'ref': "SEEN"}))
        [answer] = self._send(action)
        self.assertEqual((answer['status'], answer['message']), ('refused', GONE))
        self.assertFalse(self.customer.ref)

    def test_document_that_lets_the_user_in_does_its_own_actions(self):
        def check(partner, kind):
            if partner.env.user != self.technician or partner.env.su:
                raise MissingError(GONE)

        action = self._open_partners_to_phones(
            _check_mobile_access=check,
            _on_mobile_photo=lambda partner, payload, moment: partner.write({'ref': "SEEN"}))
        answers = self._send(action, action, action | {'uuid': str(uuid4()), 'res_id': 0})
        self.assertEqual([answer['status'] for answer in answers],
                         ['done', 'already_done', 'refused'], answers)
        self.assertEqual(self.customer.ref, "SEEN")
        entry = self.env['aftersales.job.action'].search([('uuid', '=', action['uuid'])])
        self.assertRecordValues(entry, [{
            'res_model': 'res.partner', 'res_id': self.customer.id, 'visit_id': False}])

    def test_models_that_take_no_actions_look_like_missing_ones(self):
        for model in ('res.users', 'aftersales.order', 'no.model', 'aftersales.mobile.mixin'):
            [answer] = self._send(self._action('photo') | {'res_model': model, 'res_id': 1})
            self.assertEqual(answer['status'], 'refused')

    def test_kind_without_handler_is_said_at_installation(self):
        actions = self.env['aftersales.job.action']
        field = type(actions._fields['kind'])
        kinds = actions._fields['kind'].get_values(self.env)
        with patch.object(field, 'get_values', lambda *__: [*kinds, 'dance']), (
                self.assertLogs(LOGGER, 'ERROR')) as logs:
            actions._register_hook()
        self.assertIn("_on_mobile_dance", logs.output[0])
        with patch.object(field, 'get_values', lambda *__: kinds[1:]), (
                self.assertLogs(LOGGER, 'ERROR')) as logs:
            actions._register_hook()
        self.assertIn("selection_add", logs.output[0])
        with self.assertNoLogs(LOGGER, 'WARNING'):
            actions._register_hook()


@tagged('post_install', '-at_install')
@freeze_time('2026-06-02 12:00:00')
class TestPhoneTimes(PhoneValuesCommon):
    """When something was tapped is believed within what is known otherwise."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_created(cls.visit, '2026-06-02 07:00:00')

    def _get_entry(self, kind):
        return self.env['aftersales.job.action'].search([('kind', '=', kind)], limit=1)

    def test_visit_is_not_stamped_before_it_existed(self):
        self._send(self._action('set_off', at='2026-06-01 08:00:00', order_id=False))
        self.assertEqual(str(self.visit.date_left), '2026-06-02 07:00:00')
        self.assertEqual(str(self._get_entry('set_off').date_tapped), '2026-06-01 08:00:00')

    def test_arrival_is_not_before_the_departure(self):
        self._send(self._action('set_off', at='2026-06-02 09:00:00', order_id=False),
                   self._action('arrive', at='2026-06-02 08:00:00', order_id=False))
        self.assertEqual(str(self.visit.date_arrived), '2026-06-02 09:00:00')

    def test_slow_and_fast_clocks_are_corrected(self):
        for now, at, minutes in (
                ('2026-06-02 10:00:00', '2026-06-02 09:00:00', 120),
                ('2026-06-02 13:00:00', '2026-06-02 12:00:00', -60),
                ('2026-06-02 11:59:30', '2026-06-02 11:00:00', 0)):
            with self.subTest(now=now):
                self._send(self._action('call', at=at, order_id=False), now=now)
                self.assertRecordValues(self._get_entry('call'), [{
                    'clock_skew': minutes}])
                self.assertEqual(str(self._get_entry('call').date_tapped),
                                 '2026-06-02 11:00:00')

    @users('technician')
    def test_clock_that_says_nothing_is_taken_as_right(self):
        self._send(self._action('set_off', at="yesterday", order_id=False), now="soon")
        self.assertEqual(str(self.visit.date_left), '2026-06-02 12:00:00')
