import { registry } from "@web/core/registry";

/** A storekeeper validates a receipt of two parts: one lot is accepted, the other rejected. */
registry.category("web_tour.tours").add("aftersales_receiving_inspection", {
    steps: () => [
        { content: "Validate", trigger: "button[name=button_validate]", run: "click" },
        {
            content: "Two inspections wait",
            trigger: ".o_data_row:contains(800, accept up to 2) .o_data_cell[name=name]",
            run: "click",
        },
        {
            content: "What to take stands above all",
            trigger: ".oe_title:contains(Take 80 of 800, accept up to 2)",
        },
        { trigger: "button[name=action_accept]", run: "click" },
        {
            content: "The next part follows",
            trigger: ".oe_title:contains(Take 50 of 200, accept up to 1)",
        },
        {
            trigger: ".o_field_widget[name=defect_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=defect_ids] .o_field_widget[name=name] input",
            run: "edit Crack",
        },
        {
            trigger: ".o_field_widget[name=defect_ids] .o_field_widget[name=quantity] input",
            run: "edit 5",
        },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: "button.btn-primary[name=action_reject]", run: "click" },
        { content: "Back at the receipt", trigger: "button[name=button_validate]", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Done)" },
    ],
});
