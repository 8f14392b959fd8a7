"""Finding the columns of a platform's export by their headings: pure Python, no Odoo import."""
import re
from collections.abc import Mapping, Sequence

HAN = re.compile(r'[\u4e00-\u9fff]')
# one column is one heading, however a platform spaces, marks or stars it
NOISE = re.compile(r'[\s*:：()（）\[\]【】#_.-]+')


def split_headings(text: str) -> list[str]:
    """Return the headings that a profile lists for one column.

    >>> split_headings("Order Number, 订单号，订单编号")
    ['Order Number', '订单号', '订单编号']
    """
    return [part.strip() for part in re.split(r'[,，;；]', text or '') if part.strip()]


def bare(heading: object) -> str:
    """Return a heading without what does not distinguish it.

    >>> bare("*Order No."), bare("收货人 姓名（必填）")
    ('orderno', '收货人姓名必填')
    """
    return NOISE.sub('', str(heading or '')).casefold()


def match_columns(
        header: Sequence[object], headings: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return the position of each field that the header of a file names.

    The first heading listed for a field wins over the later ones, whatever their place
    in the file; of two equal columns the first counts.

    >>> match_columns(["订单编号", "Phone", "Phone"],
    ...               {'number': ["Order", "订单编号"], 'phone': ["Phone"], 'serial': ["SN"]})
    {'number': 0, 'phone': 1}
    """
    places: dict[str, int] = {}
    for place, heading in enumerate(header):
        places.setdefault(bare(heading), place)
    return {
        field: next(places[bare(name)] for name in names if bare(name) in places)
        for field, names in headings.items() if any(bare(name) in places for name in names)}


def choose_heading(names: Sequence[str], lang: str) -> str:
    """Return the heading that a template shows a reader of ``lang``: Chinese or not.

    >>> choose_heading(["Phone", "电话"], 'zh_CN'), choose_heading(["Phone", "电话"], 'en_US')
    ('电话', 'Phone')
    >>> choose_heading(["电话"], 'en_US')
    '电话'
    """
    wants_han = (lang or '').startswith('zh')
    return next((name for name in names if bool(HAN.search(name)) == wants_han), names[0])
