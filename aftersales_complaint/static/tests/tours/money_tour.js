import { choose, openPage } from "@aftersales_service/../tests/tours/tour_steps";
import { registry } from "@web/core/registry";

// one dot of a picture
const PIXEL =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const isIn = (label) => ({
    content: `It is ${label}`,
    trigger: `.o_statusbar_status .o_arrow_button_current:contains(${label})`,
});
const click = (trigger, content) => ({ content: content || trigger, trigger, run: "click" });

/** A complaint manager writes down a loss, takes the proposed shares and serves the notice. */
registry.category("web_tour.tours").add("aftersales_liability_sheet", {
    steps: () => [
        click(".o_field_widget[name=loss_ids] .o_field_x2many_list_row_add a", "Add a loss"),
        {
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit Carpet",
        },
        {
            trigger: ".modal .o_field_widget[name=value]:visible input",
            run: "edit 800",
        },
        click(".modal .o_form_button_save"),
        {
            trigger: ".o_field_widget[name=loss_ids] .o_data_row:contains(Carpet)",
        },
        click("button[name=action_propose_shares]"),
        {
            content: "All of it is the company's until a party is named",
            trigger:
                ".o_field_widget[name=event_liability_ids] .o_data_row:contains(The Company Itself):contains(800.00)",
        },
        click("button[name=action_serve_liability]"),
        isIn("Notice Served"),
        {
            content: "What was decided takes no further loss",
            trigger:
                ".o_field_widget[name=loss_ids]:not(:has(.o_field_x2many_list_row_add)) .o_data_row",
        },
    ],
});

/** Give a file input a picture, which a person would choose in a window of the system. */
function chooseFile({ anchor }) {
    const bytes = Uint8Array.from(atob(PIXEL), (letter) => letter.charCodeAt(0));
    const files = new DataTransfer();
    files.items.add(new File([bytes], "glass.png", { type: "image/png" }));
    anchor.files = files.files;
    anchor.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Add a share to the sheet that is open, with its evidence. */
function addShare(party, field, name, share) {
    return [
        click(
            ".o_field_widget[name=event_liability_ids] .o_field_x2many_list_row_add a",
            `Add ${party}`
        ),
        click(".modal .o_field_widget[name=party] input"),
        click(`.o_select_menu_item:contains(/^${party}$/)`),
        ...choose(field, name, ".modal"),
        {
            trigger: ".modal .o_field_widget[name=share] input",
            run: `edit ${share}`,
        },
        {
            trigger: ".modal .o_field_widget[name=reason] textarea",
            run: "edit Glass with tension was not found",
        },
        {
            trigger: ".modal .o_field_widget[name=photo_ids] input[type=file]:not(:visible)",
            run: chooseFile,
        },
        {
            trigger: ".modal .o_field_widget[name=photo_ids]:contains(glass.png)",
        },
        click(".modal .o_form_button_save"),
        {
            trigger: `.o_field_widget[name=event_liability_ids] .o_data_row:contains(${name})`,
        },
    ];
}

/** A complaint manager shares a loss between a supplier and a department. */
registry.category("web_tour.tours").add("complaint_liability_shared", {
    steps: () => [
        click(".o_field_widget[name=loss_ids] .o_field_x2many_list_row_add a", "Add a loss"),
        {
            trigger: ".modal .o_field_widget[name=value]:visible input",
            run: "edit 2500",
        },
        click(".modal .o_form_button_save"),
        {
            trigger: ".o_field_widget[name=loss_ids] .o_data_row:contains(2,500.00)",
        },
        ...addShare("Supplier", "partner_id", "Glass Works", "40"),
        ...addShare("Department", "department_id", "Assembly", "60"),
        click("button[name=action_serve_liability]"),
        isIn("Notice Served"),
    ],
});

/** The supplier is asked for its share. */
registry.category("web_tour.tours").add("complaint_recovery_claimed", {
    steps: () => [
        click("button[name=action_recover]"),
        click("button[name=action_submit]"),
        isIn("Submitted"),
        click("button[name=action_accept]"),
        isIn("Accepted"),
    ],
});

/** Another manager decides on each line, writes down what was agreed and drafts the entry. */
registry.category("web_tour.tours").add("complaint_recovery_agreed", {
    steps: () => [
        click(".o_field_widget[name=line_ids] .o_data_row .o_data_cell[name=decision]"),
        click(".o_selected_row .o_field_widget[name=decision] input"),
        click(".o_select_menu_item:contains(/^Approved$/)"),
        ...openPage("agreement"),
        {
            trigger: ".o_field_widget[name=agreement] textarea",
            run: "edit 1,000, deducted from the next delivery",
        },
        click("button[name=action_agree]"),
        isIn("Agreed"),
        click("button[name=action_settle]"),
        isIn("Booked"),
    ],
});

/** An officer names a person, splits the unit's amount and asks for the statement. */
registry.category("web_tour.tours").add("aftersales_penalty_officer", {
    steps: () => [
        click(".o_field_widget[name=person_ids] .o_field_x2many_list_row_add a", "Name a person"),
        {
            trigger: ".o_selected_row .o_field_widget[name=employee_id] input",
            run: "edit Wu Wei",
        },
        click(".ui-menu-item a:contains(Wu Wei)"),
        {
            content: "The base points came with the person",
            trigger: ".o_selected_row .o_field_widget[name=base_points] input:value(1.00)",
        },
        click("button[name=action_split_points]"),
        {
            trigger: ".o_field_widget[name=person_ids] .o_data_row:contains(1,500.00)",
        },
        click("button[name=action_create_penalties]"),
        click(".o_list_view .o_data_row:contains(Wu Wei) .o_data_cell[name=name]"),
        click("button[name=action_ask_statement]"),
        isIn("Statement Asked"),
    ],
});

/** The person concerned answers. */
registry.category("web_tour.tours").add("aftersales_penalty_person", {
    steps: () => [
        click(".o_list_view .o_data_row:contains(1,500.00) .o_data_cell[name=name]"),
        click(".o_notebook .nav-link:contains(Statement)"),
        {
            trigger: ".o_field_widget[name=statement] textarea",
            run: "edit I was alone on two lines",
        },
        click("button[name=action_hand_in]"),
        {
            trigger: ".o_form_view:not(:has(button[name=action_hand_in])) .o_field_widget[name=date_stated]",
        },
    ],
});

/** A second officer approves. */
registry.category("web_tour.tours").add("aftersales_penalty_approve", {
    steps: () => [
        click(".o_list_view .o_data_row:contains(Wu Wei) .o_data_cell[name=name]"),
        click("button[name=action_approve]"),
        isIn("Approved"),
    ],
});

/** The officer gives the month to payroll. */
registry.category("web_tour.tours").add("aftersales_penalty_payroll", {
    steps: () => [
        click(".o_list_button_add"),
        click(".o_form_button_save"),
        {
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains(Wu Wei):contains(500.00)",
        },
        {
            trigger: ".o_field_widget[name=file] .fa-download, .o_field_widget[name=file] a",
        },
    ],
});
