import { choose, isInStage, openPage } from "@aftersales_service/../tests/tours/tour_steps";
import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

/** Press the button `label` of the case that is open and wait for the stage `stage`. */
function step(label, stage) {
    return [
        {
            content: `Press ${label}`,
            trigger: `.o_statusbar_buttons button:contains(${label}):enabled`,
            run: "click",
        },
        isInStage(stage),
    ];
}

/** Press `label`, read the answer once more in the dialog and send it. */
function send(label, stage) {
    return [
        {
            trigger: `.o_statusbar_buttons button:contains(${label}):enabled`,
            run: "click",
        },
        {
            content: "The customer reads what stands here",
            trigger: ".modal .o_field_widget[name=answer] textarea:value(/../)",
        },
        {
            trigger: ".modal-footer button:contains(Send Answer):enabled",
            run: "click",
        },
        isInStage(stage),
    ];
}

/** Choose `label` in the selection field `name`. */
function select(name, label) {
    return [
        {
            trigger: `.o_field_widget[name=${name}] input`,
            run: "click",
        },
        {
            trigger: `.o_select_menu_item:contains(${label})`,
            run: "click",
        },
    ];
}

const judge = [
    {
        trigger: ".o_statusbar_buttons button:contains(Judge as Founded):enabled",
        run: "click",
    },
    {
        content: "It is judged",
        trigger: ".o_statusbar_buttons button:contains(/^Assign$/):enabled",
    },
];

/** Approve the proposal of the case whose page of the answer is open, and answer. */
function answer() {
    return [
        ...step("Approve", "To Answer"),
        {
            trigger: ".o_field_widget[name=answer] textarea",
            run: "edit We bring a new glass on Monday.",
        },
        ...send("Answer the Customer", "Answered"),
    ];
}

/** The sheet opened the tab of the present step by itself. */
function isOpen(page) {
    return {
        content: `The page ${page} is open`,
        trigger: `.o_notebook .nav-link[name=${page}].active`,
    };
}

registry.category("web_tour.tours").add("complaint_customer_writes", {
    steps: () => [
        {
            content: "Something went wrong",
            trigger: "a[href='/my/complaints/new']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "textarea[name=description]",
            run: "edit The glass of the oven broke",
        },
        {
            trigger: "input[name=wants_exchange]",
            run: "click",
        },
        {
            trigger: "button[type=submit]:contains(Send)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is received, and the next word is promised",
            trigger: "#complaint_promise:contains(We come back to you by)",
        },
    ],
});

registry.category("web_tour.tours").add("complaint_desk_answers", {
    steps: () => [
        {
            content: "The customer's promise stands in the strip",
            trigger: "[name=deadline_strip] [data-kind=complaint_response]",
        },
        ...judge,
        ...step("Assign", "Assigned"),
        ...step("Investigate", "Investigating"),
        isOpen("investigate"),
        ...select("cause_category", "Transport"),
        {
            trigger: ".o_field_widget[name=cause] textarea",
            run: "edit The box was too thin",
        },
        ...openPage("propose"),
        {
            trigger: ".o_field_widget[name=offer] textarea",
            run: "edit A new glass",
        },
        ...step("Submit for Approval", "To Approve"),
        ...answer(),
    ],
});

registry.category("web_tour.tours").add("complaint_desk_assigns", {
    steps: () => [
        {
            trigger: ".o_kanban_record:contains(The glass of the oven broke)",
            run: "click",
        },
        ...judge,
        ...openPage("judge"),
        ...choose("unit_user_id", "Unit Uma"),
        ...step("Assign", "Assigned"),
    ],
});

/** A person of the unit, who has no role of the desk, finds the cause. */
registry.category("web_tour.tours").add("complaint_unit_investigates", {
    steps: () => [
        {
            trigger: ".o_list_view .o_data_row:contains(The glass) .o_data_cell[name=subject]",
            run: "click",
        },
        ...step("Investigate", "Investigating"),
        ...openPage("investigate"),
        ...select("cause_category", "Material"),
        {
            trigger: ".o_field_widget[name=cause] textarea",
            run: "edit The glass of the new supplier has tension",
        },
        {
            trigger: ".o_field_widget[name=amount_offered] input",
            run: "edit 200",
        },
        ...openPage("propose"),
        {
            trigger: ".o_field_widget[name=offer] textarea",
            run: "edit A new glass, and 200 for the trouble",
        },
        ...step("Submit for Approval", "To Approve"),
    ],
});

registry.category("web_tour.tours").add("complaint_manager_answers", {
    steps: () => [isInStage("To Approve"), isOpen("propose"), ...answer()],
});

