"""What satisfaction figures cost among very many answers of one wave."""
from odoo.tools import SQL

from .measure import at_once, measure
from .populate import copy_rows

SEEDS = 100
OUTLETS = 20
GROUPS = ('aftersales_survey.group_survey_manager',)


def bench_results(database, size):
    """Read the figures of one wave of ``size`` invitations that were all answered.

    Scores are stored, as the answers' own step writes them; the page is the board of a survey
    manager with its groups, its trend and its choices.
    """
    manager = database.role('survey-manager', GROUPS)
    wave_id, rows = _fill(database, size)
    domain = [('wave_id', '=', wave_id)]
    reads = {
        'figures': lambda report: report._get_figures(domain),
        'outlets': lambda report: report._get_figures(domain, 'outlet_id'),
        'board': lambda report: report.get_board_data({'wave_id': wave_id}),
    }
    result = {'rows': rows}
    for name, read in reads.items():
        with manager.transaction() as env:
            read(env['aftersales.survey.report'])  # as in a server that runs
        with measure() as cost, manager.transaction() as env:
            read(env['aftersales.survey.report'])
        result[name] = at_once(cost, rows)
    return result


def _fill(database, size):
    """Copy answered invitations of one wave until there are ``size``; return wave and number."""
    with database.superuser.transaction() as env:
        survey = env['survey.survey'].create({
            'title': "Bench", 'survey_type': 'aftersales', 'aftersales_purpose': 'yearly'})
        wave = env['aftersales.survey.wave'].create({'name': "Bench", 'survey_id': survey.id})
        wave.state = 'running'
        partner = env['res.partner'].create({'name': "Bench Customer"})
        outlets = env['aftersales.outlet'].create([
            {'name': f'Bench Outlet {number}', 'partner_id': partner.id}
            for number in range(OUTLETS)])
        invitations = env['aftersales.survey.invitation'].create([{
            'wave_id': wave.id, 'company_id': env.company.id, 'state': 'answered',
            'res_model': 'res.partner', 'res_id': number + 1, 'partner_id': partner.id,
            'outlet_id': outlets[number % OUTLETS].id, 'date_sent': '2026-06-01 08:00:00',
        } for number in range(SEEDS)])
        answers = env['survey.user_input'].create([{
            'survey_id': survey.id, 'company_id': env.company.id, 'state': 'done',
            'aftersales_wave_id': wave.id, 'aftersales_invitation_id': invitation.id,
            'aftersales_outlet_id': invitation.outlet_id.id, 'csi': 20.0 + number % 81,
            'nps': number % 11, 'csat': 1 + number % 5, 'ces': 1 + number % 7,
            'csat_points': 100 * (number % 5 >= 3),
            'nps_class': 'promoter' if number % 11 > 8 else (
                'passive' if number % 11 > 6 else 'detractor'),
            'nps_points': 100 if number % 11 > 8 else 0 if number % 11 > 6 else -100,
            'date_scored': '2026-06-02 08:00:00',
        } for number, invitation in enumerate(invitations)])
        for invitation, answer in zip(invitations, answers, strict=True):
            invitation.user_input_id = answer
        env.flush_all()
        # copies of both tables follow each other without a gap: so they find each other
        [[last_invitation]] = env.execute_query(SQL(
            "SELECT max(id) FROM aftersales_survey_invitation"))
        [[last_answer]] = env.execute_query(SQL("SELECT max(id) FROM survey_user_input"))
        [[answers_before]] = env.execute_query(SQL("SELECT count(*) FROM survey_user_input"))
        [[before]] = env.execute_query(SQL("SELECT count(*) FROM aftersales_survey_invitation"))
        wave_id, invitation_ids, answer_ids = wave.id, invitations.ids, answers.ids
    copy_rows(database, 'survey.user_input', answer_ids, answers_before - SEEDS + size,
              lambda _env, new_id: {
                  'access_token': SQL("'bench-' || (%s)", new_id),
                  'aftersales_invitation_id': SQL(
                      "(%s) + %s", new_id, last_invitation - last_answer)})
    copy_rows(database, 'aftersales.survey.invitation', invitation_ids, before - SEEDS + size,
              lambda _env, new_id: {
                  'user_input_id': SQL("(%s) + %s", new_id, last_answer - last_invitation),
                  'res_id': new_id})
    with database.superuser.transaction() as env:
        return wave_id, env['aftersales.survey.invitation'].search_count(
            [('wave_id', '=', wave_id), ('user_input_id', '!=', False)])
