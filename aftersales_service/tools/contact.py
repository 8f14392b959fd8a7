"""Splitting a pasted block of name, phone and address: pure Python, no Odoo import."""
import re
from collections.abc import Iterable
from typing import NamedTuple

from .phone import LABEL_MARK, NO_HAN_BEFORE, find_phones, prepare_numbers, split_phones
from .region import PROVINCE, ZIP_LABEL, join_parts
from .words import plain

# the code of a hidden number that platforms write behind the name
CODE = re.compile(r'\[(\d{3,5})\]')
MOBILE = re.compile(r'^(?:\+?86[- ]?)?1[3-9]\d')
HIDDEN_BY_CODE = re.compile(r'^(?:\+?86[- ]?)?1\d{10}$')
SEPARATORS = re.compile(r'[,，;；、|\t\n\r]+')
ORDER_NUMBER = re.compile(
    r'(?:[A-Za-z]{0,6}(?:订单编号|订单号|订单|运单号|快递单号|单号)|order\s*(?:number|no\.?|id|#))'
    r'\s*[:：#]?\s*[A-Za-z0-9-]*\d[A-Za-z0-9-]*',
    re.IGNORECASE)
# when and how long somebody called, as the log of a telephone says
CALL_LOG = re.compile(
    r'\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[ T]*\d{1,2}:\d{2}(?::\d{2})?)?'
    r'|(?:未接|已接|呼叫)?(?:来电|去电|呼入|呼出)|(?:通话)?时长\s*[:：]?\s*[\d:]+\s*(?:秒|分钟|分)?'
    r'|\b(?:incoming|outgoing|missed)\s+call\b|\bduration\s*:?\s*[\d:]+', re.IGNORECASE)
LONG_NUMBER = re.compile(r'(?<!\d)\d{16,}(?!\d)')  # of an order: longer than any phone
_NAME_WORDS = '(?:收货人姓名|收货人|收件人姓名|收件人|客户姓名|姓名|联系人姓名|联系人)'
_PLACE_WORDS = (
    '(?:收货地址|收件地址|送货地址|上门地址|服务地址|安装地址|详细地址|所在地区|所在区域|收货地区'
    '|省市区|街道地址|家庭住址|住址|地区|地址)')
NAME_LABEL = re.compile(
    rf'{_NAME_WORDS}\s*[:：]|{NO_HAN_BEFORE}{_NAME_WORDS}\s+'
    r'|(?:(?:full\s+)?name|recipient|contact|客户|顾客|买家|用户)\s*[:：]',
    re.IGNORECASE)
ADDRESS_LABEL = re.compile(
    rf'{_PLACE_WORDS}\s*[:：]|{NO_HAN_BEFORE}{_PLACE_WORDS}\s+'
    r'|\b(?:(?:shipping\s+)?address|addr)\s*(?:\.\s*[:：]?|[:：])',
    re.IGNORECASE)
# a label that stands in brackets instead of before a colon
BRACKETED = re.compile(r'\[\s*([\u4e00-\u9fff]{2,6})\s*\]\s*[:：]?')
ADDRESS_MARK = re.compile(r'[省市区县镇乡村路街道巷弄号栋幢楼室]|\d')
# the first words of an address, which are no names
PROVINCES = frozenset(
    name for group in (
        "北京 天津 上海 重庆 河北 山西 内蒙古 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南",
        "湖北 湖南 广东 广西 海南 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 香港 澳门 台湾 中国",
        "澳門 台灣 臺灣",
    ) for name in group.split())
SHORT_HAN_NAME = re.compile(
    r'^(?:[\u4e00-\u9fff]{2,6}|[\u4e00-\u9fff]+(?:·[\u4e00-\u9fff]+)+)'
    r'(?:[(（][\u4e00-\u9fff]{1,4}[)）])?$')
NO_NAME = re.compile(r'[省市区县镇乡村路街道号州盟旗弄巷苑园城厦座楼栋幢室店府]$')
# where they stood in the text
_PHONE, _NAME = '\x00', '\x01'


class Contact(NamedTuple):
    """Who to visit; an empty text where the line does not say."""

    name: str = ''
    phone: str = ''
    address: str = ''
    second_phone: str = ''


