from uuid import uuid4

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users

from ..common import SIGNATURE
from ..visit.common import VisitCommon


@tagged('post_install', '-at_install')
class TestPaidJob(VisitCommon):
    """A paid job on the phone: price, acceptance, work, signature, payment now or later."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.env.company
        cls.cash = cls.env['account.journal'].create(
            {'name': "Technicians' Cash", 'type': 'cash', 'code': 'TCSH'})
        company.aftersales_payment_journal_ids = cls.cash
        cls.tax = cls.env['account.tax'].create({
            'name': "Tax 10", 'amount': 10.0, 'amount_type': 'percent',
            'company_id': company.id, 'type_tax_use': 'sale'})
        cls.trip = cls.env['product.product'].create({
            'name': "Trip Fee", 'type': 'service', 'list_price': 30.0,
            'is_aftersales_travel': True, 'is_aftersales_labour': True,
            'taxes_id': [Command.set(cls.tax.ids)]})
        cls.hour.write({'is_aftersales_labour': True, 'taxes_id': [Command.set(cls.tax.ids)]})
        cls.capacitor.taxes_id = [Command.set(cls.tax.ids)]

    def _start(self, **values):
        self.order = self._dispatch(technician=self.env.user, **values)
        self.visit = self.order.visit_ids
        self._do('arrive')

    def _send(self, kind, visit=None, order=None, **payload):
        action = {'uuid': str(uuid4()), 'kind': kind, 'visit_id': (visit or self.visit).id,
                  'order_id': (order or self.order).id, 'payload': payload}
        [answer] = self.env['aftersales.job.action'].with_user(
            self.env.user)._handle_batch([action])
        return answer

    def _do(self, kind, **payload):
        answer = self._send(kind, **payload)
        self.assertEqual((answer['status'], answer['message']), ('done', ''))

    def _refuse(self, sentence, kind, **payload):
        answer = self._send(kind, **payload)
        self.assertEqual(answer['status'], 'refused')
        self.assertIn(sentence, answer['message'].replace('\N{NO-BREAK SPACE}', ' '))

    def _get_data(self):
        order = self.order.sudo()
        return order._prepare_mobile_order(order._get_mobile_context())

    def _add_work(self):
        """One capacitor of 50 and two hours of 80, 10 % tax: 231 in all."""
        self._do('part', product_id=self.capacitor.id, quantity=1)
        self._do('labour', product_id=self.hour.id, quantity=2)

    def _accept(self, total=231.0):
        self._do('accept', image=SIGNATURE, signed_by="Li Na", total=total)

    def _finish(self):
        self._do('report', solution="Capacitor changed")
        self._do('sign', image=SIGNATURE)
        self._do('complete')

    # === PRICE AND ACCEPTANCE === #

    @users('technician', 'outlet_technician')
    def test_price_accepted_on_the_phone_paid_later(self):
        self._start()
        self._add_work()
        data = self._get_data()
        self.assertEqual(data['accepted_total'], 0.0)
        self.assertEqual(
            [(line['name'], line['quantity'], round(line['untaxed'], 2), round(line['total'], 2))
             for line in data['price_lines']],
            [("Repair Hour", 2.0, 160.0, 176.0), ("Capacitor", 1.0, 50.0, 55.0)])
        self._accept()
        sale = self.order.sudo().sale_order_ids
        self.assertRecordValues(sale, [{
            'state': 'sale', 'signed_by': "Li Na", 'amount_total': 231.0,
            'aftersales_accepted_total': 231.0}])
        self.assertTrue(sale.signature)
        self.assertTrue(sale.signed_on)
        data = self._get_data()
        self.assertEqual(data['accepted_total'], 231.0)
        self.assertEqual(round(sum(line['total'] for line in data['price_lines']), 2), 231.0)
        self._finish()
        self.assertEqual(self.order.state, 'done')
        self.assertEqual(self._get_data()['amount_due'], 231.0)
        self._do('collect', amount=231.0, journal_id=self.cash.id, receipt=f'R-{self.env.uid}')
        self.assertRecordValues(sale.invoice_ids, [{
            'state': 'posted', 'amount_total': 231.0, 'amount_residual': 0.0}])

    @users('technician')
    def test_price_list_of_the_customer(self):
        self.customer.property_product_pricelist = self.env['product.pricelist'].sudo().create({
            'name': "Friends", 'item_ids': [Command.create({
                'compute_price': 'percentage', 'percent_price': 50.0})]})
        self._start()
        choices = self._get_data()['labour_choices']
        self.assertEqual(
            [(choice['name'], choice['is_trip'], round(choice['untaxed'], 2),
              round(choice['total'], 2)) for choice in choices],
            [("Trip Fee", True, 15.0, 16.5), ("Repair Hour", False, 40.0, 44.0)])
        self._do('labour', product_id=self.trip.id, quantity=1)
        self._accept(16.5)
        self.assertEqual(self.order.sudo().sale_order_ids.amount_total, 16.5)

    @users('technician')
    def test_without_a_ticked_service_all_are_offered(self):
        self.env['product.template'].sudo().search(
            [('is_aftersales_labour', '=', True)]).is_aftersales_labour = False
        self._start()
        names = [choice['name'] for choice in self._get_data()['labour_choices']]
        self.assertIn("Repair Hour", names)

    @users('technician')
    def test_what_is_no_work_is_never_offered(self):
        services = self.env['product.product'].sudo()
        services.search([('is_aftersales_labour', '=', True)]).is_aftersales_labour = False
        extension, discount = services.create([
            {'name': "One Year More", 'type': 'service', 'aftersales_extension_months': 12},
            {'name': "Discount", 'type': 'service'}])
        self.env.company.sudo().sale_discount_product_id = discount
        self._start()
        names = {choice['name'] for choice in self._get_data()['labour_choices']}
        self.assertLessEqual({"Repair Hour"}, names)
        self.assertFalse(names & {"One Year More", "Discount"})
        self._refuse("not on the price list", 'labour', product_id=extension.id, quantity=1)
        with self.assertRaisesRegex(ValidationError, "extends a warranty"):
            self.env['aftersales.labour'].sudo().create(
                {'order_id': self.order.id, 'product_id': extension.id})

    @users('technician')
    def test_higher_price_than_shown_is_shown_first(self):
        self._start()
        self._add_work()
        self._refuse("costs $ 231.00, not $ 200.00", 'accept', image=SIGNATURE, total=200.0)
        sale = self.order.sudo().sale_order_ids
        self.assertRecordValues(sale, [{'state': 'draft', 'signed_by': False}])
        self._do('report', solution="Done")
        self._do('sign', image=SIGNATURE)
        self._refuse("quotation must be", 'complete')
        self._accept()
        self.assertEqual(sale.state, 'sale')
        self._do('complete')

    @users('technician')
    def test_lower_price_than_shown_is_accepted(self):
        self._start()
        self._add_work()
        self._accept(250.0)
        self.assertEqual(self.order.sudo().sale_order_ids.aftersales_accepted_total, 231.0)

    @users('technician')
    def test_nonsense_is_no_acceptance(self):
        self._start()
        self._add_work()
        for total in None, "231", True, float('nan'), -1:
            self._refuse("Show the customer the price", 'accept', image=SIGNATURE, total=total)
        self._refuse("not a photo", 'accept', image='AAAA', total=231.0)
        self.assertFalse(self.order.sudo().sale_order_ids)

    @users('technician')
    def test_offline_acceptance_is_applied_in_order(self):
        """All that was tapped without network comes in one batch, the price as proposed."""
        self._start()
        actions = [{'uuid': str(uuid4()), 'kind': kind, 'visit_id': self.visit.id,
                    'order_id': self.order.id, 'payload': payload} for kind, payload in (
            ('part', {'product_id': self.capacitor.id, 'quantity': 1}),
            ('labour', {'product_id': self.hour.id, 'quantity': 2}),
            ('accept', {'image': SIGNATURE, 'signed_by': "Li Na", 'total': 231.0}),
            ('collect', {'amount': 231.0, 'journal_id': self.cash.id, 'receipt': "R-1"}),
            ('report', {'solution': "Capacitor changed"}),
            ('sign', {'image': SIGNATURE}), ('complete', {}))]
        inbox = self.env['aftersales.job.action'].with_user(self.env.user)
        for status in 'done', 'already_done':
            self.assertEqual(
                [answer['status'] for answer in inbox._handle_batch(actions)], [status] * 7)
        self.assertEqual(self.order.state, 'done')
        self.assertEqual(self.order.sudo()._get_amount_due(), 0.0)
        payment = self.env['account.payment'].sudo().search(
            [('aftersales_order_id', '=', self.order.id)])
        self.assertEqual(payment.mapped('amount'), [231.0])

    def _send_cellar(self, total, *rest):
        """Send a whole job done without network; ``rest`` comes after the acceptance."""
        kinds = [
            ('part', {'product_id': self.capacitor.id, 'quantity': 1}),
            ('labour', {'product_id': self.hour.id, 'quantity': 2}),
            ('accept', {'image': SIGNATURE, 'signed_by': "Li Na", 'total': total}), *rest,
            ('report', {'solution': "Capacitor changed"}), ('sign', {'image': SIGNATURE}),
            ('complete', {})]
        answers = self.env['aftersales.job.action'].with_user(self.env.user)._handle_batch([
            {'uuid': str(uuid4()), 'kind': kind, 'visit_id': self.visit.id,
             'order_id': self.order.id, 'payload': payload} for kind, payload in kinds])
        return {kind: answer for (kind, __), answer in zip(kinds, answers, strict=True)}

    def _start_with_covered_part(self):
        """Start a paid job: the unit's year is over, the main part's are not."""
        self.capacitor.sudo().aftersales_main_part_id = self.main_part
        day = fields.Date.subtract(fields.Date.today(), years=2)
        self._start(warranty_id=self._create_card(delivery_date=day).id,
                    date_event=fields.Datetime.now())
        self.assertEqual(self.order.charge_kind, 'paid')

    @users('technician', 'outlet_technician')
    def test_acceptance_of_what_became_free_settles_by_itself(self):
        self._start_with_covered_part()
        answers = self._send_cellar(176.0)
        self.assertEqual(
            {(answer['status'], answer['message']) for answer in answers.values()},
            {('done', '')})
        self.assertEqual(self.order.state, 'done')
        self.assertIn("when no price waited", "".join(self.order.message_ids.mapped('body')))

    @users('technician')
    def test_acceptance_after_the_customers_own_settles_by_itself(self):
        self._start()
        self._add_work()
        self._do('quote')
        self.order.sudo().sale_order_ids.action_confirm()  # as core's page does
        self._refuse("costs $ 231.00, not $ 60.00", 'accept', image=SIGNATURE, total=60.0)
        self._accept()
        self._refuse("no open quotation", 'refuse', reason="Too expensive")
        self.assertEqual(self._get_data()['accepted_total'], 231.0)
        self._finish()

    @users('technician', 'outlet_technician')
    def test_payment_that_is_not_owed_is_kept_for_the_dispatcher(self):
        self.env.company.sudo().aftersales_dispatcher_id = self.dispatcher
        self._start_with_covered_part()
        answers = self._send_cellar(176.0, ('collect', {
            'amount': 176.0, 'journal_id': self.cash.id, 'receipt': "R-1"}))
        self.assertEqual(
            {kind: answer['status'] for kind, answer in answers.items()},
            dict.fromkeys(answers, 'done') | {'collect': 'late'})
        self.assertIn("owes nothing", answers['collect']['message'])
        self.assertEqual(self.order.state, 'done')
        work = self.env['aftersales.late.work'].with_user(self.dispatcher).search(
            [('visit_id', '=', self.visit.id)])
        self.assertRecordValues(work, [{'reason': 'unowed', 'state': 'to_review'}])
        self.assertEqual(work.activity_ids.user_id, self.dispatcher)
        self.assertEqual(work.action_ids.content_words.splitlines(), [
            "Amount: 176.0", f"Journal: {self.cash.display_name}", "Receipt Number: R-1"])
        work.action_apply()
        self.assertIn("nothing to pay", work.action_ids.message)
        self.assertFalse(self.env['account.payment'].sudo().search(
            [('aftersales_order_id', '=', self.order.id)]))
        work._discard("Given back")
        self.assertEqual(work.state, 'discarded')

    # === WHAT THE CUSTOMER DOES NOT ACCEPT === #

    @users('technician')
    def test_refused_price_frees_the_lines_and_the_trip_is_paid(self):
        self._start()
        self._add_work()
        self._refuse("Write why", 'refuse')
        self._do('refuse', reason="Too expensive")
        data = self._get_data()
        self.assertTrue(data['is_price_refused'])
        self.assertIn("Too expensive", "".join(self.order.message_ids.mapped('body')))
        self._do('part_off', move_id=data['parts'][0]['id'])
        self._do('labour_off', labour_id=data['labour'][0]['id'])
        self._do('labour', product_id=self.trip.id, quantity=1)
        self._accept(33.0)
        self.assertRecordValues(self.order.sudo().sale_order_ids.sorted('id'), [
            {'state': 'cancel', 'amount_total': 231.0}, {'state': 'sale', 'amount_total': 33.0}])
        self._finish()

    @users('technician')
    def test_line_of_an_open_quotation_is_taken_off_an_accepted_one_stays(self):
        self._start()
        self._add_work()
        self._do('quote')
        [labour] = self._get_data()['labour']
        self._do('labour_off', labour_id=labour['id'])
        self._accept(55.0)
        self._do('labour', product_id=self.hour.id, quantity=1)
        [part] = self._get_data()['parts']
        self._refuse("booked already", 'part_off', move_id=part['id'])
        self._accept(143.0)
        [labour] = self._get_data()['labour']
        self._refuse("accepted this line already", 'labour_off', labour_id=labour['id'])

    @users('technician')
    def test_part_after_the_acceptance_is_accepted_once_more(self):
        self._start()
        self._add_work()
        self._accept()
        self._do('part', product_id=self.capacitor.id, quantity=1)
        self.assertEqual(self._get_data()['accepted_total'], 231.0)
        self._do('report', solution="Two capacitors changed")
        self._do('sign', image=SIGNATURE)
        self._refuse("quotation must be accepted first", 'complete')
        self._accept(286.0)
        self._do('complete')

    @users('technician', 'outlet_technician')
    def test_no_more_than_what_was_accepted_is_collected(self):
        """A part that came later is neither due nor on the accepted sale until the yes to it."""
        self._start()
        self._add_work()
        self._accept()
        sale = self.order.sudo().sale_order_ids
        self._do('part', product_id=self.capacitor.id, quantity=1)
        self.assertEqual(sale.amount_total, 231.0)
        data = self._get_data()
        self.assertEqual((data['amount_due'], data['accepted_total']), (231.0, 231.0))
        self.assertTrue(data['can_quote'])
        self._do('quote')
        costs = self.order.sudo()._get_sheet_costs()
        self.assertEqual(
            [round(costs[name], 2) for name in ('parts', 'labour', 'other', 'total')],
            [50.0, 160.0, 0.0, 231.0])
        self.assertTrue(costs['is_accepted'])
        self.assertEqual(round(sum(line['total'] for line in data['price_lines']), 2), 286.0)
        receipt = f'R-{self.env.uid}'
        self._refuse("owes $ 231.00", 'collect', amount=286.0, journal_id=self.cash.id,
                     receipt=receipt)
        self._accept(286.0)
        self.assertEqual(self._get_data()['amount_due'], 286.0)
        self._do('collect', amount=286.0, journal_id=self.cash.id, receipt=receipt)
        self._finish()
        self.assertEqual(self.order.sudo()._get_amount_due(), 0.0)

    @users('technician')
    def test_refused_rise_leaves_the_accepted_price(self):
        self._start()
        self._add_work()
        self._accept()
        first = self.order.sudo().sale_order_ids
        self._do('part', product_id=self.capacitor.id, quantity=1)
        self._do('refuse', reason="Too expensive")
        second = self.order.sudo().sale_order_ids - first
        self.assertEqual((first.state, second.state), ('sale', 'cancel'))
        self.assertEqual(self.order.sudo().repair_ids.sale_order_id, first)
        part = self._get_data()['parts'][-1]
        self.assertTrue(part['can_be_removed'])
        self._do('part_off', move_id=part['id'])
        self._finish()
        self.assertEqual(self._get_data()['amount_due'], 231.0)

    @users('technician')
    def test_sale_that_was_raised_by_hand_is_collected_as_accepted(self):
        self._start()
        self._add_work()
        self._accept()
        sale = self.order.sudo().sale_order_ids
        sale.order_line[0].product_uom_qty += 1
        self.assertTrue(sale._is_raised())
        self.assertEqual(self._get_data()['amount_due'], 231.0)
        self._refuse("owes $ 231.00", 'collect', amount=sale.amount_total,
                     journal_id=self.cash.id, receipt="R-1")
        self._refuse("only $ 231.00 is collected", 'refuse', reason="Too expensive")
        self._do('report', solution="Two capacitors changed")
        self._do('sign', image=SIGNATURE)
        self._refuse("the customer accepted $ 231.00", 'complete')
        self._do('collect', amount=231.0, journal_id=self.cash.id, receipt="R-1")

    @users('technician')
    def test_desk_notes_that_the_raised_price_was_accepted(self):
        self._start()
        self._add_work()
        self._accept()
        self._do('part', product_id=self.capacitor.id, quantity=1)
        self.assertTrue(self.order.is_price_raised)
        self.order.with_user(self.agent).action_accept_raised_price()
        self.assertFalse(self.order.is_price_raised)
        self.assertIn("$ 286.00 instead of $ 231.00, noted by Agent Anna",
                      self.order.message_ids[0].preview.replace('\N{NO-BREAK SPACE}', ' '))
        with self.assertRaisesRegex(UserError, "already"):
            self.order.with_user(self.agent).action_accept_raised_price()
        with self.assertRaises(AccessError):
            self.order.with_user(self.other_technician).action_accept_raised_price()

    @users('technician')
    def test_covered_job_needs_no_price(self):
        self._start(warranty_id=self._create_card().id, date_event='2026-06-01 12:00:00')
        self._add_work()
        data = self._get_data()
        self.assertEqual([line['total'] for line in data['price_lines']], [0.0, 0.0])
        self._accept(0.0)
        self._do('refuse', reason="Too expensive")
        self._finish()
        self.assertFalse(self.order.sudo().sale_order_ids)

    @users('technician')
    def test_service_of_no_price_list_and_units_of_others_are_refused(self):
        self._start()
        other = self._dispatch(technician=self.other_technician)
        for payload in ({'product_id': self.capacitor.id}, {'product_id': 0}, {}):
            self._refuse("not on the price list", 'labour', quantity=1, **payload)
        self._refuse("must be positive", 'labour', product_id=self.hour.id, quantity=-1)
        labour = self.env['aftersales.labour'].sudo().create(
            {'order_id': other.id, 'product_id': self.hour.id})
        self._refuse("accepted this line already", 'labour_off', labour_id=labour.id)
        for kind in 'labour', 'accept', 'refuse', 'collect':
            answer = self._send(kind, visit=other.visit_ids, order=other)
            self.assertIn("no longer yours", answer['message'])

    # === PAYMENT === #

    @users('technician')
    def test_payment_before_the_work_is_done_is_booked_once(self):
        self._start()
        self._add_work()
        self._refuse("no quotation that the customer accepted", 'collect', amount=231.0,
                     journal_id=self.cash.id, receipt="R-1")
        self._accept()
        self._do('collect', amount=200.0, journal_id=self.cash.id, receipt="R-1")
        self.assertEqual(round(self._get_data()['amount_due'], 2), 31.0)
        self._refuse("owes $ 31.00", 'collect', amount=32.0, journal_id=self.cash.id,
                     receipt="R-2")
        self._finish()
        self.assertEqual(round(self._get_data()['amount_due'], 2), 31.0)
        self._do('collect', amount=31.0, journal_id=self.cash.id, receipt="R-2")
        self.assertEqual(self.order.sudo()._get_amount_due(), 0.0)
        invoices = self.order.sudo().sale_order_ids.invoice_ids
        self.assertEqual(sorted(invoices.mapped('amount_total')), [31.0, 200.0])
        self._refuse("must be positive", 'collect', amount=0.0, journal_id=self.cash.id,
                     receipt="R-3")
        self._refuse("stands on the payment", 'collect', amount=31.0, journal_id=self.cash.id,
                     receipt="R-2")
        # the customer paid it in another way as well: money that was taken is not lost
        answer = self._send('collect', amount=1.0, journal_id=self.cash.id, receipt="R-3")
        self.assertEqual(answer['status'], 'late')

    @users('technician')
    def test_company_that_wants_its_money_first(self):
        self.env.company.sudo().aftersales_pay_later = False
        self._start()
        self._add_work()
        self._accept()
        self._do('report', solution="Capacitor changed")
        self._do('sign', image=SIGNATURE)
        self._refuse("take the payment first", 'complete')
        self._do('collect', amount=231.0, journal_id=self.cash.id, receipt="R-1")
        self._do('complete')

    @users('technician')
    def test_quotation_asks_for_no_payment_where_one_pays_later(self):
        company = self.env.company.sudo()
        company.write({'portal_confirmation_pay': True, 'portal_confirmation_sign': False})
        self._start()
        self._add_work()
        self._do('quote')
        self.assertRecordValues(self.order.sudo().sale_order_ids, [
            {'require_signature': True, 'require_payment': False}])
        company.aftersales_pay_later = False
        self._start()
        self._add_work()
        self._do('quote')
        sale = self.order.sudo().sale_order_ids
        self.assertRecordValues(sale, [{'require_signature': True, 'require_payment': True}])
        sale.write({'signature': SIGNATURE, 'signed_by': "Li Na"})  # on its page
        data = self._get_data()
        self.assertEqual((data['accepted_total'], data['amount_due']), (231.0, 231.0))
        self._do('collect', amount=231.0, journal_id=self.cash.id, receipt="R-1")
        self.assertEqual(sale.state, 'sale')

    @users('technician')
    def test_paid_repair_without_a_price_is_not_finished_where_prices_are_needed(self):
        self._start()
        self._do('report', solution="Cleaned")
        self._do('sign', image=SIGNATURE)
        self.env.company.sudo().aftersales_needs_price = True
        self._refuse("Say what the customer pays", 'complete')
        self._do('labour', product_id=self.trip.id, quantity=1)
        self._accept(33.0)
        self._do('complete')

    @users('technician')
    def test_small_firm_finishes_without_a_price(self):
        self._start()
        self._finish()
        self.assertFalse(self.order.sudo().sale_order_ids)
