"""Where lines, bars and points of a chart stand: pure Python, no Odoo.

One geometry serves the board (OWL) and the printed report (QWeb): both draw what stands here as
SVG. Coordinates are in the units of a view box whose origin is the upper left corner.
"""
from collections.abc import Iterable, Mapping, Sequence

WIDTH, HEIGHT = 640.0, 220.0
LEFT, RIGHT, TOP, BOTTOM = 40.0, 30.0, 12.0, 28.0
ROW = 26.0
# a label that would stand nearer to the last one is left out
LABEL_WIDTH = 56.0


def scale(value: float, low: float, high: float, start: float, end: float) -> float:
    """Return where ``value`` stands on an axis from ``low`` to ``high``; outside of it at its end.

    >>> scale(50, 0, 100, 40, 620), scale(120, 0, 100, 40, 620), scale(5, 5, 5, 0, 10)
    (330.0, 620.0, 5.0)
    """
    if high <= low:
        return (start + end) / 2
    share = min(max((value - low) / (high - low), 0.0), 1.0)
    return round(start + share * (end - start), 1)


def axis_of(values: Iterable[float], low: float, high: float) -> tuple[float, float]:
    """Return an axis in tens that shows all ``values``, within the bounds of the figure.

    >>> axis_of([78.2, 91.5], 0, 100), axis_of([], 0, 100), axis_of([-35, 40], -100, 100)
    ((70.0, 100.0), (0.0, 100.0), (-40.0, 50.0))
    """
    values = list(values)
    if not values:
        return float(low), float(high)
    bottom, top = min(values) // 10 * 10, max(values) // 10 * 10 + 10
    return max(float(bottom), float(low)), min(float(top), float(high))


def _ticks(bottom: float, top: float) -> tuple[float, float, float]:
    return bottom, (bottom + top) / 2, top


def trend_chart(
        points: Sequence[Mapping], limits: tuple[float, float, float] | None,
        low: float = 0.0, high: float = 100.0) -> dict:
    """Return a line of figures over time, with mean and control limits.

    :param points: ``label``, ``value`` (``None``: none), ``is_small``; in the order of time
    :param limits: lower limit, mean and upper limit; ``None`` where there are too few points
    :return: ``dots`` (``is_out`` outside of the limits), ``line`` (points of a polyline, those of
        small samples left out), ``limits`` (``y``, ``value``, ``kind``), ``ticks``

    >>> chart = trend_chart([{'label': '9', 'value': 80, 'is_small': False},
    ...                      {'label': '10', 'value': 99, 'is_small': False}], (70, 80, 90))
    >>> [(dot['x'], dot['y'], dot['is_out']) for dot in chart['dots']], chart['line']
    ([(40.0, 132.0, False), (610.0, 18.0, True)], '40.0,132.0 610.0,18.0')
    """
    shown = [point['value'] for point in points if point['value'] is not None]
    bottom, top = axis_of([*shown, *(limits or ())], low, high)

    def y_of(value: float) -> float:
        return scale(value, bottom, top, HEIGHT - BOTTOM, TOP)

    dots, last = [], -LABEL_WIDTH
    for number, point in enumerate(points):
        x = scale(number, 0, max(len(points) - 1, 1), LEFT, WIDTH - RIGHT)
        label = point['label'] if x - last >= LABEL_WIDTH else ''
        last = x if label else last
        value = point['value']
        dots.append({**point, 'x': x, 'y': None if value is None else y_of(value),
                     'shown_label': label, 'is_out': bool(
                         limits and value is not None and not point['is_small']
                         and not limits[0] <= value <= limits[2])})
    return {
        'width': WIDTH, 'height': HEIGHT, 'left': LEFT, 'right': WIDTH - RIGHT,
        'bottom': HEIGHT - BOTTOM, 'dots': dots,
        'line': ' '.join(f"{dot['x']},{dot['y']}" for dot in dots
                         if dot['y'] is not None and not dot['is_small']),
        'limits': [{'kind': kind, 'value': value, 'y': y_of(value)} for kind, value in zip(
            ('lower', 'mean', 'upper'), limits or (), strict=False)],
        'ticks': [{'value': value, 'y': y_of(value)} for value in _ticks(bottom, top)],
    }


