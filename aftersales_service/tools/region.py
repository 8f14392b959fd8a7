"""Province and city of a Chinese address in one line: pure Python, no Odoo import."""
import re
from collections.abc import Iterable
from typing import NamedTuple

from .words import plain

ZIP_LABEL = re.compile(
    r'(?:邮政编码|邮编|zip(?:\s*code)?|postcode|postal\s*code)'
    r'\s*[:：]?\s*(\w[\w -]{2,9}\w)',
    re.IGNORECASE)
# what people leave out of the name of a Chinese province
PROVINCE = re.compile(r'(?:省|市|(?:维吾尔|壮族|回族)?自治区|特别行政区)$')
EDGES = ' ,，()（）'
BETWEEN = re.compile(r'^[\s,，、/\\·>-]+')
HOMELAND = re.compile(
    r'^(?:中国|中华人民共和国|(?:P\.?R\.?\s*)?China)[\s,，、/-]*(?=\S)', re.IGNORECASE)
_NO_CITY = r'[^\W\d_a-zA-Z区县镇乡村路街道号]'
CITY = re.compile(rf'{_NO_CITY}{{1,8}}?(?:市|自治州|州(?!市)|地区|盟)')
# a city without its ending, before a blank or before its district
BARE_CITY = re.compile(
    rf'{_NO_CITY}{{2,8}}(?=[\s,，、/-])|{_NO_CITY}{{2}}(?={_NO_CITY}{{2,3}}[区县])')
CHINESE_ZIP = re.compile(r'(?<![A-Za-z0-9-])\d{6}(?![\w-])')


class Region(NamedTuple):
    """Where an address lies; ``rest`` is what is left of it."""

    province: str
    city: str
    rest: str
    zip_code: str = ''


def find_region(address: str, provinces: Iterable[str]) -> Region | None:
    """Return province, city and ZIP code of a Chinese address, or ``None``.

    A city under the central government is its own province. Without its province a city is
    not looked for: many have namesakes.

    >>> provinces = ['广东省', '上海市', '内蒙古自治区']
    >>> find_region('广东省深圳市南山区科技路1号', provinces)[:3]
    ('广东省', '深圳市', '南山区科技路1号')
    >>> find_region('上海浦东新区世纪大道100号', provinces)[:3]
    ('上海市', '上海市', '浦东新区世纪大道100号')
    >>> find_region('中国 广东 深圳 南山区科技路1号 518000', provinces)
    Region(province='广东省', city='深圳', rest='南山区科技路1号', zip_code='518000')
    >>> find_region('12 Main St', provinces)
    """
    text = ZIP_LABEL.sub(r' \1 ', plain(address)).strip()
    zip_code = CHINESE_ZIP.search(text)
    if zip_code:
        text = join_parts([
            text[:zip_code.start()].strip(EDGES), text[zip_code.end():].strip(EDGES)])
    text = _begin_with(HOMELAND.sub('', text), provinces := list(provinces))
    for province in provinces:
        short = PROVINCE.sub('', province)
        written = next((name for name in (province, f'{short}省', short)
                        if len(name) > 1 and text.startswith(name)), None)
        if written:
            rest = BETWEEN.sub('', text[len(written):])
            if province.endswith('市'):
                twice = next((name for name in (province, f'{short} ', '市辖区')
                              if rest.startswith(name)), '')
                city, rest = province, rest[len(twice):]
            else:
                found = CITY.match(rest) or BARE_CITY.match(rest)
                city = found[0] if found else ''
                rest = rest[len(city):]
            return Region(province, city, BETWEEN.sub('', rest), zip_code[0] if zip_code else '')
    return None


def _begin_with(text: str, provinces: list[str]) -> str:
    """Put words before the full name of a province behind the address.

    >>> _begin_with('晚上6点后再打）浙江省杭州市1号', ['浙江省'])
    '浙江省杭州市1号 晚上6点后再打）'
    """
    found = re.search('(?<=[ ,，;)）、])(?:' + '|'.join(map(re.escape, provinces)) + ')', text)
    if not found or not provinces or any(
            text.startswith(PROVINCE.sub('', name)) for name in provinces):
        return text
    return join_parts([text[found.start():], text[:found.start()].strip(' ,，;、')])


def join_parts(pieces: list[str]) -> str:
    """Join the parts of an address: with a blank in Chinese, else with a comma."""
    text = ''
    for piece in filter(None, pieces):
        is_chinese = text and not (text[-1].isascii() and piece[0].isascii())
        text += f' {piece}' if is_chinese else f', {piece}' if text else piece
    return text
