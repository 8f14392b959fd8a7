"""Finding the columns of a platform's export by their headings: pure Python, no Odoo import."""
import re
from collections import defaultdict
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
        header: Sequence[object],
        headings: Mapping[str, Sequence[str]]) -> dict[str, tuple[int, ...]]:
    """Return the positions of each field that the header of a file names, the best one first.

    The first heading listed for a field wins over the later ones, whatever their place
    in the file; of two equal columns the first counts. Which of them is filled in differs from
    row to row.

    >>> match_columns(["订单编号", "Mobile", "Phone"],
    ...               {'number': ["订单编号"], 'phone': ["Phone", "Mobile"], 'serial': ["SN"]})
    {'number': (0,), 'phone': (2, 1)}
    """
    places: dict[str, list[int]] = defaultdict(list)
    for place, heading in enumerate(header):
        places[bare(heading)].append(place)
    found = {field: tuple(dict.fromkeys(
        place for name in names for place in places.get(bare(name), ())))
        for field, names in headings.items()}
    return {field: columns for field, columns in found.items() if columns}


def guess_separator(text: str, headings: Mapping[str, Sequence[str]]) -> str:
    """Return the separator by which one of the first lines of a CSV text has most headings.

    >>> guess_separator("Export;June, 2026\\nName;Phone\\nA, B;1", {'a': ["Name"], 'b': ["Phone"]})
    ';'
    """
    lines = text[:20_000].splitlines()[:10]
    return max(',;\t|', key=lambda mark: max((
        len(match_columns([cell.strip(' "') for cell in line.split(mark)], headings))
        for line in lines), default=0))


def choose_heading(names: Sequence[str], lang: str) -> str:
    """Return the heading that a template shows a reader of ``lang``: Chinese or not.

    >>> choose_heading(["Phone", "电话"], 'zh_CN'), choose_heading(["Phone", "电话"], 'en_US')
    ('电话', 'Phone')
    >>> choose_heading(["电话"], 'en_US')
    '电话'
    """
    wants_han = (lang or '').startswith('zh')
    return next((name for name in names if bool(HAN.search(name)) == wants_han), names[0])
