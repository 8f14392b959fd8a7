from odoo.tests import freeze_time, tagged, users

from .common import ReturnsCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-01-12 12:00:00')
class TestReturnWords(ReturnsCommon):
    """A return is read in the reader's language, not the author's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['res.lang']._activate_lang('zh_CN')
        cls.policy.remedy_ids[0].with_context(lang='zh_CN').article = "第九条"
        cls.shop_policy.with_context(lang='zh_CN').name = "本店退货"
        cls._sell_units(['W-1', 'W-2'])

    def _read(self, record, name='verdict'):
        """Return what readers of English and Chinese read."""
        return [record.line_ids.with_context(lang=lang)[name] for lang in ('en_US', 'zh_CN')]

    @users('agent')
    def test_article_that_gives_a_refund(self):
        record = self._create_return(self.sale, self.cards[0])
        self.assertEqual(self._read(record, 'article'), ["Art. 9", "第九条"])
        english, chinese = self._read(record)
        self.assertIn("Refund by Warranty (Art. 9), until 01/17/2026", english)
        self.assertIn("第九条", chinese)
        self.assertNotIn("Warranty", chinese)

    @users('agent')
    def test_policy_that_takes_goods_back(self):
        record = self._create_return(self.sale, self.cards[0], reason=self.unwanted)
        self.assertEqual(self._read(record, 'article'), ["Shop Returns", "本店退货"])

    @users('agent')
    def test_reasons_of_a_refusal(self):
        with freeze_time('2026-02-19 12:00:00'):
            record = self._create_return(self.sale, self.cards[0])
        english, chinese = self._read(record)
        self.assertIn("Art. 9: within 7 days - it is day 40", english)
        self.assertIn("第九条", chinese)
        self.assertNotIn("within", chinese)

    @users('agent')
    def test_clause_changed_later_leaves_the_verdict_as_it_was(self):
        record = self._create_return(self.sale, self.cards[0])
        self.policy.remedy_ids[0].sudo().article = "Art. 99"
        record.invalidate_recordset()
        self.assertEqual(self._read(record, 'article'), ["Art. 9", "第九条"])

    @users('agent')
    def test_customer_reads_papers_and_messages_in_their_language(self):
        self.customer.lang = 'zh_CN'
        record = self._create_return(self.sale, self.cards[0], reason=self.unwanted)
        self._walk_to_inspected(record)
        message = record.message_ids.filtered(
            lambda message: self.customer in message.partner_ids)
        self.assertNotIn("Your return is authorised", message.body)
        record.action_settle()
        self.assertNotIn(
            "Restocking charge", record.sudo().refund_id.invoice_line_ids.mapped('name'))

    @users('agent')
    def test_history_tells_the_number_but_no_sentence_of_the_writer(self):
        record = self._create_return(self.sale, self.cards[0])
        record.action_authorise()
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.assertNotIn("Art. 9", "".join(record.message_ids.mapped('body')))
        self.assertEqual(record._fields['rma'].tracking, True)

    @users('agent')
    def test_clause_translated_later_is_read_in_the_readers_language(self):
        """Demo data and languages that are installed later find verdicts in English."""
        rule = self.policy.sudo().remedy_ids[0]
        rule.with_context(lang='zh_CN').article = "Art. 9"
        record = self._create_return(self.sale, self.cards[0])
        rule.with_context(lang='zh_CN').article = "第九条"
        record.invalidate_recordset()
        self.assertEqual(self._read(record, 'article'), ["Art. 9", "第九条"])

    @users('agent')
    def test_lines_judged_before_facts_were_kept_have_their_sentence(self):
        record = self._create_return(self.sale, self.cards[0])
        line = record.line_ids.sudo()
        line.facts = False
        self.assertIn("Refund by Warranty", line.verdict)
        line.basis = 'none'
        self.assertIn("no refund. no rule and no return policy applies", line.verdict)
        line.settlement = 'none'
        self.assertIn("Taken in without refund", line.verdict)
