import { stepUtils } from "@web_tour/tour_utils";

/** Steps that several tours share; each waits for what the user would see. */

/** Give each step the time that a slow machine needs; one that need not wait goes on at once. */
export function inTime(steps) {
    return steps.map((step) => ({ timeout: 30000, ...step }));
}

/** Type `text` into a many2one of the form and choose the proposal that shows it. */
export function choose(field, text, scope = "") {
    const input = `${scope} .o_field_widget[name=${field}] input`;
    return [
        {
            content: `Type ${text} into ${field}`,
            trigger: input,
            run: `edit ${text}`,
        },
        {
            content: `Choose ${text}`,
            trigger: `.ui-autocomplete .ui-menu-item a:contains(${text})`,
            run: "click",
        },
        {
            content: `${field} is chosen`,
            trigger: `${scope} .o_field_widget[name=${field}]:has(input:value(/${text}/))`,
        },
    ];
}

/** Enter the new customer `name`, at home in a city of California, on the order that is open. */
export function enterCustomer(name, city) {
    return [
        {
            trigger: ".o_field_widget[name=partner_id] input:not(:value(/./))",
            run: `edit ${name}`,
        },
        {
            content: "The customer is new",
            trigger: ".ui-autocomplete .o_m2o_dropdown_option_create_edit a",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=city] input",
            run: `edit ${city}`,
        },
        {
            trigger: ".modal .o_field_widget[name=state_id] input",
            run: "edit California",
        },
        {
            trigger: ".ui-autocomplete .ui-menu-item a:contains(/^California/)",
            run: "click",
        },
        {
            content: "The country follows from the state",
            trigger: ".modal .o_field_widget[name=country_id] input:value(/United States/)",
        },
        {
            trigger: ".modal .o_form_button_save:enabled",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ];
}

/** Press the primary button `label` of a service order and wait for the stage `stage`. */
export function advance(label, stage) {
    return [
        {
            content: `Press ${label}`,
            trigger: `.o_statusbar_buttons button[name=action_next]:contains(${label}):enabled`,
            run: "click",
        },
        isInStage(stage),
    ];
}

/** Assess the order that is open, agree on the time `when` and send the technician. */
export function planVisit(when, technician) {
    return [
        ...advance("Assess", "Assessed"),
        {
            trigger: "button[name=action_open_schedule]:enabled",
            run: "click",
        },
        {
            content: "Agree on a time",
            trigger: ".modal .o_field_widget[name=date_planned] input, .modal .o_field_widget[name=date_planned] button",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=date_planned] input",
            run: `edit ${when} && press Enter`,
        },
        {
            content: "Choose who goes",
            trigger: `.modal [data-person='${technician}']`,
            run: "click",
        },
        {
            trigger: `.modal [data-person='${technician}'][aria-checked=true]`,
        },
        {
            trigger: ".modal button[name=action_dispatch]:enabled",
            run: "click",
        },
        isInStage("Dispatched"),
    ];
}

/** The status bar shows the stage (or state) `name` as the present one. */
export function isInStage(name) {
    return {
        content: `The status is ${name}`,
        trigger: `.o_statusbar_status .o_arrow_button_current:contains(${name})`,
    };
}

/** Open the notebook page `name`. */
export function openPage(name) {
    return [
        {
            content: `Open the page ${name}`,
            trigger: `.o_notebook .nav-link[name=${name}]`,
            run: "click",
        },
        {
            content: `The page ${name} is open`,
            trigger: `.o_notebook .nav-link[name=${name}].active`,
        },
    ];
}

/** Go back by the breadcrumb to the record or list `name`. */
export function goBack(name) {
    return {
        content: `Back to ${name}`,
        trigger: `.o_control_panel .o_breadcrumb .o_back_button:contains(${name})`,
        run: "click",
    };
}

