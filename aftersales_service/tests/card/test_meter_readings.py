from datetime import date

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .common import CoversCommon


@tagged('post_install', '-at_install')
class TestMeterReadings(CoversCommon):
    """A meter does not run backwards; the warranty is judged with its last reading."""

    def _read(self, day, value, **values):
        return self.env['aftersales.warranty.usage'].create({
            'warranty_id': self.card.id, 'date': day, 'value': value, **values})

    @users('agent')
    def test_last_reading_stands_on_the_card(self):
        self._read('2026-03-01', 5000)
        self._read('2026-02-01', 2000)
        self.assertEqual(self.card.usage, 5000)

    @users('agent')
    def test_backwards_is_refused(self):
        self._read('2026-03-01', 5000)
        for day, value in [('2026-04-01', 4000), ('2026-02-01', 6000)]:
            with self.subTest(day=day), self.assertRaisesRegex(
                    ValidationError, "does not run backwards"):
                self._read(day, value)

    @users('agent')
    def test_what_is_no_number_is_refused(self):
        """It would be below every limit."""
        for value in -1, float('nan'), float('inf'):
            with self.subTest(value=value), mute_logger('odoo.sql_db'), self.assertRaises(
                    CheckViolation), self.cr.savepoint():
                self._read('2026-03-01', value)

    @users('agent')
    def test_reading_of_a_day_to_come_is_refused(self):
        """It would forbid every reading until then."""
        with self.assertRaisesRegex(ValidationError, "in the future"):
            self._read('2099-01-01', 5000)

    @users('team_lead')
    def test_lead_corrects_and_says_why(self):
        self._read('2026-03-01', 50000)
        self._read('2026-04-01', 5000, correction="A nought too many")
        self._read('2026-05-01', 5100)
        self.assertEqual(self.card.usage, 5100)

    @users('agent')
    def test_agent_corrects_nothing(self):
        reading = self._read('2026-03-01', 50000)
        with self.assertRaisesRegex(AccessError, "team lead"):
            self._read('2026-04-01', 5000, correction="A nought too many")
        with self.assertRaises(AccessError):
            reading.value = 5000
        with self.assertRaises(AccessError):
            reading.unlink()

    @users('agent')
    def test_order_brings_its_reading_once(self):
        order = self._create_order(warranty_id=self.card.id, usage=3000)
        self.assertEqual(self.card.usage, 3000)
        order.usage = 3100
        self.assertRecordValues(self.card.usage_ids, [
            {'value': 3100, 'source': 'order', 'order_id': order.id}])
        with self.assertRaisesRegex(ValidationError, "does not run backwards"):
            self._create_order(warranty_id=self.card.id, usage=2000)

    @users('agent')
    def test_cover_ends_at_its_usage_limit(self):
        self.policy.usage_unit = 'km'
        self.policy.term_ids.usage_limit = 6000
        card = self._create_card(serial='AC-0009').with_user(self.env.user)
        day = date(2026, 6, 1)
        self.assertTrue(card._judge('whole_unit', day, usage=6000).is_covered)
        self.assertEqual(card._judge('whole_unit', day, usage=6001).reason, 'used_up')
        order = self._create_order(
            warranty_id=card.id, usage=6001, date_event='2026-06-01 09:00:00')
        self.assertEqual((order.cover_state, card._judge('labour', day).reason),
                         ('expired', 'used_up'))
