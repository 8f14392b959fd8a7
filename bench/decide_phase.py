"""What the case file of a remedy costs: the choices of a thousand customers at once."""
from .cases.service import warranty_cards
from .measure import measure, per_record


def bench_decide(database, session, case, size):
    """Return the cost per order of deciding on ``size`` orders with a card each."""
    with database.superuser.transaction() as env:
        card_ids = warranty_cards(env, size)
    values = [case.values(number) for number in range(size)]
    for vals, card_id in zip(values, card_ids, strict=True):
        del vals['partner_id'], vals['product_id']  # both come with the card
        vals['warranty_id'] = card_id
    with session.transaction() as env:
        ids = env[case.model].create(values).ids
    with session.transaction() as env:
        env[case.model].browse(ids[:1])._decide()  # a running server knows the rules
    with measure() as cost, session.transaction() as env:
        decisions = env[case.model].browse(ids)._decide()
    if len(decisions) != size:
        raise RuntimeError(f"{len(decisions)} of {size} orders were decided")
    return per_record(cost, size)
