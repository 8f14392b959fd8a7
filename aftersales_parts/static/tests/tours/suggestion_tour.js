import { registry } from "@web/core/registry";

const row = (part) => `.o_data_row:has(.o_data_cell[name=product_id]:contains(${part}))`;

/** The planner reads why, applies one suggestion and refuses the other with a reason. */
registry.category("web_tour.tours").add("aftersales_part_suggestions", {
    steps: () => [
        {
            content: "The chart and the reason stand beside the numbers",
            trigger: `${row("Tour Season")} svg[role=img] rect`,
        },
        {
            trigger: `${row("Tour Season")}:contains(5 → 50):contains(With its season)`,
        },
        {
            trigger: `${row("Tour Season")} .o_list_record_selector input`,
            run: "click",
        },
        {
            trigger: ".o_control_panel button[name=action_apply]",
            run: "click",
        },
        {
            content: "What is decided leaves the list",
            trigger: `.o_list_view:not(:has(${row("Tour Season")}))`,
        },
        {
            trigger: `${row("Tour Steady")} .o_list_record_selector input`,
            run: "click",
        },
        {
            trigger: ".o_control_panel button[name=action_refuse]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit The campaign ends",
        },
        {
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        {
            content: "The empty list teaches",
            trigger: ".o_view_nocontent_smiling_face:contains(No suggestion waits)",
        },
    ],
});
