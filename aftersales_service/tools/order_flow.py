"""Which state a service order may reach from which: the whole flow on one screen.

Pure Python, no Odoo import. The flow merges the trade's handbooks: call registered,
assessed, scheduled, dispatched, on site, perhaps taken to the shop, done, sheet
signed and filed, customer called the next day, closed.
"""
from collections.abc import Collection

# state -> states that may follow it, when each step in between is used
NEXT_STATES: dict[str, tuple[str, ...]] = {
    'registered': ('assessed',),
    'assessed': ('scheduled', 'registered'),
    'scheduled': ('dispatched', 'assessed'),
    'dispatched': ('on_site', 'scheduled'),
    # a second visit is planned again; an article taken along goes to the shop
    'on_site': ('done', 'taken_to_shop', 'scheduled'),
    'taken_to_shop': ('in_repair',),
    # a repaired article goes back to the counter or to the customer's site
    'in_repair': ('done', 'scheduled'),
    'done': ('signed',),
    'signed': ('followed_up',),
    'followed_up': ('closed',),
    'closed': (),
    'rejected': ('registered',),
    'cancelled': ('registered',),
}
# the line of the usual case, in the order people read it
MAIN_LINE: tuple[str, ...] = (
    'registered', 'assessed', 'scheduled', 'dispatched', 'on_site', 'taken_to_shop',
    'in_repair', 'done', 'signed', 'followed_up', 'closed')
FINAL_STATES = frozenset({'closed', 'rejected', 'cancelled'})
# work that is finished cannot be called off; what was assessed can still be refused
CANCELLABLE_STATES = frozenset(MAIN_LINE[:MAIN_LINE.index('done')])
REJECTABLE_STATES = frozenset({'registered', 'assessed'})


def reachable_states(source: str, steps: Collection[str]) -> frozenset[str]:
    """Return the states an order may enter directly from ``source``.

    ``steps`` are the states its type uses; a state that is not used is passed
    through, so what follows it can be entered at once.

    >>> sorted(reachable_states('registered', {'registered', 'done', 'closed'}))
    ['cancelled', 'done', 'rejected']
    >>> sorted(reachable_states('closed', {'registered', 'closed'}))
    []

    The states are a closed list: a module makes an order wait by a waiting stage or a reason
    to pause, not by a state of its own.

    :raise ValueError: a state of the flow is none of ``NEXT_STATES``
    """
    if unknown := {source, *steps} - NEXT_STATES.keys():
        raise ValueError(
            f"Service orders have no state {', '.join(map(repr, sorted(map(str, unknown))))}: "
            "their states are a closed list (tools/order_flow.py). Let an order wait by a stage "
            "with is_waiting or by a reason to pause.")
    reached: set[str] = set()
    passed = {source}
    pending = list(NEXT_STATES[source])
    while pending:
        state = pending.pop()
        if state in steps:
            reached.add(state)
        elif state not in passed:
            passed.add(state)
            pending.extend(NEXT_STATES[state])
    reached.discard(source)
    if source in CANCELLABLE_STATES:
        reached.add('cancelled')
    if source in REJECTABLE_STATES:
        reached.add('rejected')
    return frozenset(reached)


def next_state(source: str, steps: Collection[str]) -> str | None:
    """Return the usual next state: the first of the main line that may follow.

    ``None`` at the end of the line.

    >>> next_state('registered', {'registered', 'in_repair', 'done'})
    'in_repair'
    >>> next_state('on_site', MAIN_LINE)
    'done'
    """
    if source not in MAIN_LINE:
        return None
    reachable = reachable_states(source, steps)
    ahead = [state for state in MAIN_LINE[MAIN_LINE.index(source) + 1:] if state in reachable]
    if source == 'on_site' and 'done' in ahead:
        return 'done'  # taking the article along is the exception
    return ahead[0] if ahead else None
