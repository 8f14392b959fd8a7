"""How the bytes of mails and files become words: pure Python, no Odoo import."""
import codecs
import re

# what calls itself by an older or a made-up name; gb18030 reads all that its forerunners wrote
_CHINESE = re.compile(r'^(?:x-|cs|windows-936|cp936|ms936|936|gb|hz-gb|euc-?cn|iso-ir-58|chinese)')
_SAME = {'iso-8859-1': 'cp1252', 'iso8859-1': 'cp1252', 'iso8859-15': 'cp1252',
         'iso-8859-15': 'cp1252', 'ascii': 'cp1252', 'us-ascii': 'cp1252', 'big5': 'big5hkscs',
         'shift_jis': 'cp932', 'euc-kr': 'cp949', 'ks_c_5601-1987': 'cp949'}
# what office programs write, in the order in which they are believed
_CANDIDATES = ('gb18030', 'big5hkscs', 'cp932', 'cp949', 'cp1252', 'cp1251', 'cp1250')
# how sure a common letter of each makes; kindred charsets share most of their bytes
_WEIGHT = {'big5hkscs': 0.9, 'cp932': 0.9, 'cp949': 0.9, 'cp1250': 0.9}
_COMMON = {'gb18030': 'gb2312', 'big5hkscs': 'big5', 'cp932': 'shift_jis', 'cp949': 'euc_kr'}
_LEVEL_1 = {'gb18030': (0xB0A1, 0xD7F9), 'big5hkscs': (0xA440, 0xC67E),
            'cp932': (0x889F, 0x9872), 'cp949': (0xB0A1, 0xC8FE)}
_MARKS = frozenset('“”‘’„…–—€°·§«»¿¡ªº№')
_BOMS = ((codecs.BOM_UTF8, 'utf-8-sig'), (codecs.BOM_UTF32_LE, 'utf-32'),
         (codecs.BOM_UTF32_BE, 'utf-32'), (codecs.BOM_UTF16_LE, 'utf-16'),
         (codecs.BOM_UTF16_BE, 'utf-16'))
_SAMPLE = 20_000


def guess_charset(content: bytes, label: str | None = None) -> str:
    """Return the charset of ``content``: as labelled if it fits, else what it looks like.

    Chinese mails call by the name gb2312 what has many more letters. UTF-8 is believed where
    it fits, since no other text looks so by chance.

    >>> guess_charset("李娜".encode()), decode("Müller".encode('cp1252'))
    ('utf-8', 'Müller')
    >>> guess_charset("朱镕基".encode('gbk'), 'gb2312'), guess_charset("李娜".encode('gbk'))
    ('gb18030', 'gb18030')
    >>> guess_charset("李娜".encode('gbk'), 'x-gbk'), guess_charset("李娜".encode('gbk'), 'utf-8')
    ('gb18030', 'gb18030')
    """
    marked = next((name for bom, name in _BOMS if content.startswith(bom)), None)
    known = marked or _read_label(label)
    if known and not marked and not content.isascii() and _is_utf8_in_disguise(content, known):
        return 'utf-8'
    if known and _fits(content, known):
        return known
    if _fits(content, 'utf-8'):
        return 'utf-8'
    return max((name for name in (*_CANDIDATES, 'latin-1') if _fits(content, name)),
               key=lambda name: _rate(content, name))


def decode(content: bytes, label: str | None = None) -> str:
    """Return the words of ``content``, see ``guess_charset``.

    >>> decode("李镕".encode('gbk'), 'gb2312_charset')
    '李镕'
    """
    return content.decode(guess_charset(content, label))


def _is_utf8_in_disguise(content: bytes, charset: str) -> bool:
    r"""Whether a text is in UTF-8, though its label names another charset.

    Two letters of a multi-byte charset may look like one of UTF-8, three do not by chance.

    >>> _is_utf8_in_disguise("空调".encode(), 'gb18030')
    True
    >>> _is_utf8_in_disguise("拢".encode('gbk'), 'gb18030')
    False
    """
    if not _fits(content, 'utf-8') or charset.startswith('utf'):
        return False
    return charset not in _COMMON or any(letter >= '\u0800' for letter in content.decode())


def _read_label(label: str | None) -> str | None:
    """Return the charset that a label means, ``None`` for an unknown one."""
    name = (label or '').strip(' "\'').lower()
    if not name or name in ('ascii', 'us-ascii', 'unknown', 'unknown-8bit', 'default', 'none'):
        return None
    if 'big5' in name:
        return 'big5hkscs'
    if _CHINESE.match(name) and ('gb' in name or '936' in name or 'cn' in name):
        return 'gb18030' if not name.startswith('hz') else 'hz'
    name = _SAME.get(name, name)
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return None


def _fits(content: bytes, charset: str) -> bool:
    try:
        content.decode(charset)
    except (UnicodeError, LookupError):
        return False
    return True


def _rate(content: bytes, charset: str) -> float:
    """Return how much ``content`` looks like a text in ``charset``: 1 at most.

    Names and headings are too short for the statistics of chardet: it takes "Nuñez" for Chinese.

    >>> _rate("订单".encode('gbk'), 'gb18030') > _rate("订单".encode('gbk'), 'cp1252')
    True
    """
    if charset == 'latin-1':
        return -2
    text = content[:_SAMPLE].decode(charset, 'ignore')
    rate = _rate_wide if charset in _COMMON else _rate_narrow
    rates = [
        rate(text[max(place - 1, 0):place], letter, text[place + 1:place + 2], charset)
        for place, letter in enumerate(text) if not letter.isascii()]
    return sum(rates) / max(len(rates), 1) * _WEIGHT.get(charset, 1)


def _rate_wide(before: str, letter: str, after: str, charset: str) -> float:
    if any(beside.isascii() and beside.islower() for beside in (before, after)):
        return -1  # within a word of Latin letters
    try:
        code = int.from_bytes(letter.encode(_COMMON[charset]), 'big')
    except UnicodeError:
        return 0.5 if '\u4e00' <= letter <= '\u9fff' and charset == 'gb18030' else -0.5
    low, high = _LEVEL_1[charset]
    if low <= code <= high or '\u3000' <= letter <= '\u30ff' or letter in '，。、：；（）！？“”':
        return 1
    return 0.5 if 0xFF < code < 0xF8A1 else -0.5


def _rate_narrow(before: str, letter: str, after: str, charset: str) -> float:
    if letter in _MARKS:
        return 0.5
    if not letter.isalpha() or (letter.isupper() and before.islower()):
        return -1
    is_cyrillic = 'Ѐ' <= letter <= 'ӿ'
    if is_cyrillic and not ('А' <= letter <= 'я' or letter in 'ЁёІіЇїЄє'):
        return -0.5
    if is_cyrillic != (charset == 'cp1251'):
        return -0.5
    beside = [other for other in (before, after) if other.isalpha()]
    if not beside:
        return -0.5
    if is_cyrillic and any(other.isascii() for other in beside):
        return -1
    # words of Latin letters have few marks, Cyrillic words nothing else
    return 0.9 if is_cyrillic or any(other.isascii() for other in beside) else 0.2
