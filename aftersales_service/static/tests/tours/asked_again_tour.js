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
            run: "edit 650-555-0177 && click body",
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
            trigger: ".alert-warning button[name=remind]:disabled:contains(Asked Again (2))",
        },
        {
            content: "No new order is needed",
            trigger: ".o_form_button_cancel",
            run: "click",
        },
        {
            trigger: ".o_kanban_view",
        },
    ]),
});
