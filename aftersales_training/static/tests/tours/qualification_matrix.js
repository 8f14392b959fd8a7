import { registry } from "@web/core/registry";

/** Choose a person by keys, note a training need, then stop dispatching for a licence. */
registry.category("web_tour.tours").add("aftersales_qualification_matrix", {
    steps: () => [
        {
            trigger: ".o_aftersales_matrix th.o_matrix_law:contains('High Ladder')",
        },
        {
            trigger: ".o_aftersales_matrix .alert:contains('for “Split Installation”')",
        },
        {
            trigger: ".o_aftersales_matrix select[name=outlet_id]",
            run: "selectByLabel Olga's Station",
        },
        {
            trigger: ".o_matrix_sentences li:contains('1 of 2 may do “High Ladder”')",
        },
        {
            trigger: "tr:contains('Technician Tom') td[data-label='High Ladder'].o_matrix_valid",
            run: "click",
        },
        {
            trigger: ".o_matrix_choice:contains('Technician Tom: High Ladder')",
        },
        {
            trigger: "td.o_matrix_chosen",
            run: "press ArrowRight",
        },
        {
            trigger: ".o_matrix_choice:contains('Technician Tom: Split Installation')",
        },
        {
            trigger: "td.o_matrix_chosen",
            run: "press t",
        },
        {
            trigger: ".o_notification:contains('The training need is noted')",
        },
        {
            trigger: "td.o_matrix_chosen",
            run: "press ArrowLeft",
        },
        {
            trigger: ".o_matrix_choice:contains('Technician Tom: High Ladder')",
        },
        {
            trigger: ".o_matrix_actions button[name=stop]",
            run: "click",
        },
        {
            trigger: ".modal div[name=reason] input",
            run: "edit Health check is missing",
        },
        {
            trigger: ".modal footer button[name=action_revoke]",
            run: "click",
        },
        {
            trigger: "tr:contains('Technician Tom') td[data-label='High Ladder'].o_matrix_revoked",
        },
        {
            trigger: ".o_matrix_sentences li:contains('0 of 2 may do “High Ladder”')",
        },
    ],
});
