import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const tab = (name) => ({
    content: `Open ${name}`,
    trigger: `.o_notebook .nav-link:contains(/^${name}/)`,
    run: "click",
});
const isIn = (label) => ({
    content: `It is ${label}`,
    trigger: `.o_statusbar_status .o_arrow_button_current:contains(${label})`,
});

/** The owner walks an 8D from the problem to the last action. */
registry.category("web_tour.tours").add("aftersales_capa_owner", {
    steps: () => [
        {
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=subject] input, .o_field_widget[name=subject] textarea",
            run: "edit Door glass breaks",
        },
        tab("D1"),
        {
            trigger: ".o_field_widget[name=problem] textarea",
            run: "edit It breaks at 200 degrees",
        },
        {
            trigger: "button[name=action_start]",
            run: "click",
        },
        isIn("In Progress"),
        {
            content: "Without a cause it is not implemented",
            trigger: "button[name=action_done]",
            run: "click",
        },
        {
            trigger: ".modal:contains(Name the root cause first) .modal-footer .btn-primary",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
        tab("D4"),
        {
            trigger: ".o_field_widget[name=why_1] input",
            run: "edit The glass has tension",
        },
        {
            trigger: ".o_field_widget[name=root_cause] textarea",
            run: "edit The furnace was changed",
        },
        tab("D5"),
        {
            trigger: ".o_field_widget[name=action_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".o_selected_row .o_field_widget[name=name] input",
            run: "edit Test each batch",
        },
        {
            trigger: ".o_selected_row .o_field_widget[name=evidence] textarea",
            run: "edit Report 17",
        },
        ...stepUtils.saveForm(),
        {
            trigger: ".o_field_widget[name=action_ids] .o_data_row button[name=action_done]",
            run: "click",
        },
        {
            content: "The action is done",
            trigger:
                ".o_field_widget[name=action_ids] .o_data_row:not(:has(button[name=action_done]))",
        },
        {
            trigger: ".o_statusbar_buttons button[name=action_done]",
            run: "click",
        },
        isIn("To Verify"),
    ],
});

/** Another person checks later whether the fault came back. */
registry.category("web_tour.tours").add("aftersales_capa_checker", {
    steps: () => [
        isIn("To Verify"),
        tab("Effect Check"),
        {
            trigger: ".o_field_widget[name=effect_note] textarea",
            run: "edit None in 90 days, five before",
        },
        {
            trigger: "button[name=action_effective]",
            run: "click",
        },
        isIn("Effective"),
    ],
});
