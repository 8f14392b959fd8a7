from . import (  # properties first: the tests are made with them
    properties,
    test_chinese_pages,
    test_customer_link,
    test_features,
    test_tour_dispatch,
    test_tour_phone,
    test_tour_request,
    test_tour_three_guarantees,
    test_tours,
    test_views,
)
from .acceptance import test_completion_code, test_phone_acceptance
from .accident import test_accident
from .care import test_follow_up, test_rating
from .clock import (
    test_changed_promises,
    test_order_clocks,
    test_worktime_core,
    test_worktime_tool,
)
from .cost import test_cost, test_cost_tool
from .delivery import (
    test_damage,
    test_delivery_phone,
    test_delivery_tool,
    test_floor_fee,
    test_slot,
    test_trip_charge,
    test_two_people,
)
from .message import test_message_mail, test_notifier, test_quiet_hours_tool
from .money import (
    test_collection,
    test_goodwill,
    test_paid_job,
    test_paid_job_browser,
    test_phone_money,
)
from .order import (
    test_bad_input,
    test_bad_mail,
    test_contact_tool,
    test_diagnosis_code,
    test_head_office,
    test_liaison,
    test_order_acceptance,
    test_order_answer,
    test_order_call,
    test_order_copy,
    test_order_flow,
    test_order_intake,
    test_order_names,
    test_order_parts,
    test_order_queries,
    test_order_rights,
    test_order_sale,
    test_order_volume,
    test_reader_language,
    test_service_sheet,
    test_stage,
)
from .outlet import (
    test_area_tool,
    test_bulk_dispatch,
    test_capacity_tool,
    test_customer_key,
    test_offer,
    test_outlet,
    test_outlet_queries,
    test_outlet_rights,
    test_skill,
    test_technician,
)
from .platform import (
    test_opening_data,
    test_platform_import,
    test_platform_refusals,
    test_sheet_tools,
)
from .portal import (
    test_nasty_forms,
    test_portal_order,
    test_portal_outlet,
    test_portal_page,
    test_portal_request,
    test_portal_warranty,
    test_words_tool,
)
from .privacy import test_erasure, test_erasure_documents
from .recall import test_campaign, test_campaign_letter, test_campaign_orders, test_portal_recall
from .report import (
    test_dashboard,
    test_digest,
    test_documents,
    test_fault_statistics,
    test_order_report,
    test_promises_report,
)
from .returns import (
    test_return_answer,
    test_return_by_rpc,
    test_return_control,
    test_return_date,
    test_return_flow,
    test_return_history,
    test_return_old_units,
    test_return_owed,
    test_return_portal,
    test_return_queries,
    test_return_refusals,
    test_return_report,
    test_return_rights,
    test_return_sale,
    test_return_settlement,
    test_return_words,
    test_returns_tool,
    test_tour_return,
)
from .trade_in import test_trade_in, test_trade_in_rights, test_trade_in_tool
from .verdict import (
    test_appraisal,
    test_appraisal_audit,
    test_appraisal_credit,
    test_cover_panel,
    test_line_cover,
    test_line_cover_tool,
    test_order_decision,
    test_order_exclusion,
    test_outlet_verdict,
    test_portal_verdict,
    test_printed_verdict,
    test_repeated_repair,
    test_tour_cover_panel,
    test_verdict,
)
from .visit import (
    test_checklist,
    test_job_actions,
    test_jobs_browser,
    test_jobs_http,
    test_jobs_late,
    test_jobs_scan,
    test_jobs_trouble,
    test_late_work,
    test_phone_values,
    test_photo_tool,
    test_visit,
    test_visit_queries,
)
from .warranty import (
    test_activation,
    test_card_by_delivery,
    test_card_covers,
    test_card_rights,
    test_card_states,
    test_cover_days_tool,
    test_cover_starts,
    test_ending_warranties,
    test_exchanged_unit,
    test_extensions,
    test_fitted_parts,
    test_meter_readings,
    test_moved_ends,
    test_policy,
    test_policy_assign,
    test_policy_library,
    test_policy_versions,
    test_remedies_car_tool,
    test_remedies_properties,
    test_remedies_tool,
    test_smart_buttons,
    test_term_facts,
    test_warranty_changes,
    test_warranty_tool,
)
from .workshop import test_bench, test_unclaimed, test_workshop_tool
