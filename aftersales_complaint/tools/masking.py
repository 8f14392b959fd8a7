"""Take persons out of papers that leave the company: pure functions."""
import re
import unicodedata

MASK = '***'
_MAIL = re.compile(r'[\w.+-]+@[\w-]+(\.[\w-]+)+')
# numbers with a plus, mobile phones, and fixed lines with a gap after the code of their area;
# Chinese words stand next to figures without a space
_PHONE = re.compile(
    r'[+＋]\d[\d\s().-]{6,}\d'
    r'|(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)'
    r'|(?<!\d)\(?0\d{2,3}[\s)-]{1,2}\d{3,4}[\s-]?\d{4}(?!\d)')
_LATIN = '0-9A-Za-zÀ-ɏ'
_GAP = r'[\s().·/–—－-]{0,3}'
_CJK = re.compile(r'[㐀-鿿豈-﫿]+')
_TITLES = '先生|女士|小姐|太太|师傅|老师|经理|总'
# what stands in names and says nothing of whose they are
_COMMON = frozenset({
    'mr', 'mrs', 'ms', 'dr', 'and', 'the', 'of', 'von', 'van', 'de', 'co', 'ltd', 'inc'})
_FEWEST_DIGITS, _TAIL, _HEAD = 5, 7, 8


def mask(text, words=(), places=()):
    """Return a text without the given names and numbers, and without phones and mails.

    :param words: names and addresses; one without letters is a phone, found in any writing
    :param places: cities, which are masked where a number stands beside them

    Longer words go first, so that no rest of a full name stays.

    >>> mask("Li Na (+86 138 0013 8000) says that Li shouted", ["Li", "Li Na"])
    '*** (***) says that *** shouted'
    >>> mask("Write to li.na@example.com about serial 365482012345", ["Li", "Na"])
    'Write to *** about serial 365482012345'
    >>> mask("Call 02155500199, (021) 5550-0199 or +86 21 5550 0199", ["021 5550 0199"])
    'Call ***, *** or ***'
    >>> mask("电话５５５００１９９找王小明和小明,王先生住上海88号",
    ...      ["021 5550 0199", "王小明", "小明"], ["上海"])
    '电话***找***和***,***住***号'
    >>> mask("告诉Anna在家", ["Anna"]), mask("Annabel and 1 of Anna's", ["Anna"])
    ('告诉***在家', "Annabel and 1 of ***'s")
    >>> mask(None, ["Li"])
    ''
    """
    if not text:
        return ''
    text = _MAIL.sub(MASK, text)
    words = sorted(
        {word.strip() for word in words if word and word.strip()}, key=len, reverse=True)
    for word in words:
        if not any(map(str.isalpha, word)) and (pattern := _match_phone(word)):
            text = re.sub(pattern, MASK, text)
    for place in filter(None, places):
        name = re.escape(place.strip())
        text = re.sub(
            rf'{name}[\s,，市]{{0,3}}\d+|\d+[\s,，]{{0,3}}{name}', MASK, text, flags=re.IGNORECASE)
    for word in words:
        if len(word) > 1 and any(map(str.isalpha, word)):
            text = re.sub(_match_word(word), MASK, text, flags=re.IGNORECASE)
    return _PHONE.sub(MASK, text)


def split_name(name):
    """Return a name and the parts by which people are called.

    >>> split_name("Dr. Li Na-Maria Y")
    ['Dr. Li Na-Maria Y', 'Li', 'Na', 'Maria']
    >>> split_name("欧阳小明"), split_name("王芳"), split_name(False)
    (['欧阳小明', '阳小明', '小明'], ['王芳'], [])
    """
    if not name or not name.strip():
        return []
    parts = [name.strip()]
    for word in re.findall(r"[^\W\d_]+", name):
        if _CJK.fullmatch(word):
            parts.append(word)
            parts += [word[start:] for start in (1, 2) if 1 < len(word[start:]) < 4]
        elif len(word) > 1 and word.lower() not in _COMMON:
            parts.append(word)
    return list(dict.fromkeys(parts))


def split_street(street):
    """Return a street as it is written, and its name without the number.

    >>> split_street("88 Nanjing Road"), split_street("南京路88号3室"), split_street(False)
    (['88 Nanjing Road', 'Nanjing Road'], ['南京路88号3室', '南京路'], [])
    """
    if not street or not street.strip():
        return []
    parts = (part.strip(' ,，.-') for part in re.split(r'\d+[号弄室栋幢楼单元#]*', street))
    return list(dict.fromkeys([street.strip(), *(
        part for part in parts if len(part) > (2 if _CJK.search(part) else 4))]))


def mask_name(name):
    """Return the first letter of a name and a mask.

    >>> mask_name("Li Na"), mask_name("王芳"), mask_name("")
    ('L***', '王***', '')
    """
    return f'{name[0]}{MASK}' if name else ''


def quote_cell(text):
    """Return a cell that no spreadsheet takes for a formula, whatever stands before its sign.

    >>> quote_cell("=1+1"), quote_cell(" \\n＝1"), quote_cell("\\u200b@x"), quote_cell(" Carpet")
    ("'=1+1", "' \\n＝1", "'\\u200b@x", ' Carpet')
    """
    # as text programs read it: spaces, full-width letters and what is not seen
    start = unicodedata.normalize('NFKC', text or '').lstrip().lstrip('\ufeff\u200b\u200c\u200d')
    return f"'{text}" if start.lstrip()[:1] in tuple('=+-@') or (text or '')[:1] in (
        '\t', '\r', '\n') else text or ''


def _match_word(word):
    """Return the pattern of a word: a whole one in Latin letters, any place in Chinese."""
    start = rf'(?<![{_LATIN}])' if re.match(f'[{_LATIN}]', word) else ''
    end = rf'(?![{_LATIN}])' if re.match(f'[{_LATIN}]', word[-1]) else ''
    pattern = start + re.escape(word) + end
    if _CJK.fullmatch(word) and 1 < len(word) < 4:
        pattern += f'|{word[0]}(?:{_TITLES})'
    return pattern


def _match_phone(phone):
    """Return the pattern of a phone in any writing, with or without its codes, or ``None``."""
    digits = [str(unicodedata.digit(sign)) for sign in phone if sign.isdecimal()]
    if len(digits) < _FEWEST_DIGITS:
        return None
    tail = _GAP.join(
        f'[{digit}{chr(0xFF10 + int(digit))}]' for digit in digits[-_TAIL:])
    return rf'[+＋(]?(?<!\d)(?:\d{_GAP}){{0,{_HEAD}}}{tail}(?!\d)'
