from datetime import timedelta
from uuid import uuid4

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tests.common import new_test_user

from odoo.addons.aftersales_service.tests.common import SIGNATURE
from odoo.addons.aftersales_service.tests.visit.common import VisitCommon

from .common import TrainingCommon


@tagged('post_install', '-at_install')
class TestArticle(TrainingCommon, VisitCommon):
    """Cases become articles; orders with the same fault suggest them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.symptom = cls.env['aftersales.diagnosis.code'].create({
            'name': "Does not cool", 'code': 'T-S1', 'kind': 'symptom'})
        cls.article = cls._write_article(cls.technician)
        cls._publish(cls.article)

    @classmethod
    def _write_article(cls, author, **values):
        return cls.env['aftersales.article'].with_user(author).create({
            'name': "Valve sticks", 'fault': "It hums and does not cool",
            'remedy': "<p>Tap the valve, then replace it</p>",
            'code_ids': cls.symptom.ids, **values})

    @classmethod
    def _publish(cls, article):
        article.action_submit()
        article = article.with_user(cls.training_officer)
        article.write({'owner_id': cls.training_officer.id,
                       'review_date': fields.Date.today() + timedelta(days=300)})
        article.action_publish()

    def test_technicians_write_and_officers_publish(self):
        case = self._write_article(self.technician, remedy="<p><br></p>")
        with self.assertRaisesRegex(UserError, "what helped"):
            case.action_submit()
        case.remedy = "<p>Descale it</p>"
        with self.assertRaisesRegex(UserError, "stay|from here on"):
            case.owner_id = self.technician
        case.action_submit()
        with self.assertRaisesRegex(UserError, "Training officers publish"):
            case.action_publish()
        with self.assertRaisesRegex(UserError, "from here on"):
            case.fault = "Other words"
        with self.assertRaisesRegex(UserError, "Name who looks after it"):
            case.with_user(self.training_officer).action_publish()
        officer = case.with_user(self.training_officer)
        officer.write({'owner_id': self.training_officer.id, 'review_date': '2099-01-01'})
        officer.action_publish()
        grants = self.env['gamification.badge.user'].search([
            ('user_id', '=', self.technician.id), ('aftersales_res_id', '=', case.id)])
        self.assertEqual(grants.badge_id, self.env.ref('aftersales_training.badge_knowledge'))
        officer.action_withdraw()
        officer.action_publish()
        self.assertEqual(grants.search_count([('aftersales_res_id', '=', case.id)]), 1)

    def test_readers_find_what_is_published_and_nothing_else(self):
        draft = self._write_article(self.technician, name="Secret draft")
        articles = self.env['aftersales.article'].with_user(self.agent)
        self.assertIn(self.article, articles.search([]))
        self.assertNotIn(draft, articles.search([]))
        for way in (lambda: draft.with_user(self.agent).read(['fault']),
                    lambda: self.article.with_user(self.agent).write({'name': "Mine"}),
                    lambda: self.env['aftersales.article.vote'].with_user(self.agent).search([]),
                    lambda: articles.with_user(self.outlet_technician).search([])):
            with self.assertRaises(AccessError):
                way()

    def test_other_company_reads_no_article_of_this_one(self):
        abroad = self.env['res.company'].create({'name': "Abroad"})
        officer = new_test_user(
            self.env, 'abroad', 'aftersales_training.group_training_officer',
            company_id=abroad.id, company_ids=[Command.set(abroad.ids)])
        articles = self.env['aftersales.article'].with_user(officer)
        self.assertNotIn(self.article, articles.search([]))
        self.assertNotIn(
            self.article.id, [row['res_id'] for row in officer._get_mobile_data('knowledge')[
                'articles']])
        shared = self._write_article(self.technician, company_id=False)
        self._publish(shared)
        self.assertIn(shared, articles.search([]))

    def test_words_of_both_languages_and_initials_find_it(self):
        self.env['res.lang']._activate_lang('zh_CN')
        self.article.sudo().with_context(lang='zh_CN').write({
            'name': "四通阀卡滞", 'fault': "嗡嗡响不制冷"})
        articles = self.env['aftersales.article'].with_user(self.agent)
        for words in ("valve", "四通阀", "不制冷", "STFKZ", "hums", "T-S1", self.article.code):
            with self.subTest(words=words):
                self.assertEqual(
                    [row[0] for row in articles.name_search(words)], self.article.ids)

    def test_orders_with_the_fault_suggest_it(self):
        self.env['aftersales.article'].with_user(self.training_officer).browse(
            self._write_article(self.technician, name="Other", code_ids=[]).id)
        order = self._create_order(product_id=self.conditioner.id, user_id=self.agent.id)
        self.assertFalse(order.with_user(self.agent).article_ids)
        order.symptom_id = self.symptom
        self.assertEqual(order.with_user(self.agent).article_ids, self.article)
        # an article about another product is none for this one
        self.article.sudo().product_tmpl_ids = self.capacitor.product_tmpl_id
        order.invalidate_recordset()
        self.assertFalse(order.with_user(self.agent).article_ids)
        order.used_article_ids = self.article
        self.assertEqual(self.article.use_count, 1)

    def test_each_person_has_one_vote(self):
        with self.assertRaisesRegex(UserError, "Others say"):
            self.article.action_helped()
        read = self.article.with_user(self.agent)
        read.action_helped()
        read.action_helped()
        self.assertEqual((read.helped_count, read.unhelpful_count), (1, 0))
        read.action_did_not_help()
        self.assertEqual((read.helped_count, read.unhelpful_count), (0, 1))
        draft = self._write_article(self.agent)
        with self.assertRaises(AccessError):
            draft.with_user(self.dispatcher).action_helped()

    def test_owner_is_asked_to_review_once(self):
        self.article.sudo().review_date = fields.Date.today() - timedelta(days=1)
        for _again in range(2):
            self.env['aftersales.article']._cron_review()
        self.assertEqual(self.article.sudo().activity_ids.user_id, self.training_officer)
        self.assertEqual(len(self.article.sudo().activity_ids), 1)
        self.article.with_user(self.training_officer).action_reviewed()
        self.assertFalse(self.article.sudo().activity_ids)
        self.assertGreater(self.article.review_date, fields.Date.today())

    # === THE PHONE === #

    def _send(self, kind, payload, user=None, **document):
        [answer] = self.env['aftersales.job.action'].with_user(
            user or self.technician)._handle_batch([{
                'uuid': str(uuid4()), 'kind': kind, 'payload': payload, **document}])
        return answer['status'], answer['message']

    def test_technician_uses_an_article_and_sends_a_case_by_phone(self):
        self.article.sudo().author_id = self.agent
        order = self._dispatch()
        order.symptom_id = self.symptom
        job = self.env['aftersales.visit'].with_user(self.technician)._get_mobile_jobs()[0]
        [suggested] = job['orders'][0]['articles']
        self.assertEqual(suggested['name'], "Valve sticks")
        visit = {'visit_id': order.visit_ids.id, 'order_id': order.id}
        self.assertEqual(self._send(
            'article_use', {'article_id': self.article.id, 'is_helpful': True}, **visit),
            ('done', ''))
        self.assertEqual((self.article.use_count, self.article.helped_count), (1, 1))
        status, message = self._send('article_case', {'name': "Fan", 'fault': "Noise"}, **visit)
        self.assertEqual((status, message), ('refused', "Write what helped."))
        case = {'name': "Fan loose", 'fault': "Noise", 'remedy': "Tighten <the> screw"}
        self.assertIn("not a photo", self._send(
            'article_case', case | {'image': "PHN2Zy8+"}, **visit)[1])
        self.assertFalse(self.env['aftersales.article'].search([('order_id', '=', order.id)]))
        case['image'] = SIGNATURE
        self.assertEqual(self._send('article_case', case, **visit), ('done', ''))
        article = self.env['aftersales.article'].search([('order_id', '=', order.id)])
        self.assertRecordValues(article, [{
            'state': 'submitted', 'author_id': self.technician.id,
            'code_ids': self.symptom.ids,
            'product_tmpl_ids': order.product_id.product_tmpl_id.ids}])
        self.assertIn("&lt;the&gt;", article.remedy)
        self.assertEqual(self.env['ir.attachment'].search_count(
            [('res_model', '=', article._name), ('res_id', '=', article.id)]), 1)
        self.assertTrue(article.with_user(self.technician)._prepare_mobile_article()['is_own'])
        # drafts and cases are none for the phone
        status, __ = self._send('article_use', {'article_id': article.id}, **visit)
        self.assertEqual(status, 'refused')

    def test_outlet_people_read_and_judge_what_is_published_by_phone_alone(self):
        draft = self._write_article(self.technician, name="Secret draft")
        page = self.outlet_technician._get_mobile_data('knowledge')
        self.assertIn("Valve sticks", [row['name'] for row in page['articles']])
        self.assertNotIn("Secret draft", [row['name'] for row in page['articles']])
        for article, user, status in (
                (self.article, self.outlet_technician, 'done'),
                (draft, self.outlet_technician, 'refused'),
                (self.article, self.employee, 'refused')):
            with self.subTest(article=article.name, user=user.login):
                self.assertEqual(self._send(
                    'article_vote', {'is_helpful': True}, user=user,
                    res_model='aftersales.article', res_id=article.id)[0], status)
        self.assertEqual(self.article.helped_count, 1)
