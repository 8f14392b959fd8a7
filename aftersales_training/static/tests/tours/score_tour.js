/** A month's score: an officer makes the sheets and looks at the orders behind, a lead reviews. */
import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const tours = registry.category("web_tour.tours");

/** Give each step the time that a slow machine needs. */
const inTime = (steps) => steps.map((step) => ({ timeout: 30000, ...step }));

/** Open an entry of the menu Performance, from the home of the backend. */
const openMenu = (entry) => [
    stepUtils.showAppsMenuItem(),
    {
        trigger: ".o_app[data-menu-xmlid='aftersales_training.aftersales_training_menu_root']",
        run: "click",
    },
    {
        trigger: "[data-menu-xmlid='aftersales_training.aftersales_training_menu_performance']",
        run: "click",
    },
    {
        trigger: `.dropdown-item[data-menu-xmlid='aftersales_training.${entry}']`,
        run: "click",
    },
];

const openSheet = [
    {
        trigger: ".o_list_view .o_data_row td:contains(Technician Tom)",
        run: "click",
    },
];

tours.add("aftersales_score_make", {
    steps: () => inTime([
        ...openMenu("aftersales_training_menu_score_run"),
        {
            content: "Last month is proposed",
            trigger: ".modal button[name=action_make]",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
        ...openSheet,
        {
            content: "Four of five repairs held at once",
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains(First-time Fix) td[name=points]:contains(65.0)",
        },
        {
            content: "Open the orders behind",
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains(First-time Fix) button[name=action_open_cases]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:eq(4)",
        },
        {
            trigger: ".o_breadcrumb .breadcrumb-item:last a, .o_back_button",
            run: "click",
        },
        {
            trigger: "button[name=action_ask_comment]:enabled",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Own Comment)",
        },
    ]),
});

tours.add("aftersales_score_review", {
    steps: () => inTime([
        ...openSheet,
        {
            trigger: ".nav-link[name=review]",
            run: "click",
        },
        {
            content: "The person's comment is read",
            trigger: ".o_field_widget[name=own_comment]:contains(rare part)",
        },
        {
            trigger: ".o_field_widget[name=manager_reason] textarea",
            run: "edit Parts are taken along from now on",
        },
        {
            trigger: "button[name=action_serve]:enabled",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Served)",
        },
    ]),
});
