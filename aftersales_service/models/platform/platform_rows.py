"""Which rows of a platform's file belong to one order, and which of its lines each one is."""
from collections import defaultdict

_PLACE = ('province', 'city', 'district', 'street', 'zip')
_UNIT = ('product', 'serial', 'line')


def fill_down(rows):
    """Give rows that only name a further unit the customer of the order above.

    Platforms write customer and address on the first row of an order, or merge the cells.
    """
    above = None
    for row in rows:
        if above and not row.get('customer') and not row.get('phone') and any(
                map(row.get, _UNIT)) and row.get('number') in ('', above.get('number')):
            names = ['number', 'customer', 'phone', 'type', 'planned']
            if not any(map(row.get, _PLACE)):
                names += _PLACE
            row.values |= {name: above.values[name] for name in names
                           if name in above.values and not row.get(name)}
            row.second_phone, row.reason = above.second_phone, row.reason or above.reason
        above = row


def number_lines(rows, known):
    """Number the rows of one order where the file does not: each unit is an order of ours.

    What was imported before keeps its line, found by its product: the next file may list the
    units in another order. A row that stands twice keeps the line of the first.

    :param known: ``{(number, line): order}``
    """
    groups = defaultdict(list)
    for row in rows:
        if row.get('number') and not row.reason:
            groups[row.get('number')].append(row)
    for number, group in groups.items():
        unnumbered = {tuple(map(str, row.cells)): row for row in reversed(group)
                      if not row.get('line')}
        if len(unnumbered) > 1:
            _number(list(reversed(unnumbered.values())), group, {
                line: order for (other, line), order in known.items() if other == number})
        for row in group:
            first = unnumbered.get(tuple(map(str, row.cells)))
            row.values['line'] = row.get('line') or (first and first.get('line')) or '1'


def _number(rows, group, known):
    """Number ``rows`` beside the numbered ones of their ``group`` and the known lines."""
    taken = {row.get('line') for row in group} - {''}
    for row in rows:
        line = next((line for line, order in known.items() if line not in taken
                     and row.get('product') and _is_unit(order, row)), None)
        if line:
            row.values['line'] = line
            taken.add(line)
    place = 0
    for row in rows:
        while not row.get('line'):
            place += 1
            if str(place) not in taken:
                row.values['line'] = str(place)


def _is_unit(order, row):
    return order.product_id and order._is_platform_product(row.get('product')) and (
        not row.get('serial') or row.get('serial') == (order.serial or ''))
