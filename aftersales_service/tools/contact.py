"""Splitting a pasted line of name, phone and address: pure Python, no Odoo import."""
import re
from collections.abc import Iterable
from typing import NamedTuple

# a phone: digits with the usual separators, long enough not to be a house number
PHONE = re.compile(r'(?<!\d)\+?\d(?:[\d\-() ]{5,17})\d(?!\d)')
SEPARATORS = re.compile(r'[,，;；、|\t\n\r]+')
LABELS = re.compile(
    r'(?:收货人|收件人|姓名|联系人|电话|手机号码|手机|联系电话|收货地址|地址|name|phone|mobile|tel|address)\s*[:：]',
    re.IGNORECASE)
ADDRESS_MARK = re.compile(r'[省市区县镇乡村路街道巷弄号栋幢楼室]|\d')
# what people leave out of the name of a Chinese province
PROVINCE = re.compile(r'(?:省|市|(?:维吾尔|壮族|回族)?自治区|特别行政区)$')
CITY = re.compile(r'[\u4e00-\u9fff]{2,8}?(?:市|自治州|地区|盟)')
SHORT_HAN_NAME = re.compile(r'^[\u4e00-\u9fff·]{2,6}$')


class Contact(NamedTuple):
    """Who to visit; an empty text where the line does not say."""

    name: str = ''
    phone: str = ''
    address: str = ''


def split_contact(line: str) -> Contact:
    """Return name, phone and address of a line as platforms and chats give it.

    The order of the three and the separators between them do not matter.

    >>> split_contact("李娜，13800138000，广东省深圳市南山区科技路1号")
    Contact(name='李娜', phone='13800138000', address='广东省深圳市南山区科技路1号')
    >>> split_contact("Ann Lee, 12 Main St, Springfield, +1 650-555-0100")
    Contact(name='Ann Lee', phone='+1 650-555-0100', address='12 Main St, Springfield')
    """
    rest = LABELS.sub(',', line or '')
    phone = ''
    for match in PHONE.finditer(rest):
        if sum(character.isdigit() for character in match[0]) >= 7:
            phone = match[0].strip()
            rest = rest[:match.start()] + ',' + rest[match.end():]
            break
    pieces = [piece.strip() for piece in SEPARATORS.split(rest) if piece.strip()]
    if len(pieces) == 1:
        pieces = _split_at_spaces(pieces[0])
    name = next((piece for piece in pieces if _looks_like_name(piece)), '')
    if name:
        pieces.remove(name)
    return Contact(name, phone, ", ".join(pieces))


class Region(NamedTuple):
    """Where an address lies; ``rest`` is what is left of it."""

    province: str
    city: str
    rest: str


def find_region(address: str, provinces: Iterable[str]) -> Region | None:
    """Return province and city with which a Chinese address begins, or ``None``.

    A city under the central government is its own province. Without its province a city is
    not looked for: many have namesakes.

    >>> provinces = ['广东省', '上海市', '内蒙古自治区']
    >>> find_region('广东省深圳市南山区科技路1号', provinces)
    Region(province='广东省', city='深圳市', rest='南山区科技路1号')
    >>> find_region('上海浦东新区世纪大道100号', provinces)
    Region(province='上海市', city='上海市', rest='浦东新区世纪大道100号')
    >>> find_region('12 Main St', provinces)
    """
    text = address.strip()
    for province in provinces:
        short = PROVINCE.sub('', province)
        written = next((name for name in (province, f'{short}省', short)
                        if len(name) > 1 and text.startswith(name)), None)
        if written:
            rest = text[len(written):].lstrip()
            if province.endswith('市'):
                return Region(province, province, rest.removeprefix(province))
            city = CITY.match(rest)
            return Region(province, city[0] if city else '', rest[city.end():] if city else rest)
    return None


def _split_at_spaces(piece: str) -> list[str]:
    """Split Chinese text at spaces, where a short word beside an address is the name."""
    words = piece.split()
    return words if any(SHORT_HAN_NAME.match(word) for word in words) else [piece]


def _looks_like_name(piece: str) -> bool:
    if SHORT_HAN_NAME.match(piece):
        return not re.search(r'[省市区县镇路街号]$', piece)
    return not ADDRESS_MARK.search(piece) and len(piece.split()) <= 4