def interval_chart(
        rows: Sequence[Mapping], low: float = 0.0, high: float = 100.0) -> dict:
    """Return one line a group: its figure as a dot on the interval in which it may lie.

    :param rows: ``label``, ``value``, ``low``, ``high``, ``is_small``; values may be ``None``

    >>> chart = interval_chart([{'label': 'Pudong', 'value': 90, 'low': 80, 'high': 100,
    ...                          'is_small': False}])
    >>> [(bar['x_low'], bar['x'], bar['x_high'], bar['y']) for bar in chart['bars']]
    [(200.0, 405.0, 610.0, 25.0)]
    """
    start, end = 200.0, WIDTH - RIGHT
    known = [value for row in rows for value in (row['low'], row['value'], row['high'])
             if value is not None]
    bottom, top = axis_of(known, low, high)

    def x_of(value: float | None) -> float | None:
        return None if value is None else scale(value, bottom, top, start, end)

    height = TOP + ROW * len(rows) + BOTTOM
    return {
        'width': WIDTH, 'height': height, 'left': start, 'bottom': height - BOTTOM,
        'bars': [{**row, 'y': TOP + ROW * number + ROW / 2, 'x': x_of(row['value']),
                  'x_low': x_of(row['low']), 'x_high': x_of(row['high'])}
                 for number, row in enumerate(rows)],
        'ticks': [{'value': value, 'x': x_of(value)} for value in _ticks(bottom, top)]}


def matrix_chart(points: Sequence[Mapping]) -> dict:
    """Return the importance-performance chart: what matters and is not good stands upper left.

    The cross lines are the means of both, so that half of the items need no praise. Items with
    too few answers are shown without a verdict (``field`` is ``None``) and move no line.

    :param points: ``label``, ``importance``, ``performance`` and perhaps ``is_small``
    :return: ``dots``, the frame and the lines; ``has_fields``: whether any item has a verdict

    >>> chart = matrix_chart([
    ...     {'label': 'Price', 'importance': 10, 'performance': 90},
    ...     {'label': 'Speed', 'importance': 30, 'performance': 70}])
    >>> [(dot['number'], dot['field']) for dot in chart['dots']]
    [(1, 'keep_low'), (2, 'improve')]
    """
    height = 300.0
    judged = [point for point in points if not point.get('is_small')]
    base = {'width': WIDTH, 'height': height, 'left': LEFT, 'right': WIDTH - RIGHT,
            'top': TOP, 'bottom': height - BOTTOM, 'dots': [], 'has_fields': bool(judged)}
    if not points:
        return base
    importance = [point['importance'] for point in points]
    performance = [point['performance'] for point in points]
    middle = [sum(point[name] for point in judged or points) / len(judged or points)
              for name in ('performance', 'importance')]

    def spread(values: list[float]) -> tuple[float, float]:
        margin = (max(values) - min(values)) * 0.1 or 1.0
        return min(values) - margin, max(values) + margin

    (left, right), (bottom, top) = spread(performance), spread(importance)
    for number, point in enumerate(points, start=1):
        is_good, is_important = (
            point['performance'] >= middle[0], point['importance'] >= middle[1])
        base['dots'].append({
            **point, 'number': number,
            'x': scale(point['performance'], left, right, LEFT, WIDTH - RIGHT),
            'y': scale(point['importance'], bottom, top, height - BOTTOM, TOP),
            'field': None if point.get('is_small') else {
                (False, True): 'improve', (True, True): 'keep', (False, False): 'later',
                (True, False): 'keep_low'}[is_good, is_important]})
    return base | {
        'x_mean': scale(middle[0], left, right, LEFT, WIDTH - RIGHT),
        'y_mean': scale(middle[1], bottom, top, height - BOTTOM, TOP)}
