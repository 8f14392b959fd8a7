"""What the suite promises of itself: each limit beside the figure it binds."""

OURS, REPAIR, FLOOR = 'aftersales.order', 'repair.order', 'bench.record'
COMPLAINT = 'aftersales.complaint'
_MUCH_SLOWER = 1.5  # how much a million rows may cost beside a thousand
_SCREENS = (("list", 'list'), ("form", 'form'), ("name_search", 'name_search'),
            ("search without a hit", 'no_hit'))
_BOARD = (("by stage, default filter", 'grouped'),)
_SHORT_BOARD = 200  # ms that an agent waits for a board of 8 cards a column
_PORTAL = (("list", 'list'), ("page", 'page'))
_CASES_BOARD = 150  # ms of the board of complaints with its default filter


def compare(results):
    """Return ``[(what, figure, limit)]`` of whatever ``results`` has measured.

    >>> compare({'models': {}, 'phone': {'rows': 10, 'known': {'ms': 2.0}}})
    [('ms to find a caller among 10 partners', 2.0, 50.0)]
    """
    models = results.get('models', {})
    ours = models.get(OURS, {})
    return [
        *_of_create(ours.get('write'), models.get(FLOOR, {}).get('write')),
        *_of_life(ours.get('life'), models.get(REPAIR, {}).get('life')),
        *_of_reads(ours.get('read') or {}, models.get(REPAIR, {}).get('read') or {}),
        *_of_complaints(models.get(COMPLAINT, {})),
        *_of_features(results),
        *_of_flow(results.get('flow') or {}),
    ]


def verdict(figure, limit):
    """Return the word that is printed.

    >>> verdict(12, 12), verdict(12.01, 12)
    ('ok', 'OVER')
    """
    return "ok" if figure <= limit else "OVER"


def _of_create(write, floor):
    if not write:
        return
    batch, single, tracked = write['create']['batch'], write['create']['single'], write['tracked']
    yield "statements per order created in a batch", batch['queries'], 3
    if floor:
        yield ("ms per order created in a batch: 1.5 x the floor's", batch['ms'],
               1.5 * floor['create']['batch']['ms'])
    yield "statements to create one order", single['queries'], 24
    yield "statements of one stage change", tracked['single']['queries'], 14
    yield "statements per order of a stage change in a batch", tracked['batch']['queries'], 3


def _of_life(life, repair):
    if life and repair:
        yield ("statements from call to close with one part: repair.order's own + 90",
               life['queries'], repair['queries'] + 90)


def _of_reads(levels, of_repairs):
    """Limits of one table, of the largest beside the smallest, and beside as many repairs."""
    levels, of_repairs = ({int(level): costs for level, costs in read.items()}
                          for read in (levels, of_repairs))
    if not levels:
        return
    few, many = min(levels), max(levels)
    yield "statements of the list of 80", levels[many]['list']['queries'], 13
    yield "statements of a form without a repair", levels[many]['form']['queries'], 18
    if repairs := of_repairs.get(many):
        yield (f"ms of the pivot at {many:,} rows: repair.order's own",
               levels[many]['pivot']['ms'], repairs['pivot']['ms'])
    # of a tenth of a thousand rows no column is full: the agent's board has a time of its own
    if restricted := levels[many].get('restricted'):
        yield (f"ms at {many:,} rows, agent: by stage, 8 cards a column",
               restricted['short']['ms'], _SHORT_BOARD)
    if few == many:
        return
    for who, key, screens in (
            ("dispatcher", None, _SCREENS + _BOARD),
            ("agent", 'restricted', _SCREENS), ("customer", 'portal', _PORTAL)):
        small = levels[few].get(key, {}) if key else levels[few]
        large = levels[many].get(key, {}) if key else levels[many]
        for label, name in screens:
            if name in small and name in large:
                yield (f"ms at {many:,} rows, {who}: {label}: {_MUCH_SLOWER} x at {few:,}",
                       large[name]['ms'], _MUCH_SLOWER * small[name]['ms'])


