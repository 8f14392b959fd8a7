"""Installing the suite, with and without demo data, leaves a clean log."""
import os
from pathlib import Path

import pytest

from scripts import log_check

LOGS = [Path(name) for name in os.environ.get('AFTERSALES_INSTALL_LOGS', '').split(os.pathsep)
        if name]
DEMOS = [log for log in LOGS if log.stem.endswith('_demo')]

# what the demo story contains: a query that must print the number, or more
STORY = {
    "orders": ("SELECT count(*) FROM aftersales_order", 30),
    "states of orders": ("SELECT count(DISTINCT state) FROM aftersales_order", 13),
    "types of orders": ("SELECT count(DISTINCT type_id) FROM aftersales_order", 8),
    "active outlets": ("SELECT count(*) FROM aftersales_outlet WHERE state = 'active'", 4),
    "kinds of outlets": ("SELECT count(DISTINCT kind) FROM aftersales_outlet", 3),
    "technicians of outlets": (
        "SELECT count(DISTINCT user_id) FROM aftersales_outlet_member_rel", 7),
    "technicians outside": (
        "SELECT count(*) FROM res_users WHERE share AND id IN "
        "(SELECT user_id FROM aftersales_outlet_member_rel)", 4),
    "accepted offers": ("SELECT count(*) FROM aftersales_offer WHERE state = 'accepted'", 3),
    "declined offers with a reason": (
        "SELECT count(*) FROM aftersales_offer WHERE state = 'declined' AND reason > ''", 1),
    "waiting offers": ("SELECT count(*) FROM aftersales_offer WHERE state = 'offered'", 1),
    "done visits": ("SELECT count(*) FROM aftersales_visit WHERE state = 'done'", 5),
    "failed visits": (
        "SELECT count(*) FROM aftersales_visit WHERE state = 'missed' "
        "AND missed_reason IS NOT NULL", 1),
    "phone actions": ("SELECT count(*) FROM aftersales_job_action WHERE state = 'done'", 20),
    "answered checks": (
        "SELECT count(*) FROM aftersales_checklist_line WHERE result IS NOT NULL", 20),
    "paused orders with proof": (
        "SELECT count(*) FROM aftersales_order o JOIN aftersales_clock_pause p "
        "ON p.res_id = o.id AND p.res_model = 'aftersales.order' WHERE o.is_paused AND EXISTS "
        "(SELECT FROM aftersales_clock_pause_ir_attachment_rel r "
        "WHERE r.aftersales_clock_pause_id = p.id)", 1),
    "late orders": (
        "SELECT count(*) FROM aftersales_order WHERE date_closed IS NULL "
        "AND date_deadline < now() AT TIME ZONE 'UTC'", 1),
    "posted invoices of orders": (
        "SELECT count(*) FROM account_move m JOIN sale_order s ON m.invoice_origin = s.name "
        "WHERE s.aftersales_order_id IS NOT NULL AND m.state = 'posted'", 1),
    "goodwill": ("SELECT count(*) FROM aftersales_order WHERE charge_kind = 'goodwill'", 1),
    "orders asked for twice": (
        "SELECT count(*) FROM aftersales_order WHERE reminder_count >= 2", 1),
    "answered consultations": (
        "SELECT count(*) FROM aftersales_order WHERE answer > '' AND state = 'closed'", 1),
    "promises kept": ("SELECT count(*) FROM aftersales_clock WHERE result = 'met'", 10),
    "complaints": ("SELECT count(*) FROM aftersales_complaint", 5),
    "states of complaints": (
        "SELECT count(DISTINCT state) FROM aftersales_complaint", 4),
    "corrective actions": ("SELECT count(*) FROM aftersales_capa", 2),
    "notices": ("SELECT count(*) FROM aftersales_notice", 2),
    "spare parts": ("SELECT count(*) FROM product_template WHERE is_spare_part", 12),
    "states of part requests": (
        "SELECT count(DISTINCT state) FROM aftersales_part_request", 2),
    "stock suggestions": ("SELECT count(*) FROM aftersales_part_suggestion WHERE state = 'new'", 4),
    "months of part demand": ("SELECT count(DISTINCT month) FROM aftersales_part_demand", 24),
    "receipts to inspect": ("SELECT count(*) FROM aftersales_inspection WHERE state = 'open'", 1),
    "late old parts": (
        "SELECT count(*) FROM aftersales_old_part WHERE state = 'due' AND date_due < now()", 1),
    "boxes of old parts": ("SELECT count(*) FROM aftersales_old_part_box WHERE state = 'sent'", 1),
    "survey waves": ("SELECT count(*) FROM aftersales_survey_wave", 2),
    "faults by code": (
        "SELECT count(DISTINCT symptom_id) FROM aftersales_order", 5),
}


@pytest.mark.parametrize('log', LOGS, ids=lambda path: path.stem)
def test_installation_logs_nothing_unexpected(log, allowed_log_lines):
    lines = log_check.unexpected(log.read_text(), allowed_log_lines)
    assert not lines, f"{log}:\n" + '\n'.join(lines)


@pytest.mark.parametrize('what', STORY if DEMOS else [])
def test_demo_database_has_what_the_story_tells(what, databases):
    query, wanted = STORY[what]
    [found] = databases.server.sql(query, DEMOS[0].stem)
    assert int(found) >= wanted


@pytest.mark.parametrize('log', DEMOS, ids=lambda path: path.stem)
def test_demo_data_of_each_module_is_loaded(log, databases):
    assert databases.server.sql(
        "SELECT module.name || ': ' || left(failure.error, 300) FROM ir_demo_failure failure "
        "JOIN ir_module_module module ON module.id = failure.module_id", log.stem) == []


@pytest.mark.parametrize('log', DEMOS, ids=lambda path: path.stem)
def test_demo_phones_were_refused_nothing(log, databases):
    """The story loads to its end even if the server refuses an action of a phone."""
    assert databases.server.sql(
        "SELECT kind || ': ' || message FROM aftersales_job_action WHERE state = 'refused'",
        log.stem) == []
