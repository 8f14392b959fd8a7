import { registry } from "@web/core/registry";

function click(trigger, content = undefined) {
    return { content, trigger, run: "click" };
}

/** Choose `label` in the selection field `name`. */
function select(name, label) {
    return [
        click(`.o_field_widget[name=${name}] input`),
        click(`.o_select_menu_item:contains(${label})`),
    ];
}

/** A survey manager designs a stratified wave, draws its sample and launches it. */
registry.category("web_tour.tours").add("aftersales_survey_wave_launch", {
    steps: () => [
        click(".o-kanban-button-new, .o_list_button_add", "A new wave"),
        { trigger: ".o_field_widget[name=name] input", run: "edit Yearly Round" },
        { trigger: ".o_field_widget[name=survey_id] input", run: "edit How was the repair" },
        click(".o-autocomplete--dropdown-item:contains(How was the repair?)"),
        ...select("population", "/^Customers$/"),
        {
            trigger:
                ".o_field_widget[name=date_deadline] input, .o_field_widget[name=date_deadline] button",
            run: "click",
        },
        { trigger: ".o_field_widget[name=date_deadline] input", run: "edit 12/01/2040 12:00:00 && press Enter" },
        click(".o_notebook .nav-link:contains(/^Sample$/)"),
        ...select("method", "Stratified"),
        ...select("stratum_by", "Province"),
        { trigger: ".o_field_widget[name=size_wished] input", run: "edit 40" },
        click(".o_statusbar_buttons button:contains(/^Draw Sample$/)", "Draw"),
        {
            content: "What was drawn is explained, and the strata are listed",
            trigger: ".o_field_widget[name=stratum_ids] .o_data_row",
        },
        click(".o_statusbar_buttons button:contains(/^Launch$/)"),
        click(".modal .btn-primary:contains(/^Ok$/)"),
        { content: "Each of them is invited", trigger: ".o_list_view .o_data_row:contains(Sampled)" },
    ],
});

/** A survey manager without a role of the service filters by orders: a number, no order. */
registry.category("web_tour.tours").add("aftersales_survey_wave_filter", {
    steps: () => [
        {
            content: "Three orders are counted, and cannot be opened",
            trigger:
                ".o_field_widget[name=domain] .o_domain_show_selection_button:disabled:contains(/^3 /)",
        },
        click(".o_field_widget[name=domain] a:contains(New Rule)"),
        {
            content: "The fields of orders are offered, and what is filtered is counted again",
            trigger:
                ".o_field_widget[name=domain]:has(.o_tree_editor_condition:eq(1)) .o_domain_show_selection_button:disabled",
        },
        click(".o_form_button_cancel"),
        { trigger: ".o_field_widget[name=domain]:not(:has(.o_tree_editor_condition:eq(1)))" },
    ],
});

/** The answers are there: figures on the board, a proposal, and the printed report. */
registry.category("web_tour.tours").add("aftersales_survey_wave_report", {
    steps: () => [
        click(".o_statusbar_buttons button:contains(/^Close$/)", "No further answer is taken"),
        click(".modal .btn-primary:contains(/^Ok$/)"),
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Closed)" },
        click("button[name=action_view_board]", "The figures of this wave"),
        {
            content: "The figure stands with its number, its reach and its interval",
            trigger: ".o_board_figure[data-metric=csi]:contains(80.0):contains(n = 30):contains(75.0 %)",
        },
        { trigger: ".o_board_response:contains(40):contains(30)" },
        click(".o_board_figure[data-metric=nps]"),
        { trigger: ".o_board_figure[data-metric=nps][aria-pressed=true]" },
        click(".o_board_response button[name=answers]", "What the figure is made of"),
        { trigger: ".o_list_view .o_data_row" },
        click(".o_breadcrumb .o_back_button, .o_breadcrumb a:contains(Yearly Round)"),
        { trigger: ".o_aftersales_satisfaction_board" },
        click(".o_breadcrumb .o_back_button, .o_breadcrumb a:contains(Yearly Round)"),
        click(".o_notebook .nav-link:contains(/^Report$/)"),
        { trigger: ".o_field_widget[name=report_summary] textarea", run: "edit Customers are content." },
        click("button[name=action_propose_improvement]"),
        { trigger: ".modal .o_field_widget[name=summary] input", run: "edit Call before the trip" },
        click(".modal button[name=action_schedule_activities], .modal .modal-footer .btn-primary"),
        { trigger: "body:not(:has(.modal))" },
        click(".o_statusbar_buttons button:contains(/^Print Report$/)"),
        {
            content: "The report has come",
            trigger: ".o_form_view",
            async run() {
                const came = () =>
                    performance
                        .getEntriesByType("resource")
                        .some((entry) => entry.name.includes("/report/download"));
                for (let turn = 0; turn < 300 && !came(); turn++) {
                    await new Promise((resolve) => setTimeout(resolve, 200));
                }
                if (!came()) {
                    throw new Error("The report did not come");
                }
            },
        },
    ],
});
