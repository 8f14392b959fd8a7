import base64
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged, users

from .common import HEADER, PlatformCommon


@tagged('post_install', '-at_install')
class TestPlatformRefusals(PlatformCommon):
    """Bad rows come back with the reason; the good ones beside them are made."""

    @users('agent')
    def test_bad_rows_come_back_and_good_ones_are_made(self):
        dialog = self._import(
            self._row(1), self._row(2, Product="Teapot"), self._row(3, Phone='12'),
            self._row(4))
        self._assert_counts(dialog, made=2, refused=2)
        header, *rows = self._read_refused(dialog)
        self.assertEqual(header, [*HEADER, "Reason"])
        self.assertEqual([row[0] for row in rows], ['B-2', 'B-3'])
        self.assertIn("“Teapot”", rows[0][-1])
        self.assertIn("“12” is no phone number", rows[1][-1])

    @users('agent')
    def test_corrected_file_is_taken(self):
        dialog = self._import(self._row(1, Product="Teapot"), self._row(2))
        header, row = self._read_refused(dialog)
        row[HEADER.index("Product")] = 'AC'
        self._assert_counts(self._import(row, header=header), made=1)

    @users('agent')
    def test_each_reason_is_notified(self):
        for values, sentence in (
                ({"Order Number": ''}, "order number is missing"),
                ({"Customer": '', "Phone": ''}, "name and phone are missing"),
                ({"Service": "Dancing"}, "“Dancing” is no service of ours"),
                ({"Planned for": "soon"}, "“soon” is no date"),
                ({"Planned for": "2026-02-30"}, "is no date"),
                ({"Product": "Teapot"}, "No product has the reference")):
            with self.subTest(values=values):
                self._assert_refused(self._row(1, **values), sentence)

    @users('agent')
    def test_service_without_word_needs_a_usual_one(self):
        row = self._row(1, Service='')
        self.platform.sudo().type_id = False
        self._assert_refused(row, "The service is missing")
        self.platform.sudo().type_id = self.type_on_site
        self.assertEqual(self._import(row).order_ids.type_id, self.type_on_site)

    @users('agent')
    def test_name_of_several_products_is_refused(self):
        self.env['product.product'].sudo().create([{'name': "Fan"}, {'name': "Fan"}])
        self._assert_refused(self._row(1, Product="Fan"), "Several products are called “Fan”")

    @users('agent')
    def test_row_that_stands_twice_is_made_once(self):
        dialog = self._import(self._row(1), self._row(1))
        self._assert_counts(dialog, made=1, refused=1)
        self.assertIn("more than once", self._read_refused(dialog)[1][-1])

    @users('agent')
    def test_serial_of_another_product_is_refused(self):
        self._create_card()
        sentence = "Serial number AC-0001 belongs to [AC] Air Conditioner, not to Capacitor"
        self._assert_refused(self._row(
            1, Customer="Li Na", Phone='650-555-0100', Product="Capacitor",
            **{"Serial Number": 'AC-0001'}), sentence)

    @users('agent')
    def test_serial_of_another_customer_is_refused(self):
        card = self._create_card()
        self._assert_refused(
            self._row(1, **{"Serial Number": 'AC-0001'}),
            f"warranty card of another customer: {card.name}")

    @users('agent')
    def test_date_before_the_sale_is_refused(self):
        self._create_card()
        row = {"Customer": "Li Na", "Phone": '650-555-0100', "Serial Number": 'AC-0001'}
        self._assert_refused(
            self._row(1, **row, **{"Planned for": "2026-01-09"}), "before the unit was sold")
        self._assert_counts(
            self._import(self._row(1, **row, **{"Planned for": "2026-01-10"})), made=1)

    @users('agent')
    def test_rule_of_the_order_refuses_its_row_only(self):
        """What was not foreseen, such as another module's rule, costs one row."""
        orders = self.env.registry['aftersales.order']
        create, sentence = orders.create, "Three is not allowed"

        def refuse_three(records, vals_list):
            if any(vals['platform_number'] == 'B-3' for vals in vals_list):
                raise ValidationError(sentence)
            return create(records, vals_list)

        with patch.object(orders, 'create', refuse_three):
            dialog = self._import(*(self._row(number) for number in range(1, 6)))
        self._assert_counts(dialog, made=4, refused=1)
        self.assertEqual(
            self._read_refused(dialog)[1][-1], sentence)
        self.assertFalse(self.env['res.partner'].search([('name', '=', "Customer 3")]))

    @users('agent')
    def test_formula_in_a_cell_stays_text(self):
        dialog = self._import(self._row(1, Product="=1+1", Description="=HYPERLINK(1)"))
        [row] = self._read_refused(dialog)[1:]
        self.assertIn("=HYPERLINK(1)", row)
        self.assertTrue(base64.b64decode(dialog.refused_file).startswith(b'PK'))
