"""Where an article stands in the workshop: pure Python, no Odoo import."""

def bench_state(
        state: str, *, is_carried_in: bool, is_waiting: bool, is_repaired: bool,
        own: str | None, final: str | None) -> str | None:
    """Return the column of an article, or ``None`` when it is not in the workshop.

    :param state: of the order
    :param is_carried_in: the customer brings the article, so it is there from the start
    :param is_waiting: the order's stage waits, for a part for example
    :param is_repaired: the repairer reported the work as finished
    :param own, final: ``'passed'`` or not yet; pass ``'passed'`` where none is asked for

    >>> facts = dict(is_carried_in=True, is_waiting=False, is_repaired=True)
    >>> bench_state('in_repair', **facts, own='passed', final=None)
    'final_check'
    >>> bench_state('done', **facts, own='passed', final='passed')
    """
    if state == 'taken_to_shop' or (is_carried_in and state in ('registered', 'assessed')):
        return 'waiting'
    if state != 'in_repair':
        return None
    if is_waiting:
        return 'waiting_part'
    if not is_repaired:
        return 'in_repair'
    if own != 'passed':
        return 'own_check'
    return 'ready' if final == 'passed' else 'final_check'
