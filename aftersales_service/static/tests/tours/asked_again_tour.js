import { registry } from "@web/core/registry";
import { inTime } from "./tour_steps";

registry.category("web_tour.tours").add("aftersales_asked_again", {
    steps: () => inTime([
        {
            content: "Take a call",
            trigger: ".o-kanban-button-new",
            run: "click",
        },
        {
            content: "The caller gives a phone number",
            trigger: ".o_field_widget[name=phone] input",
            run: "edit 650-555-0177 && press Tab",
        },
        {
            content: "A colleague has an open order of this caller",
            trigger: ".alert-warning [data-order]:contains(Agent Anna):not(:has(a))",
        },
        {
            content: "The customer asks again: it is counted there",
            trigger: ".alert-warning [data-order] button[name=remind]:contains(Asked Again (1))",
            run: "click",
        },
        {
            content: "What was typed is gone: leaving the page saves no new order",
            trigger: "body:not(:has(.alert-warning [data-order]))",
        },
        {
            trigger: ".o_notification:contains(Counted on)",
        },
        {
            trigger: ".o_back_button, .breadcrumb-item a",
            run: "click",
        },
        {
            trigger: ".o_kanban_view",
        },
    ]),
});