registry.category("web_tour.tours").add("complaint_closed", {
    steps: () => [...step("Improve", "Improvement"), ...step("Close", "Closed")],
});

registry.category("web_tour.tours").add("complaint_loop_closed", {
    steps: () => [isInStage("Improvement"), ...step("Close", "Closed")],
});

registry.category("web_tour.tours").add("complaint_desk_answers_unfounded", {
    steps: () => [
        {
            trigger: ".o_statusbar_buttons button:contains(/^Unfounded/):enabled",
            run: "click",
        },
        {
            trigger: ".modal-footer button:contains(Send Answer):enabled",
            run: "click",
        },
        {
            content: "Without an answer no complaint is unfounded",
            trigger: ".modal .o_field_widget[name=answer].o_field_invalid textarea",
            run: "edit Thank you for writing. The glass broke by a blow from outside. You may appeal.",
        },
        {
            trigger: ".modal-footer button:contains(Send Answer):enabled",
            run: "click",
        },
        isInStage("Unfounded"),
    ],
});

registry.category("web_tour.tours").add("complaint_customer_reads_the_reason", {
    steps: () => [
        {
            trigger: "a:contains(CP)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The reason is polite and complete, and no promise runs any more",
            trigger: "#complaint_answer:contains(by a blow from outside)",
        },
        {
            trigger: "#complaint_status:contains(Answered)",
        },
        {
            content: "The way to appeal is open",
            trigger: "#complaint_appeal summary:contains(appeal)",
            run: "click",
        },
        {
            trigger: "#complaint_appeal button:contains(Appeal)",
        },
    ],
});

registry.category("web_tour.tours").add("complaint_customer_rates_low", {
    steps: () => [
        {
            trigger: "#service_order_rating label[for=rate_1]",
            run: "click",
        },
        {
            trigger: "#service_order_rating textarea[name=words]",
            run: "edit It rattles again after two days",
        },
        {
            trigger: "#service_order_rating button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".alert-success:contains(Thank you for telling us)",
        },
    ],
});

/** The desk writes an 8D from the case: what is known of it comes along. */
registry.category("web_tour.tours").add("complaint_8d_written", {
    steps: () => [
        {
            trigger: "button[name=action_view_capas]",
            run: "click",
        },
        {
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "The subject of the case is there",
            trigger: ".o_field_widget[name=subject] input:value(/Not content/)",
        },
        ...openPage("d5"),
        {
            trigger: ".o_field_widget[name=action_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".o_selected_row .o_field_widget[name=name] input",
            run: "edit A thicker box",
        },
        {
            trigger: ".o_selected_row .o_field_widget[name=evidence] textarea",
            run: "edit Drop test 12",
        },
        ...stepUtils.saveForm(),
        ...step("Start", "In Progress"),
        {
            trigger: ".o_field_widget[name=action_ids] .o_data_row button[name=action_done]",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=action_ids] .o_data_row:not(:has(button[name=action_done]))",
        },
        {
            trigger: ".o_statusbar_buttons button[name=action_done]",
            run: "click",
        },
        isInStage("To Verify"),
    ],
});

registry.category("web_tour.tours").add("complaint_customer_accepts", {
    steps: () => [
        {
            trigger: "a:contains(CP)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#complaint_answer:contains(We bring a new glass on Monday.)",
        },
        {
            trigger: "button:contains(I Accept the Answer)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#complaint_status:contains(Settled)",
        },
    ],
});

registry.category("web_tour.tours").add("complaint_intake", {
    steps: () => [
        {
            content: "One box takes the serial number",
            trigger: ".o_field_widget[name=intake_key] input",
            run: "edit TOUR-9001 && press Tab",
        },
        {
            content: "The customer fills itself",
            trigger: ".o_field_widget[name=partner_id] input:value(/Wu Mei/)",
        },
        {
            content: "A colleague has an open complaint of this unit",
            trigger: ".alert-warning [data-complaint]:contains(Agent Anna):not(:has(a))",
        },
        {
            trigger: ".o_field_widget[name=description] textarea",
            run: "edit It is still too loud",
        },
        {
            content: "It is the same matter: noted there",
            trigger: ".alert-warning button[name=ask_again]",
            run: "click",
        },
        {
            content: "What was typed here is gone: leaving the page saves no second complaint",
            trigger: ".o_field_widget[name=description] textarea:value(/^$/)",
        },
        {
            trigger: "body:not(:has(.o_form_dirty, .alert-warning [data-complaint]))",
        },
    ],
});
