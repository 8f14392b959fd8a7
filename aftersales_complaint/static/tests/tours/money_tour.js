import { registry } from "@web/core/registry";

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
