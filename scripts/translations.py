"""Translation files: tidied templates, merged languages. Runs in the environment (polib)."""
import sys
from pathlib import Path

import polib

from . import settings

_FIXED = '1970-01-01 00:00+0000'  # a date would change the file at each export


def _tidy(catalog, language=None):
    """Give ``catalog`` a header that never changes by itself, and sort it."""
    kept = catalog.metadata.get('Project-Id-Version', 'Odoo Server 19.0')
    catalog.metadata = {
        'Project-Id-Version': kept,
        'Report-Msgid-Bugs-To': '',
        'POT-Creation-Date': _FIXED,
        'PO-Revision-Date': _FIXED,
        'Last-Translator': '',
        'Language-Team': '',
        **({'Language': language, 'Plural-Forms': 'nplurals=1; plural=0;'} if language else {}),
        'MIME-Version': '1.0',
        'Content-Type': 'text/plain; charset=UTF-8',
        'Content-Transfer-Encoding': '8bit',
    }
    catalog.wrapwidth = 78
    catalog.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ''))


def merge(template, translation, language):
    """Bring the file ``translation`` up to the terms of ``template``; keep what is translated."""
    pot = polib.pofile(str(template))
    po = polib.pofile(str(translation)) if translation.exists() else polib.POFile()
    po.merge(pot)
    for entry in list(po):
        if entry.obsolete:
            po.remove(entry)
        elif entry.msgstr == entry.msgid:
            entry.msgstr = ''  # Odoo shows the source then, and the linter agrees
    _tidy(po, language)
    po.save(str(translation))


def main(templates):
    """Tidy each template and merge it into the languages beside it."""
    for template in map(Path, templates):
        pot = polib.pofile(str(template))
        _tidy(pot)
        pot.save(str(template))
        languages = {path.stem for path in template.parent.glob('*.po')} | {settings.LANGUAGE}
        for language in sorted(languages):
            merge(template, template.with_name(f'{language}.po'), language)


if __name__ == '__main__':
    main(sys.argv[1:])
