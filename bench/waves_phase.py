"""What it costs to draw a sample among many customers, to launch a wave and to send it."""
from datetime import datetime, timedelta

from odoo.tools import SQL

from .measure import at_once, measure, per_record
from .populate import copy_rows

SEEDS = 250
SAMPLE = 1000
GROUPS = ('aftersales_survey.group_survey_manager',)
METHODS = {'simple': {}, 'stratified': {'method': 'stratified', 'stratum_by': 'region'}}


def bench_waves(database, size, recipients):
    """Draw ``SAMPLE`` of ``size`` customers, then ask ``recipients`` of them by e-mail."""
    session = database.role('survey-manager', GROUPS)
    survey_id = _fill(database, size)
    values = {
        'survey_id': survey_id, 'population': 'res.partner', 'window_from': 0, 'window_to': 24,
        'domain': "[('name', '=like', 'Bench Asked%')]",
        'date_deadline': datetime.now() + timedelta(days=14)}
    result = {'rows': size}
    for name, method in METHODS.items():
        with session.transaction() as env:
            wave_id = env['aftersales.survey.wave'].create(
                {**values, **method, 'size_wished': min(SAMPLE, size)}).id
        with measure() as cost, session.transaction() as env:
            env['aftersales.survey.wave'].browse(wave_id).action_draw()
        result[name] = at_once(cost, min(SAMPLE, size))
    recipients = min(recipients, size // 2)
    with session.transaction() as env:
        wave = env['aftersales.survey.wave'].create({**values, 'size_wished': recipients})
        wave.action_draw()
        wave_id = wave.id
    with measure() as cost, session.transaction() as env:
        env['aftersales.survey.wave'].browse(wave_id).action_launch()
    result['launch'] = at_once(cost, recipients)
    with measure() as cost, database.superuser.transaction() as env:
        env['aftersales.survey.invitation']._cron_send()
        env['aftersales.message']._cron_send()
    _check(database, wave_id, recipients)
    result['send'] = per_record(cost, recipients)
    return result


def _check(database, wave_id, recipients):
    with database.superuser.transaction() as env:
        messages = env['aftersales.survey.wave'].browse(
            wave_id).invitation_ids.customer_message_ids
        sent = messages.filtered(lambda message: message.state == 'sent')
    if len(sent) != recipients:
        raise RuntimeError(f"{len(sent)} of {recipients} messages were sent")


def _fill(database, size):
    """Copy customers until there are ``size``; return the id of what they are asked."""
    with database.superuser.transaction() as env:
        state_ids = env['res.country.state'].search([], limit=30).ids
        seed_ids = env['res.partner'].create([
            {'name': f'Bench Asked {number:03}', 'email': f'asked{number}@bench.example.com',
             'state_id': state_ids[number % len(state_ids)]} for number in range(SEEDS)]).ids
        survey_id = env['survey.survey'].create({
            'title': 'Bench', 'survey_type': 'aftersales', 'access_mode': 'token',
            'question_and_page_ids': [(0, 0, {
                'title': f'Question {number}', 'question_type': 'scale', 'scale_min': 1,
                'scale_max': 5, 'aftersales_metric': 'csat'}) for number in range(7)]}).id
    copy_rows(database, 'res.partner', seed_ids, size, _changed_columns)
    return survey_id


def _changed_columns(_env, new_id):
    """Return ``{column: SQL}``: each copy is a customer with an address of its own."""
    name, email = (SQL("seed.name || ' ' || (%s)", new_id),
                   SQL("'asked' || (%s) || '@bench.example.com'", new_id))
    return {'name': name, 'complete_name': name, 'commercial_partner_id': new_id,
            'email': email, 'email_normalized': email}
