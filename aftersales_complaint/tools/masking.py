"""Take persons out of papers that leave the company: pure functions."""
import re

MASK = '***'
# numbers of mobile phones, and all that is written with a plus
_PHONE = re.compile(r'\+\d[\d\s().-]{6,}\d|\b1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}\b')
_MAIL = re.compile(r'[\w.+-]+@[\w-]+(\.[\w-]+)+')


def mask(text, words=()):
    """Return a text without the given names and numbers, and without phones and mails.

    Longer words go first, so that no rest of a full name stays.

    >>> mask("Li Na (+86 138 0013 8000) says that Li shouted", ["Li", "Li Na"])
    '*** (***) says that *** shouted'
    >>> mask("Write to li.na@example.com about serial 365482012345", [])
    'Write to *** about serial 365482012345'
    >>> mask(None, ["Li"])
    ''
    """
    if not text:
        return ''
    for word in sorted({word.strip() for word in words if word and word.strip()},
                       key=len, reverse=True):
        if len(word) > 1:
            # whole words only where letters have such: Chinese names stand within the text
            edge = r'\b' if word.isascii() else ''
            start = edge if word[0].isalnum() else ''
            end = edge if word[-1].isalnum() else ''
            text = re.sub(start + re.escape(word) + end, MASK, text, flags=re.IGNORECASE)
    return _PHONE.sub(MASK, _MAIL.sub(MASK, text))


def mask_name(name):
    """Return the first letter of a name and a mask.

    >>> mask_name("Li Na"), mask_name("王芳"), mask_name("")
    ('L***', '王***', '')
    """
    return f'{name[0]}{MASK}' if name else ''
