"""What a recall costs: the cards taken into a campaign, and their service orders."""
from .cases.service import warranty_cards
from .measure import at_once, measure

BATCH = 1000
GROUPS = ('aftersales_service.group_aftersales_team_lead',)


def bench_recall(database, case, size):
    """Take ``size`` cards into a campaign, then make their orders: two clicks of a team lead.

    The letters are queued by a click of their own and leave by a cron.
    """
    lead = database.role('team-lead', GROUPS)
    card_ids = _create_cards(database, size)
    with database.superuser.transaction() as env:
        first, last = (env['aftersales.warranty'].browse(card_ids[place]).serial
                       for place in (0, -1))
    with lead.transaction() as env:
        campaign = env['aftersales.campaign'].create({
            'title': 'Bench Recall', 'reason': 'A screw may come loose', 'type_id': case.type_id,
            'instruction': 'Tighten the screw', 'serial_from': first, 'serial_to': last})
        campaign.action_start()
        campaign_id = campaign.id
    with measure() as units, lead.transaction() as env:
        env['aftersales.campaign'].browse(campaign_id).action_add_units()
    with measure() as orders, lead.transaction() as env:
        env['aftersales.campaign'].browse(campaign_id).action_create_orders()
    with lead.transaction() as env:
        planned = env['aftersales.campaign'].browse(campaign_id).planned_count
    if planned != size:
        raise RuntimeError(f"{planned} of {size} units have an order")
    return {'units': at_once(units, size), 'orders': at_once(orders, size)}


def _create_cards(database, size):
    """Return the ids of new cards, whose serial numbers follow each other and sort."""
    ids = []
    for first in range(0, size, BATCH):
        with database.superuser.transaction() as env:
            ids += warranty_cards(env, min(BATCH, size - first))
    return ids