def split_contact(line: str, region: str = '') -> Contact:
    """Return name, phones and address of a block as platforms and chats give it.

    The order of the parts and the separators between them do not matter.

    :param region: code of the country whose national numbers are meant first

    >>> split_contact("李娜，13800138000，广东省深圳市南山区科技路1号")[:3]
    ('李娜', '13800138000', '广东省深圳市南山区科技路1号')
    >>> split_contact("Ann Lee, 12 Main St, Springfield, +1 650-555-0100")[:3]
    ('Ann Lee', '+1 650-555-0100', '12 Main St, Springfield')
    >>> split_contact("李娜[1234] 18412345678 3栋502")
    Contact(name='李娜', phone='18412345678,1234', address='3栋502', second_phone='')
    """
    rest = BRACKETED.sub(r'\1：', plain(line))
    for noise in (CALL_LOG, ORDER_NUMBER, LONG_NUMBER):
        rest = noise.sub(',', rest)
    codes = CODE.findall(rest)
    rest = CODE.sub(' ', rest)
    rest = ZIP_LABEL.sub(lambda found: f',{found[1]},', rest)
    rest = ADDRESS_LABEL.sub(',', NAME_LABEL.sub(f',{_NAME}', rest))
    rest = prepare_numbers(rest)
    phones = find_phones(rest, region)
    for phone in sorted(phones, reverse=True):
        rest = f'{rest[:phone.start]},{_PHONE},{rest[phone.end:]}'
    numbers = _sort_numbers(phone.number for phone in phones)
    numbers = _add_code(numbers, codes)
    pieces = _split_pieces(rest)
    name = _find_name(pieces) or _find_name(_split_before_phone(pieces))
    if name:
        pieces.remove(name)
    address = join_parts([piece for piece in pieces if piece.strip(_PHONE)])
    return Contact(name.lstrip(_NAME).strip(), *(numbers[:1] or ['']), address,
                   *(numbers[1:2] or ['']))


def read_recipient(name: str, phones: Iterable[str], region: str = '') -> Contact:
    """Return name and numbers of a row that has them in fields of their own.

    >>> read_recipient("李娜[1234]", ['', '18412345678'])[:2]
    ('李娜', '18412345678,1234')
    >>> read_recipient("李娜", ['13800138000', '010-65881234 13800138000'])[1::2]
    ('13800138000', '010-65881234')
    """
    words = plain(name)
    numbers = _sort_numbers(
        number for phone in phones for number in split_phones(phone, region))
    numbers = _add_code(numbers, CODE.findall(words))
    return Contact(CODE.sub('', words).strip(), *(numbers[:1] or ['']), '',
                   *(numbers[1:2] or ['']))


def _sort_numbers(numbers: Iterable[str]) -> list[str]:
    """Return each number once, mobile ones first: they take messages."""
    return sorted(dict.fromkeys(numbers), key=lambda number: not MOBILE.match(number))


def _add_code(numbers: list[str], codes: list[str]) -> list[str]:
    """Write the code of a hidden number as its extension."""
    if codes and numbers and HIDDEN_BY_CODE.match(numbers[0]):
        return [f'{numbers[0]},{codes[0]}', *numbers[1:]]
    return numbers


# === PIECES === #

def _split_pieces(rest: str) -> list[str]:
    pieces = [_trim(piece) for piece in SEPARATORS.split(rest)]
    pieces = [piece for piece in pieces if piece]
    labelled = next((piece for piece in pieces if piece.startswith(_NAME)), '')
    if SHORT_HAN_NAME.match(labelled.strip(f'{_NAME} ').partition(' ')[0]):
        place, (name, __, more) = pieces.index(labelled), labelled.strip(
            f'{_NAME} ').partition(' ')
        pieces[place:place + 1] = [_NAME + name, *filter(None, [more])]
    elif len([piece for piece in pieces if piece != _PHONE]) == 1:
        pieces = [part for piece in pieces for part in _split_at_spaces(piece)]
    return pieces


def _trim(piece: str) -> str:
    piece = piece.strip(f' []:：/-{LABEL_MARK}')
    if piece[:1] in ('(', '（') and piece[-1:] in (')', '）'):
        return piece[1:-1].strip()
    return piece.lstrip(')）').rstrip('(（').strip()


def _split_before_phone(pieces: list[str]) -> list[str]:
    """Split off the last word before the phone, in place: behind other words it is the name."""
    place = pieces.index(_PHONE) - 1 if _PHONE in pieces else -1
    words = pieces[place].rpartition(' ') if place >= 0 else ('', '', '')
    if words[0] and SHORT_HAN_NAME.match(words[2]):
        pieces[place:place + 1] = [words[0], words[2]]
        return pieces
    return []


def _split_at_spaces(piece: str) -> list[str]:
    """Split Chinese text at spaces, where a short word beside an address is the name."""
    words = piece.split()
    return words if any(SHORT_HAN_NAME.match(word) for word in words) else [piece]


def _find_name(pieces: list[str]) -> str:
    """Return the labelled name, else a Chinese one beside the phone, else the first piece."""
    labelled = next((piece for piece in pieces if piece.startswith(_NAME)), None)
    if labelled:
        return labelled
    names = [place for place, piece in enumerate(pieces)
             if piece != _PHONE and _looks_like_name(piece) and not (
                 place and PROVINCE.sub('', pieces[place - 1]) in PROVINCES)]
    if not names:
        return ''
    phone = pieces.index(_PHONE) if _PHONE in pieces else -9
    beside = [place for place in (phone - 1, phone + 1)
              if place in names and SHORT_HAN_NAME.match(pieces[place])]
    return pieces[(beside or names)[0]]


def _looks_like_name(piece: str) -> bool:
    if SHORT_HAN_NAME.match(piece):
        return not NO_NAME.search(piece) and PROVINCE.sub('', piece) not in PROVINCES
    return not ADDRESS_MARK.search(piece) and len(piece.split()) <= 4