def _of_complaints(complaints):
    """Limits of the complaints, of the largest table beside the smallest."""
    if write := complaints.get('write'):
        create = write['create']
        yield "statements per complaint created in a batch", create['batch']['queries'], 4
        yield "statements to create one complaint", create['single']['queries'], 24
        yield ("statements of one stage change of a complaint",
               write['tracked']['single']['queries'], 16)
    levels = {int(level): costs for level, costs in (complaints.get('read') or {}).items()}
    for who, key in (("desk", None), ("agent", 'restricted')):
        of_role = {level: costs.get(key, {}) if key else costs for level, costs in levels.items()}
        few, many = min(of_role, default=0), max(of_role, default=0)
        if not of_role.get(many):
            continue
        yield (f"ms at {many:,} complaints, {who}: by stage, default filter",
               of_role[many]['grouped']['ms'], _CASES_BOARD)
        for label, name in _SCREENS if few < many else ():
            if name in of_role[few] and name in of_role[many]:
                yield (f"ms at {many:,} complaints, {who}: {label}: {_MUCH_SLOWER} x at {few:,}",
                       of_role[many][name]['ms'], _MUCH_SLOWER * of_role[few][name]['ms'])


def _of_features(results):
    if decide := results.get('decide'):
        yield "ms per order to decide on its remedies", decide['ms'], 1
        yield "statements per order to decide on its remedies", decide['queries'], 2
    if clocks := results.get('clocks'):
        for what, label, seconds in (
                ('set', "to give {:,} orders their promises", 10),
                ('recompute', "to reschedule the promises of {:,} orders", 5)):
            count = clocks[what]['count']
            yield f"ms {label.format(count)}", clocks[what]['ms'], seconds * count / 10
    if recall := results.get('recall'):
        count = recall['orders']['count']
        yield (f"ms to make the orders of a recall of {count:,} units", recall['orders']['ms'],
               6.0 * count)
    if states := results.get('states'):
        yield (f"ms of a night's states among {states['rows']:,} cards", states['usual']['ms'],
               60_000)
    if parts := results.get('parts'):
        count = parts['suggestions']['count']
        yield f"ms to classify {count:,} parts", parts['classes']['ms'], 0.2 * count
        yield f"ms to suggest for {count:,} rules", parts['suggestions']['ms'], 0.6 * count
        yield ("statements per rule that is looked at",
               round(parts['suggestions']['queries'] / count, 3), 0.1)
        yield "ms per suggestion applied", parts['apply']['ms'], 3.0
    yield from _of_surveys(results)
    if scores := results.get('scores'):
        count, sheets = scores['measure']['count'], scores['sheets']['count']
        yield (f"ms to measure a month of {count:,} orders", scores['measure']['ms'],
               max(0.06 * count, 1000))
        # the month is measured again with them: a minute for 5,000 people and a million orders
        yield f"ms to make {sheets:,} monthly sheets", scores['sheets']['ms'], 12 * sheets
        yield "statements per monthly sheet", round(scores['sheets']['queries'] / sheets, 3), 0.3
    if needs := results.get('needs'):
        yield (f"ms to find the training needs of {needs['rows']:,} people",
               needs['first']['ms'], needs['rows'])
    if phone := results.get('phone'):
        yield f"ms to find a caller among {phone['rows']:,} partners", phone['known']['ms'], 50.0


def _of_surveys(results):
    if waves := results.get('waves'):
        count = waves['launch']['count']
        for method, seconds in (('simple', 2), ('stratified', 3)):
            yield (f"ms to draw a sample ({method}) of {waves['rows']:,} customers",
                   waves[method]['ms'], 1000 * seconds)
        yield f"ms to launch a wave of {count:,}", waves['launch']['ms'], 1.5 * count
        yield ("statements per recipient of a launch",
               round(waves['launch']['queries'] / count, 3), 0.2)
        yield "ms per invitation sent", waves['send']['ms'], 5.0
    if survey := results.get('results'):
        for what, label in (('figures', "figures"), ('outlets', "figures by outlet")):
            yield (f"ms of the {label} of a wave of {survey['rows']:,} answers",
                   survey[what]['ms'], 2_000)


def _of_flow(flow):
    """The suite costs a sale nothing; cards a little, whatever their number."""
    core = flow.get('core alone')
    if not core:
        return
    for step, cost in flow['with the suite'].items():
        yield f"statements added to a sale: {step}", cost['queries'] - core[step]['queries'], 0
    if cards := flow.get('with a warranty card each'):
        # their number depends on the delivery, not on the cards: the limit speaks of a hundred
        yield ("statements added to a delivery by its cards",
               cards['deliver']['queries'] - core['deliver']['queries'], 7)