/** Sign in the signature window of a portal page, which proposes the name `name`. */
export function sign(name) {
    return [
        {
            content: "The name is proposed",
            trigger: `.modal .o_web_sign_name_and_signature input:value(${name})`,
        },
        {
            trigger: ".modal canvas.o_web_sign_signature",
            run: "canvasNotEmpty",
        },
        {
            content: "Sign",
            trigger: ".modal .o_portal_sign_submit:enabled",
            run: "click",
            expectUnloadPage: true,
        },
    ];
}

/** Confirm the sale that is open, deliver what it proposes and come back to it. */
export function deliverSale() {
    return [
        {
            content: "Confirm the sale",
            trigger: "button[name=action_confirm]:enabled",
            run: "click",
        },
        isInStage("Sales Order"),
        {
            content: "Open the delivery",
            trigger: "button[name=action_view_delivery]",
            run: "click",
        },
        {
            content: "Validate it",
            trigger: "button[name=button_validate]:enabled",
            run: "click",
        },
        isInStage("Done"),
        {
            content: "Back to the sale",
            trigger: ".o_control_panel .o_breadcrumb .o_back_button",
            run: "click",
        },
    ];
}

/** Invoice the sale that is open and post the invoice. */
export function invoiceSale() {
    return [
        {
            content: "Create the invoice",
            trigger: ".o_statusbar_buttons button:contains(Create Invoice):enabled",
            run: "click",
        },
        {
            trigger: ".modal button[name=create_invoices]:enabled",
            run: "click",
        },
        {
            content: "Confirm the invoice",
            trigger: "button[name=action_post]:enabled",
            run: "click",
        },
        isInStage("Posted"),
    ];
}

/** Add a part and an hour of work to the order that is open, and save it. */
export function addPartAndLabour(part, quantity, labour) {
    return [
        ...openPage("parts"),
        {
            content: "Add a part",
            trigger: ".o_field_widget[name=part_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        ...choose("product_id", part, ".o_field_widget[name=part_ids] .o_selected_row"),
        {
            trigger: ".o_field_widget[name=part_ids] .o_selected_row .o_field_widget[name=product_uom_qty] input",
            run: `edit ${quantity}`,
        },
        {
            content: "Add an hour of work",
            trigger: ".o_field_widget[name=labour_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        ...choose("product_id", labour, ".o_field_widget[name=labour_ids] .o_selected_row"),
        ...stepUtils.saveForm(),
    ];
}

/** Receive the goods of a return, grade the unit, for which `way` is proposed, and confirm. */
export function inspect(grade, way) {
    return [
        {
            content: "Receive the goods",
            trigger: "button[name=action_receive]:enabled",
            run: "click",
        },
        isInStage("Received"),
        {
            content: "Open the unit",
            trigger: ".o_field_widget[name=line_ids] .o_data_row .o_data_cell[name=product_id]",
            run: "click",
        },
        {
            content: "Grade it",
            trigger: ".modal .o_field_widget[name=grade] input",
            run: "click",
        },
        {
            trigger: `.o_select_menu_item:contains(${grade})`,
            run: "click",
        },
        {
            content: "The grade is chosen",
            trigger: `.modal .o_field_widget[name=grade] input:value(/${grade}/)`,
        },
        {
            content: "The server has proposed where it goes: saving waits for no answer any more",
            trigger: `.modal .o_field_widget[name=disposition_id] input:value(/${way}/)`,
        },
        {
            trigger: ".modal .o_form_button_save:enabled",
            run: "click",
        },
        {
            content: "The dialog is closed",
            trigger: "body:not(:has(.modal))",
        },
        {
            content: "The goods show their grade",
            trigger: `.o_field_widget[name=line_ids] .o_data_row:contains(${grade})`,
        },
        {
            content: "Confirm the inspection",
            trigger: "button[name=action_inspected]:enabled",
            run: "click",
        },
        isInStage("Inspected"),
        {
            content: `It goes this way: ${way}`,
            trigger: `.o_field_widget[name=line_ids] .o_data_row:contains(${way})`,
        },
    ];
}

/** Settle the return that is open. */
export function settle() {
    return [
        {
            content: "Settle",
            trigger: "button[name=action_settle]:enabled",
            run: "click",
        },
        {
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        isInStage("Settled"),
    ];
}
