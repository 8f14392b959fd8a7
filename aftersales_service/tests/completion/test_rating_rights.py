from contextlib import suppress

from odoo.exceptions import AccessError
from odoo.tests import tagged, users

from .. import people
from ..outlet.common import OutletCommon


@tagged('post_install', '-at_install')
class TestRatingRights(OutletCommon):
    """A rating of an order is read by those who read the order, and changed by no colleague.

    Who did the work, and the outlet's people, read the figures of many orders only.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.env['aftersales.order'].create({
            'partner_id': cls.customer.id, 'user_id': cls.agent.id,
            'technician_id': cls.technician.id, 'outlet_id': cls.north.id})
        cls.order.rating_apply(
            2, token=cls.order._rating_get_access_token(), feedback="He was rude")
        cls.rating = cls.order.rating_ids
        cls.other = cls.env['rating.rating'].create({
            'res_model_id': cls.env['ir.model']._get('res.partner').id,
            'res_id': cls.customer.id, 'rating': 3, 'consumed': True})

    def setUp(self):
        super().setUp()
        self.env.flush_all()
        self.env.invalidate_all()

    def _as(self, rating):
        return rating.with_user(self.env.user)

    def test_who_cannot_read_the_order_reads_no_rating(self):
        for user in (self.employee, self.other_agent):
            ratings = self.env['rating.rating'].with_user(user)
            domain = [('id', 'in', (self.rating | self.other).ids)]
            with self.subTest(user=user.login):
                self.assertEqual(ratings.search(domain), self.other)
                self.assertEqual(ratings.search_count(domain), 1)
                groups = ratings.formatted_read_group(domain, ['res_model'], ['__count'])
                self.assertEqual([group['__count'] for group in groups], [1])
                rating = self.rating.with_user(user)
                for read in (
                        lambda rating=rating: rating.read(['feedback']),
                        lambda rating=rating: rating.rating_image,
                        lambda rating=rating: rating._export_rows([['feedback']])):
                    with self.assertRaises(AccessError):
                        read()
                    self.env.invalidate_all()

    def test_readers_of_the_order_read_it_and_write_nothing(self):
        for user in (self.agent, self.dispatcher, self.manager):
            rating = self.rating.with_user(user)
            with self.subTest(user=user.login):
                self.assertEqual(rating.read(['feedback'])[0]['feedback'], "He was rude")
                for change in (
                        lambda rating=rating: rating.write({'rating': 5}),
                        lambda rating=rating: rating.write(
                            {'rated_partner_id': self.agent.partner_id.id}),
                        lambda rating=rating: rating.create({
                            'res_model_id': self.rating.res_model_id.id, 'res_id': self.order.id,
                            'rating': 5, 'consumed': True})):
                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        change()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.rating.with_user(self.env.ref('base.user_admin')).unlink()
        self.assertEqual(self.rating.rating, 2)

    def test_who_did_the_work_reads_neither_stars_nor_words(self):
        mate = people.get_colleague(self.env, 'mate', 'technician', "Technician Theo")
        self.north.member_ids |= mate
        domain = [('id', '=', self.rating.id)]
        for user in (self.technician, mate):
            order = self.order.with_user(user)
            with self.subTest(user=user.login):
                self.assertFalse(self.rating.with_user(user).search(domain))
                for name in ('rating', 'feedback'):
                    with self.assertRaises(AccessError):
                        self.rating.with_user(user).read([name])
                    self.env.invalidate_all()
                for name in ('rating_last_value', 'rating_last_feedback', 'rating_avg',
                             'rating_last_text', 'rating_percentage_satisfaction'):
                    with self.assertRaises(AccessError):
                        order.read([name])
                    if order._fields[name]._description_searchable:
                        with suppress(AccessError):  # related ones go by the rules of ratings
                            self.assertFalse(order.search([(name, '!=', False)]), name)
        self.assertNotIn("rude", "".join(self.order.message_ids.mapped('body')))
        self.assertFalse(self.order.message_ids.rating_ids)
        self.assertEqual(self.order.with_user(self.dispatcher).rating_last_value, 2)

    def test_no_colleague_learns_the_key_of_the_rating_page(self):
        key = self.rating.access_token
        domain = [('id', 'in', (self.rating | self.other).ids)]
        for user in (self.technician, self.agent, self.manager, self.employee):
            ratings = self.env['rating.rating'].with_user(user)
            for way in (
                    lambda ratings=ratings: ratings.search_read(domain, ['access_token']),
                    lambda ratings=ratings: ratings.search([('access_token', '=', key)]),
                    lambda ratings=ratings: ratings.formatted_read_group(
                        domain, ['access_token'], ['__count']),
                    lambda user=user: self.order.with_user(user).search(
                        [('rating_ids.access_token', '=like', f'{key[:4]}%')]),
                    lambda user=user: self.north.with_user(user).search(
                        [('rating_ids', 'any', [('access_token', '=like', f'{key[:4]}%')])])):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    way()
            self.assertNotIn('access_token', ratings.fields_get())
        # what core's own pages do
        rating = self.other.with_user(self.employee).create({
            'res_model_id': self.other.res_model_id.id, 'res_id': self.customer.id})
        self.assertTrue(rating.sudo().access_token)

    def test_words_are_found_through_an_outlet_by_those_who_read_them(self):
        for user, is_found in ((self.agent, True), (self.technician, False), (self.manager, True),
                               (self.other_agent, False)):
            outlets = self.north.with_user(user)
            for domain in ([('rating_ids.feedback', 'ilike', "rude")],
                           [('rating_ids', 'any', [('feedback', '=like', "He%")])],
                           [('rating_ids.res_name', 'ilike', self.order.name)]):
                with self.subTest(user=user.login, domain=domain):
                    self.assertEqual(bool(outlets.search_count(domain)), is_found)

    @users('employee')
    def test_a_rating_of_something_else_is_not_moved_to_an_order_or_outlet(self):
        outlet = self.env['ir.model']._get('aftersales.outlet').id
        for values in (
                {'res_model_id': self.rating.sudo().res_model_id.id, 'res_id': self.order.id},
                {'parent_res_model_id': outlet, 'parent_res_id': self.north.id}):
            with self.subTest(values=values), self.assertRaises(
                    AccessError), self.env.cr.savepoint():
                self._as(self.other).write(values)

    @users('employee')
    def test_a_rating_names_no_record_that_its_writer_cannot_read(self):
        company = self.env['res.company'].with_user(
            self.env.ref('base.user_root')).create({'name': "Elsewhere"})
        foreign = self.env['res.partner'].sudo().create(
            {'name': "Hidden customer", 'company_id': company.id})
        get_model = self.env['ir.model'].sudo()._get
        for record in self.order, foreign, self._create_card():
            model = get_model(record._name).id
            rating = self._as(self.other)
            for values in ({'res_model_id': model, 'res_id': record.id},
                           {'parent_res_model_id': model, 'parent_res_id': record.id}):
                with self.subTest(values=values):
                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        rating.create({'res_id': self.customer.id, **values})
                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        rating.write(values)
                    shown = rating.new({
                        **values, 'res_model': record._name, 'parent_res_model': record._name})
                    self.assertNotIn(
                        record.sudo().display_name, (shown.res_name, shown.parent_res_name))

    @users('employee')
    def test_ratings_of_other_models_stay_as_core_has_them(self):
        rating = self._as(self.other)
        rating.write({'feedback': "Fine"})
        self.assertEqual(rating.read(['feedback'])[0]['feedback'], "Fine")

    @users('agent')
    def test_the_mean_of_an_outlet_counts_all(self):
        foreign = self.env['aftersales.order'].sudo().create({
            'partner_id': self.customer.id, 'user_id': self.other_agent.id,
            'outlet_id': self.north.id})
        foreign.rating_apply(4, token=foreign._rating_get_access_token())
        self.assertRecordValues(
            self.north.with_user(self.env.user), [{'rating_count': 2, 'rating_avg': 3.0}])
