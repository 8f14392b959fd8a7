"""Phone numbers in words that people paste: pure Python, no Odoo import."""
import re
from typing import NamedTuple

import phonenumbers

from .words import plain

HOME = 'CN'  # whose national numbers are known beside those of the company's country
# what a platform adds to a number: the extension behind a switchboard or a hidden number
EXTENSION = re.compile(
    r'(?<!\d)(\+?[\d() -]{6,19}\d)\s*(?:转接?|轉|分机号?|分機|[,;]?\s*ext\.?|#)'
    r'\s*[:：]?\s*(\d{1,6})(?!\d)',
    re.IGNORECASE)
DASHED_EXTENSION = re.compile(
    r'(?<!\d)((?:\+?86[- ]?)?(?:1\d{10}|0\d{2,3}-\d{7,8}|[48]00-?\d{3}-?\d{4}))'
    r'\s?-\s?(\d{3,5})(?![\d栋幢号楼室单座层弄巷])')
# Hong Kong, Macau and Taiwan as people write them, without the plus
NEIGHBOUR = re.compile(r'(?<![\d+])(?:00)?(852|853|886)(?=[- ]?(?:\d{8,10}|\d{4} \d{4})(?!\d))')
# what no phone continues with: a house number behind a hyphen
HOUSE = re.compile(r'(?<!\d)(1\d{10})-(?=\d{1,4}[栋幢号楼室单座层弄巷])')
HIDDEN = re.compile(r'(?<![\d*])1\d{2}\s?\*{4}\s?\d{4}(?![\d*])')
# what remains where no country knows the number; a ZIP code of nine digits is none
LABELLED = re.compile(r'(?<=\x02)[\s,:]*\+?\(?\d[\d ()/.-]{5,19}\d')
TOKEN = re.compile(
    r'(?<![\d-])(?:\(\d{2,5}\)\s?)?(?!\d{5}-\d{4}(?!\d))\+?\(?\d[\d()-]{5,16}\d(?![\d-])')
GROUPS = re.compile(r'(?<!\d)\+?\d{1,4}(?: \d{2,4}){2,4}(?!\d)|(?<!\d)\d{4} \d{4}(?!\d)')
PLAIN = re.compile(r'^(?:\d{7,13}|\+[\d -]{8,17})$')
MOST_DIGITS = 15
AREA_DIGITS = 10
BEGINNINGS = ('+', '(', '0', '1', '86', '400', '800')
FEWEST_DIGITS = 7

NO_HAN_BEFORE = '(?<![\u4e00-\u9fff])'  # a label without a colon is a word of its own
_WORDS = (
    '(?:收货人|收件人|客户)?'
    '(?:联系电话|联系方式|联系手机|电话号码|手机号码|手机号|固定电话|手机|电话|座机)')
PHONE_LABEL = re.compile(
    rf'{_WORDS}(?:\s*[:：]|(?=[+\d(]))|{NO_HAN_BEFORE}{_WORDS}\s+'
    r'|\b(?:phone\s*(?:number|no)?|mobile|cell|telephone|tel|mob)\s*(?:\.\s*[:：]?|[:：])',
    re.IGNORECASE)
LABEL_MARK = '\x02'  # stands where a label of a phone stood


class Phone(NamedTuple):
    """A number in a text, as a phone dials it; an extension stands behind a comma."""

    start: int
    end: int
    number: str


def split_phones(text: str | None, region: str = '') -> list[str]:
    """Return the numbers of a field in which people wrote one or several; else its words.

    >>> split_phones('13800138000/010-65881234', 'CN'), split_phones('0755-26001234转802')
    (['13800138000', '010-65881234'], ['0755-26001234,802'])
    >>> split_phones('0755-26001234-802'), split_phones(' 138****0000 '), split_phones('soon')
    (['0755-26001234,802'], ['138****0000'], ['soon'])
    >>> split_phones(''), split_phones('13800138000', 'US'), split_phones('+1 650 555 0001')
    ([], ['13800138000'], ['+1 650 555 0001'])
    """
    words = plain(text).strip()
    if PLAIN.match(words):  # most are: a file has thousands
        return [words]
    words = prepare_numbers(words)
    found = [phone.number for phone in find_phones(words, region)]
    return list(dict.fromkeys(found)) or [*filter(None, [(text or '').strip()])]


def prepare_numbers(text: str) -> str:
    """Mark labels and write extensions, houses and neighbours as ``phonenumbers`` reads them."""
    text = PHONE_LABEL.sub(f',{LABEL_MARK}', text)
    text = HOUSE.sub(r'\1 ', NEIGHBOUR.sub(r'+\1', text))
    return DASHED_EXTENSION.sub(r'\1 ext. \2', EXTENSION.sub(r'\1 ext. \2', text))


def find_phones(text: str, region: str) -> list[Phone]:
    """Return the numbers in ``text`` as they stand, without those that are no phones."""
    found: list[Phone] = []
    for country in dict.fromkeys(filter(None, (region, HOME))):
        for match in phonenumbers.PhoneNumberMatcher(text, country):
            # without its area code, or the zero before it, a number of home may be the end of
            # a foreign one, or no phone at all
            if country != HOME or (match.raw_string.startswith(BEGINNINGS) and sum(
                    map(str.isdigit, match.raw_string)) >= AREA_DIGITS):
                _add_phone(found, match.start, match.end, match.raw_string)
    for pattern in () if found else (LABELLED, HIDDEN, TOKEN, GROUPS):
        for match in pattern.finditer(text):
            if pattern is HIDDEN or (
                    FEWEST_DIGITS <= sum(map(str.isdigit, match[0])) <= MOST_DIGITS):
                _add_phone(found, match.start(), match.end(), match[0])
    return sorted(found)


def _add_phone(found: list[Phone], start: int, end: int, written: str) -> None:
    if any(start < other.end and other.start < end for other in found):
        return
    number, __, extension = written.strip(' ,:').partition(' ext. ')
    found.append(Phone(start, end, f'{number.strip()},{extension}' if extension else number))
