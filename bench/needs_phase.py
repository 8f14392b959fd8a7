"""What a night of training needs costs: very many staff, their posts and certificates."""
from datetime import timedelta

from odoo import fields
from odoo.tools import SQL

from .measure import at_once, measure
from .populate import copy_rows

SEEDS = 100
STAFF = 10_000
# res.partner first: each table points to those before it
TABLES = ('res.partner', 'res.users', 'resource.resource', 'hr.employee', 'hr.version')


def bench_needs(database, staff=STAFF):
    """Find what ``staff`` people lack of what their post asks for, twice.

    The post asks for a certificate, which half of them have, and for a plain course.
    """
    people = _fill(database, staff)
    result = {'rows': people}
    for name in ('first', 'again'):
        with measure() as cost, database.superuser.transaction() as env:
            env['aftersales.training.need']._propose(
                env['aftersales.training.need']._find_all(env.company))
        result[name] = at_once(cost, people)
    with database.superuser.transaction() as env:
        found = env['aftersales.training.need'].search_count([('origin', '=', 'requirement')])
    if found < 1.4 * people:
        raise RuntimeError(f"{found} needs of {people} people were found")
    return result


def _fill(database, staff):
    """Make staff with a post; return their number."""
    with database.superuser.transaction() as env:
        job = env['hr.job'].search([('name', '=', "Bench Installer")])
        if job:  # an earlier run
            env['aftersales.training.need'].search([('origin', '=', 'requirement')]).sudo().write(
                {'date_closed': fields.Date.today()})
            return env['hr.employee'].search_count([('job_id', '=', job.id)])
        job, users, certificates = _make_seeds(env)
        employees = users.employee_ids
        seeds = (users.partner_id, users, employees.resource_id, employees, employees.version_id)
        ids = {records._name: records.sorted('id').ids for records in seeds}
        last = {model: env[model].with_context(active_test=False).search(
            [], order='id desc', limit=1).id for model in (*TABLES, certificates._name)}
        count = {model: env.execute_query(SQL(
            "SELECT count(*) FROM %s", SQL.identifier(env[model]._table)))[0][0] for model in last}
        first_user = min(ids['res.users'])
    copies = max(staff // SEEDS - 1, 0)
    for model in TABLES:
        copy_rows(database, model, ids[model], count[model] + copies * SEEDS,
                  lambda _env, new_id, model=model: _changed_columns(model, new_id, last))
    copy_rows(
        database, 'aftersales.certificate', certificates.ids,
        count['aftersales.certificate'] + copies * len(certificates),
        lambda _env, new_id: {
            'user_id': SQL("%s + copy * %s + seed.user_id", last['res.users'] - first_user + 1,
                           SEEDS),
            'name': SQL("'BENCH-' || (%s)", new_id), 'code': SQL("'B' || (%s)", new_id)})
    return (copies + 1) * SEEDS


def _make_seeds(env):
    """Return the post, and the first people with the certificates of every second of them."""
    job = env['hr.job'].create({'name': "Bench Installer"})
    skill = env['aftersales.skill'].create({'name': "Bench Skill"})
    courses = env['aftersales.training.course'].create([
        {'name': "Bench Certificate", 'skill_id': skill.id}, {'name': "Bench Manners"}])
    env['aftersales.training.requirement'].create({
        'name': "Bench Installer", 'job_ids': [fields.Command.link(job.id)], 'line_ids': [
            fields.Command.create({'course_id': course.id}) for course in courses]})
    users = env['res.users'].create([
        {'name': f'Bench Learner {number:03}', 'login': f'learner{number}@bench.example.com'}
        for number in range(SEEDS)])
    env['hr.employee'].create([
        {'name': user.name, 'user_id': user.id, 'job_id': job.id} for user in users])
    certificates = env['aftersales.certificate'].create([
        {'user_id': user.id, 'skill_id': skill.id, 'course_id': courses[0].id,
         'valid_until': fields.Date.today() + timedelta(days=400)} for user in users[::2]])
    return job, users, certificates


def _changed_columns(model, new_id, last):
    """Return ``{column: SQL}``: each copy points to the copies of its own partner, user …"""
    def at(other):
        return SQL("(%s) + %s", new_id, last[other] - last[model])

    name = SQL("seed.name || ' ' || (%s)", new_id)
    return {
        'res.partner': {'name': name, 'complete_name': name, 'commercial_partner_id': new_id},
        'res.users': {'login': SQL("'learner-' || (%s)", new_id), 'partner_id': at('res.partner')},
        'resource.resource': {'name': name, 'user_id': at('res.users')},
        'hr.employee': {
            'name': name, 'user_id': at('res.users'), 'resource_id': at('resource.resource'),
            'work_contact_id': at('res.partner'),
            'current_version_id': SQL("(%s) + %s", new_id,
                                      last['hr.version'] - last['hr.employee'])},
        'hr.version': {'employee_id': at('hr.employee')},
    }[model]
