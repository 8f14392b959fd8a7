import { isInStage, openPage } from "@aftersales_service/../tests/tours/tour_steps";
import { registry } from "@web/core/registry";

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
            trigger: ".o_kanban_record:contains(The glass of the oven broke)",
            run: "click",
        },
        {
            content: "The customer's promise stands in the strip",
            trigger: "[name=deadline_strip] [data-kind=complaint_response]",
        },
        {
            trigger: ".o_statusbar_buttons button:contains(Judge as Founded)",
            run: "click",
        },
        ...step("Assign", "Assigned"),
        ...step("Investigate", "Investigating"),
        ...openPage("investigate"),
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
        ...step("Approve", "To Answer"),
        {
            trigger: ".o_field_widget[name=answer] textarea",
            run: "edit We bring a new glass on Monday.",
        },
        ...step("Answer the Customer", "Answered"),
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
            trigger: ".alert-warning button[name=ask_again]:disabled:has(.fa-check)",
        },
        {
            trigger: ".o_form_button_cancel",
            run: "click",
        },
        {
            trigger: "body:not(:has(.o_form_dirty))",
        },
    ],
});
