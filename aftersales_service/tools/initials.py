"""The first letters of Chinese words, as people type them to find a part.

The 3,755 common characters of GB 2312 are sorted by their reading, so that 23 borders tell the
first letter of each: no table of characters, no library. Rarer characters are sorted by strokes
and left out, and one with several readings gets its common one: users correct what is wrong.
"""

# letter -> its first character in GB 2312
_BORDERS = dict(zip(
    'abcdefghjklmnopqrstwxyz', '啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝', strict=True))
_LAST = '座'.encode('gb2312')
_CODES = [(char.encode('gb2312'), letter.upper()) for letter, char in _BORDERS.items()]


def _initial(char: str) -> str:
    """Return the letter of one character; letters and digits stay, others go."""
    if char.isascii():
        return char.upper() if char.isalnum() else ''
    try:
        code = char.encode('gb2312')
    except UnicodeEncodeError:
        return ''
    if not _CODES[0][0] <= code <= _LAST:
        return ''
    return next(letter for first, letter in reversed(_CODES) if first <= code)


def pinyin_initials(text: str) -> str:
    """Return the initials of a text with Chinese characters; empty for one without.

    >>> pinyin_initials("压缩机")
    'YSJ'
    >>> pinyin_initials("电容 35μF")
    'DR35F'
    >>> pinyin_initials("Kühler")
    ''
    """
    if not any('\u4e00' <= char <= '\u9fff' for char in text):
        return ''
    return ''.join(map(_initial, text))
