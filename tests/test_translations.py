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
    r'^(\{\{[^}]*\}\}|\W|\d|%\(?\w*\)?s|<[^>]*>|QR|SLA|SMS|ID|URL|PDF|CRM|VIN|IMEI|NPS|CSAT|KPI'
    r'|ERP|API|App'
    r'|8D|D(?=\d)|Odoo|WeChat|kg|km|mm|m²|GB/T)*$')


def _file(module, name):
    return settings.ROOT / module / 'i18n' / name


def _terms(catalog):
    return {entry.msgid for entry in catalog}


def _catalogs(names):
    """Return the Chinese of each module's terms, by module."""
    return {name: {entry.msgid: entry for entry in polib.pofile(str(_file(name, f'{LANGUAGE}.po')))}
            for name in names}


def _words():
    """Return the Chinese agreed on for a word in one module, by module and word."""
    with (settings.ROOT / 'tests' / 'words.csv').open(newline='') as source:
        return {(row['module'], row['english']): row[LANGUAGE] for row in csv.DictReader(source)}


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

    def test_words_of_a_module_keep_its_meaning(self):
        catalogs = _catalogs(settings.suite_modules())
        wrong = [
            f"{module}: {word}: {entry.msgstr} instead of {agreed}"
            for (module, word), agreed in _words().items()
            if (entry := catalogs[module].get(word)) and entry.msgstr != agreed]
        self.assertEqual(wrong, [])

    def test_words_of_the_list_are_used(self):
        """A word that no source says any more leaves the list."""
        catalogs = _catalogs(settings.suite_modules())
        self.assertEqual([key for key in _words() if key[1] not in catalogs[key[0]]], [])

    def test_short_labels_mean_the_same_in_all_modules(self):
        """A word that means something else in a module stands in words.csv for that module."""
        words = _words()
        meanings = {}
        for module, catalog in _catalogs(settings.suite_modules()).items():
            for word, entry in catalog.items():
                if len(word.split()) <= 3 and (module, word) not in words:
                    meanings.setdefault(word, {}).setdefault(entry.msgstr, module)
        self.assertEqual(
            {word: found for word, found in meanings.items() if len(found) > 1}, {})

    def test_a_status_is_no_province(self):
        """The label of a field ``state`` says status, not a part of a country."""
        labels = set(self.env['ir.model.fields'].search([
            ('name', '=', 'state'), ('ttype', '=', 'selection'),
            ('model', '=like', 'aftersales.%')]).mapped('field_description'))
        for module, catalog in _catalogs(self.modules).items():
            with self.subTest(module=module):
                self.assertEqual(
                    {label: catalog[label].msgstr for label in labels & set(catalog)
                     if re.search('[省州]', catalog[label].msgstr)}, {})
