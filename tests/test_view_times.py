"""What a list paints red is late at the server, too."""
import re

from odoo.tests import TransactionCase, tagged

LOCAL_TIME = re.compile(r'(decoration-[\w-]+|invisible|readonly|required)(="|">)'
                        r'[^"<]*(&lt;|&gt;)=? ?now\b')


@tagged('post_install', '-at_install')
class TestViewTimes(TransactionCase):

    def test_no_page_compares_with_the_local_time_of_the_browser(self):
        """Values of records are in UTC, but the client's ``now`` is not."""
        views = self.env['ir.ui.view'].search([('model', '=like', 'aftersales.%')])
        self.assertTrue(LOCAL_TIME.search('decoration-danger="date_due &lt; now"'))
        wrong = views.filtered(lambda view: LOCAL_TIME.search(view.arch_db))
        self.assertFalse(wrong.mapped('xml_id'))
