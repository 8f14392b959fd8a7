"""Words that strangers type into a form. Pure Python, no Odoo import."""
import re
from hmac import compare_digest

# what no keyboard types; tabs and line breaks stay
_CONTROL = re.compile(r'[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]')
LONGEST = 10_000
# what phones and chats put around a copied number, and what no reader sees
_UNSEEN = re.compile('[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]')
# letters, digits and the marks of numbers in full width; the marks of Chinese sentences stay
_HALF = {code + 0xFEE0: code for code in range(0x21, 0x7F)
         if chr(code).isalnum() or chr(code) in '#*+-./[]_@'} | {
             0x3000: 0x20, 0xA0: 0x20, 0x2010: 0x2D, 0x2011: 0x2D, 0x2012: 0x2D, 0x2013: 0x2D,
             0x2014: 0x2D, 0x2212: 0x2D, 0x3010: 0x5B, 0x3011: 0x5D}


def read_words(answer: object) -> str:
    r"""Return the text of an answer without control characters and blanks around it.

    What is no text, such as a file sent in its place, is no answer.

    >>> read_words(" It\x00 leaks\r\nbadly \x1b")
    'It leaks\nbadly'
    >>> read_words(None), read_words(b'MZ'), read_words(['a'])
    ('', '', '')
    """
    if not isinstance(answer, str):
        return ''
    return _CONTROL.sub('', answer.replace('\r\n', '\n')).strip()


def read_id(value: object) -> int:
    """Return the id of a record that a phone or page sent; 0 for none or nonsense.

    >>> read_id(7), read_id('7'), read_id(True), read_id(2 ** 31), read_id(-1), read_id(None)
    (7, 0, 0, 0, 0, 0)
    """
    return value if type(value) is int and 0 < value < 2 ** 31 else 0


def plain(text: str | None) -> str:
    r"""Return pasted words with letters, digits and hyphens as a keyboard types them.

    Full width becomes half width, wide blanks become blanks, and marks that only steer the
    direction of writing go: phones wrap a copied number in them.

    >>> plain('\u202d１３８\u00a00013－8000\u202c'), plain('ＡＣ\u3000０１'), plain(None)
    ('138 0013-8000', 'AC 01', '')
    """
    return _UNSEEN.sub('', text or '').translate(_HALF)


def read_form(answers: dict[str, object]) -> dict[str, str]:
    """Return the answers of a form as text, see ``read_words``.

    >>> read_form({'reason': " Far ", 'photo': b'MZ'})
    {'reason': 'Far', 'photo': ''}
    """
    return {name: read_words(answer) for name, answer in answers.items()}


def find_too_long(answers: dict[str, str]) -> str | None:
    """Return the name of an answer that is too long to be read, if there is one.

    >>> find_too_long({'reason': "x" * 10_001, 'phone': "1"})
    'reason'
    >>> find_too_long({'phone': "1"})
    """
    return next((name for name, text in answers.items() if len(text) > LONGEST), None)


def is_token(given: object, token: str | None) -> bool:
    """Whether what a visitor gave is the token; a comparison in constant time.

    >>> is_token('abc', 'abc'), is_token('abd', 'abc'), is_token('', '')
    (True, False, False)
    >>> is_token('é', 'abc'), is_token(['abc'], 'abc'), is_token('abc', None)
    (False, False, False)
    """
    return bool(token) and isinstance(given, str) and given.isascii() and compare_digest(
        token, given)
