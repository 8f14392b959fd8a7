import re
from pathlib import Path

from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tests.common import new_test_user
from odoo.tools.translate import TranslationModuleReader

from .common import AftersalesCommon
from .test_tours import ALL_GROUPS, give_all_roles
from .visit.phone import Phone

# reviewed phrases: what core itself leaves in English, each with the place it comes from
ALLOWED = Path(__file__).with_name('chinese_pages_allowed.txt')
# an English word: abbreviations and codes (SLA, PDF, SV/2026/11) have no small letters
WORD = re.compile(r'(?<![\w@./:{-])[A-Za-z]?[a-z]{2,}(?![\w@/])')
# what people read: texts that are shown, and hints that appear on them
READ = '''(() => {
    const hints = ["placeholder", "title", "aria-label", "data-tooltip"];
    const HIDDEN = "script, style, .o_debug_manager, .o_view_sample_data";
    const lines = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) {
        const el = walker.currentNode;
        if (!el.getClientRects().length || el.closest(HIDDEN)) {
            continue;
        }
        for (const node of el.childNodes) {
            node.nodeType === 3 && lines.add(node.textContent.trim());
        }
        hints.forEach((hint) => lines.add(el.getAttribute(hint) || ""));
    }
    return [...lines].filter(Boolean);
})()'''
DRAWN = '''document.readyState === "complete"
    && !document.querySelector(".o_loading_indicator")
    && (!document.querySelector(".o_web_client")
        || document.querySelector(".o_action_manager > *, .o_dialog"))'''
# another page without loading the web client again; what was asked for before is forgotten
SHOW = '''performance.clearResourceTimings() || odoo.__WOWL_DEBUG__.root.env.services.action
    .doAction(%d, { clearBreadcrumbs: true }).then(() => true)'''


@tagged('post_install', '-at_install')
class TestChinesePages(HttpCase, AftersalesCommon):
    """Who works in Chinese reads no English word on the pages of the module.

    Words of terms that wait for their translation are left to the test of translations;
    what is found here slipped past it: texts that cannot be translated.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env['res.lang']._get_data(code='zh_CN'):
            cls.env['res.lang']._activate_and_install_lang('zh_CN')
        cls.env.company.name = "北风电器"
        cls.env['res.partner'].search([]).lang = 'zh_CN'
        values = {'lang': 'zh_CN', 'tz': 'Asia/Shanghai'}
        cls.boss = give_all_roles(new_test_user(
            cls.env, 'chinese_boss', ','.join(ALL_GROUPS), name="总管", **values))
        cls.worker = new_test_user(
            cls.env, 'chinese_worker', 'base.group_portal', name="小赵", **values)
        cls.env['res.config.settings'].create({'group_aftersales_outlets': True}).execute()
        cls.conditioner.name = "空调"
        cls.capacitor.name = "电容"
        cls.policy.name = "空调政策"
        cls.main_part.name = cls.compressor.name = "压缩机"
        cls.customer.write({'name': "李娜", 'email': False})
        cls.technician.name = "汤师傅"
        cls._create_work()

    @classmethod
    def _create_work(cls):
        """One order with a job of today for a station's technician, and one offer for it."""
        # what is noted in a history stays in the language of its author
        chinese = cls.env(context={**cls.env.context, 'lang': 'zh_CN'})
        cls.outlet = chinese['aftersales.outlet'].create({
            'name': "浦东站", 'member_ids': [Command.set(cls.worker.ids)],
            'manager_id': cls.worker.id,
            'partner_id': cls.env['res.partner'].create({'name': "浦东站"}).id})
        cls.outlet.action_activate()
        today = cls.env.cr.now().replace(minute=0, second=0, microsecond=0)
        cls.order, cls.offered = chinese['aftersales.order'].create([{
            'partner_id': cls.customer.id, 'outlet_id': cls.outlet.id, 'user_id': cls.boss.id,
            'description': "不制冷", 'product_id': cls.conditioner.id, 'date_planned': today,
        }] * 2)
        cls.order.technician_id = cls.worker
        for state in ('assessed', 'scheduled', 'dispatched', 'on_site'):
            cls.order._set_state(state)
        cls.offered.action_offer_to_outlet()

    def test_desk_speaks_chinese(self):
        actions = self.env['ir.actions.act_window'].search(
            [('res_model', '=like', 'aftersales.%'), ('path', '!=', False)])
        self.assertTrue(actions)
        self._assert_no_english('chinese_boss', [
            f'/odoo/{actions[0].path}', *actions[1:].ids, '/odoo/service-orders/new',
            f'/odoo/service-orders/{self.order.id}',
            f'/odoo/service-outlets/{self.outlet.id}'], '1440x900')

    def test_portal_and_phone_speak_chinese(self):
        pages = ['/my/service', '/my/service/new', '/my/outlet', '/my/outlet?section=running',
                 f'/my/outlet/{self.order.id}', f'/my/outlet/{self.offered.id}', '/my/jobs',
                 f'/my/jobs#job/{self.order.visit_ids.id}', '/my/jobs#queue']
        self._assert_no_english('chinese_worker', pages, '390x844')

    def test_allowed_phrases_are_none_of_ours(self):
        """The list excuses core's words and names, each with its source; not our own terms."""
        own = {source for __, __, __, __, source, __, __ in TranslationModuleReader(
            self.env.cr, ['aftersales_service'], 'zh_CN')}
        for phrase, source in self._read_allowed():
            with self.subTest(phrase=phrase):
                self.assertTrue(source)
                self.assertNotIn(phrase, own)

    @staticmethod
    def _read_allowed():
        return [line.split('\t') for line in ALLOWED.read_text(encoding='utf-8').splitlines()]

    def _get_allowed_phrases(self):
        """Return the phrases, the longest first: one may be a part of another."""
        return sorted((phrase for phrase, __ in self._read_allowed()), key=len, reverse=True)

    def _show(self, screen, page):
        """Show a page by its address, or by the number of an action once the client runs."""
        if isinstance(page, str):
            screen.open(page)
        else:
            self.assertTrue(screen.ask(SHOW % page), f"action {page} is not shown")
        screen.wait(DRAWN)
        with screen.at_rest():  # what the page asked for is answered
            pass
        screen.settle()
        screen.wait(DRAWN)

    def _assert_no_english(self, login, pages, size):
        phrases = self._get_allowed_phrases()
        pending = self._get_pending_words()
        found = {}
        screen = Phone(self, login, size, session_extra={'context': {'lang': 'zh_CN'}})
        for page in pages:
            self._show(screen, page)
            for line in screen.ask(READ):
                rest = line
                for phrase in phrases:
                    rest = rest.replace(phrase, '')
                words = {word.lower() for word in WORD.findall(rest)} - pending
                if words:
                    found.setdefault(f'{line[:80]} ({", ".join(sorted(words))})', page)
        screen.close()
        self.assertFalse(found, "English on Chinese pages:\n" + "\n".join(
            f"{page}: {line}" for line, page in found.items()))

    def _get_pending_words(self):
        """Return the words of our terms that wait for their translation."""
        words = set()
        for __, __, __, __, source, value, __ in TranslationModuleReader(
                self.env.cr, ['aftersales_service'], 'zh_CN'):
            if not value or value == source:
                words.update(word.lower() for word in re.findall(r'[A-Za-z]{2,}', source))
        return words
