"""What a scanner, a keyboard or a chat made of the number on a label: no Odoo import."""
import re

from odoo.addons.aftersales_service.tools.words import plain

_AIM = re.compile(r'^\][A-Za-z]\d')  # which code was read, before what it says
_LABEL = re.compile(r'^(?:P/?N|PART\s*(?:NO\.?|NUMBER)|料号|件号|编号)\s*[:：.]\s*', re.IGNORECASE)
_GTIN = re.compile(r'(?:^|/)\(?01[)/]?(\d{14}|(?<=/)\d{8,13})(?=\D|$|(?:1[0-7]|2[01])\d)')
_ITEM = re.compile(r'^1P(?=.{3})', re.IGNORECASE)


def readings(scanned: str | None) -> list[str]:
    """Return what a scanned or typed text may name, the likeliest first: itself, tidied.

    >>> readings(' ＳＰ－Ｓ１ '), readings('SP–S1'), readings('PN: SP-S1'), readings('')
    (['SP-S1'], ['SP-S1'], ['PN: SP-S1', 'SP-S1'], [])
    >>> readings(']C1SP-S1'), readings('1PSP-S1')
    ([']C1SP-S1', 'SP-S1'], ['1PSP-S1', 'SP-S1'])
    >>> readings('(01)06901234567892(21)7')[1:], readings(']d20106901234567892217')[2:]
    (['06901234567892', '6901234567892'], ['06901234567892', '6901234567892'])
    >>> readings('https://example.com/01/06901234567892/21/7')[1:]
    ['06901234567892', '6901234567892', '7']
    >>> readings('https://example.com/parts/SP-S1?from=label')[1:]
    ['SP-S1']
    """
    text = plain(scanned).strip()
    found = [text, _AIM.sub('', text)]
    found += [_LABEL.sub('', found[-1]), _ITEM.sub('', found[-1])]
    if gtin := _GTIN.search(found[1]):
        found += [gtin[1], gtin[1].removeprefix('0')]
    if text.lower().startswith(('http://', 'https://')):
        found.append(re.split(r'[?#]', text)[0].rstrip('/').rpartition('/')[2])
    return [*dict.fromkeys(part.strip() for part in found if part.strip())]
