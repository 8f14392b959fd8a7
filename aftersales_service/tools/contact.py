"""Splitting a pasted line of name, phone and address: pure Python, no Odoo import."""
import re
from typing import NamedTuple

# a phone: digits with the usual separators, long enough not to be a house number
PHONE = re.compile(r'(?<!\d)\+?\d(?:[\d\-() ]{5,17})\d(?!\d)')
SEPARATORS = re.compile(r'[,，;；、|\t\n\r]+')
LABELS = re.compile(
    r'(?:收货人|收件人|姓名|联系人|电话|手机号码|手机|联系电话|收货地址|地址|name|phone|mobile|tel|address)\s*[:：]',
    re.IGNORECASE)
ADDRESS_MARK = re.compile(r'[省市区县镇乡村路街道巷弄号栋幢楼室]|\d')
SHORT_HAN_NAME = re.compile(r'^[\u4e00-\u9fff·]{2,6}$')


class Contact(NamedTuple):
    """Who to visit; an empty text where the line does not tell."""

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


def _split_at_spaces(piece: str) -> list[str]:
    """Split Chinese text at spaces, where a short word beside an address is the name."""
    words = piece.split()
    return words if any(SHORT_HAN_NAME.match(word) for word in words) else [piece]


def _looks_like_name(piece: str) -> bool:
    if SHORT_HAN_NAME.match(piece):
        return not re.search(r'[省市区县镇路街号]$', piece)
    return not ADDRESS_MARK.search(piece) and len(piece.split()) <= 4
