"""The shipped languages are complete, fresh, and speak with one vocabulary."""
import csv
import io
import re

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import trans_export

from scripts import settings

LANGUAGE = settings.LANGUAGE
# terms that are the same in Chinese: names, units, formats
SAME_IN_CHINESE = re.compile(
    r'^(\W|\d|%\(?\w*\)?s|<[^>]*>|QR|SLA|SMS|ID|URL|PDF|CRM|VIN|IMEI|NPS|CSAT|KPI|ERP|API|App'
    r'|8D|D(?=\d)|Odoo|WeChat|kg|km|mm|m²|GB/T)*$')


def _file(module, name):
    return settings.ROOT / module / 'i18n' / name


def _terms(catalog):
    return {entry.msgid for entry in catalog}


@tagged('post_install', '-at_install')
class TestTranslations(TransactionCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the bridges have a round of tests of their own, with their applications
        installed = cls.env['ir.module.module']._installed()
        cls.modules = [name for name in settings.suite_modules() if name in installed]

    def _fresh_terms(self, module):
        buffer = io.BytesIO()
        trans_export(False, [module], buffer, 'po', self.env)
        return _terms(polib.pofile(buffer.getvalue().decode()))

    def test_templates_and_translations_hold_the_terms_of_the_sources(self):
        for module in self.modules:
            fresh = self._fresh_terms(module)
            for name in (f'{module}.pot', f'{LANGUAGE}.po'):
                with self.subTest(module=module, file=name):
                    kept = _terms(polib.pofile(str(_file(module, name))))
                    self.assertEqual(sorted(fresh ^ kept)[:20], [], "run make i18n")

    def test_every_term_is_translated(self):
        for module in self.modules:
            with self.subTest(module=module):
                bare = [entry.msgid for entry in polib.pofile(str(_file(module, f'{LANGUAGE}.po')))
                        if not entry.msgstr.strip() or entry.msgstr == entry.msgid]
                self.assertEqual(
                    [term for term in bare if not SAME_IN_CHINESE.match(term)], [])

    def test_no_translation_is_in_doubt(self):
        for module in self.modules:
            with self.subTest(module=module):
                catalog = polib.pofile(str(_file(module, f'{LANGUAGE}.po')))
                self.assertEqual([entry.msgid for entry in catalog if entry.fuzzy], [])

    def test_terms_of_the_glossary_have_one_translation(self):
        path = settings.ROOT / 'tests' / 'glossary.csv'
        with path.open(newline='') as source:
            glossary = {}
            for row in csv.DictReader(source):
                glossary.setdefault(row['english'].lower(), set()).add(row[LANGUAGE])
        for module in self.modules:
            with self.subTest(module=module):
                wrong = [
                    f"{entry.msgid}: {entry.msgstr} instead of {' or '.join(sorted(agreed))}"
                    for entry in polib.pofile(str(_file(module, f'{LANGUAGE}.po')))
                    if (agreed := glossary.get(entry.msgid.lower().rstrip('s')) or glossary.get(
                        entry.msgid.lower())) and entry.msgstr and entry.msgstr not in agreed]
                self.assertEqual(wrong, [])
