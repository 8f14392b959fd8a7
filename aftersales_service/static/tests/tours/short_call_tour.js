/** A call from the phone number to the technician's phone, in seven clicks. */
import { registry } from "@web/core/registry";
import { inTime, isInStage } from "./tour_steps";

registry.category("web_tour.tours").add("aftersales_short_call", {
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
            content: "The open order of another unit of this caller stands beside",
            trigger: ".alert-warning [data-order]:contains(New Calls)",
        },
        {
            content: "Choose the unit that the call is about",
            trigger: "[data-unit]:contains(TOUR-7001)",
            run: "click",
        },
        {
            content: "The unit fills the order",
            trigger: ".o_field_widget[name=serial] input:value(TOUR-7001)",
        },
        {
            trigger: ".o_field_widget[name=description] textarea",
            run: "edit It hums",
        },
        {
            trigger: "button[name=action_open_schedule]:enabled",
            run: "click",
        },
        {
            content: "Who may go stands there, with the day",
            trigger: ".modal [data-person='Technician Tom']",
            run: "click",
        },
        {
            trigger: ".modal [data-person='Technician Tom'][aria-checked=true]",
        },
        {
            trigger: ".modal button[name=action_dispatch]:enabled",
            run: "click",
        },
        isInStage("Dispatched"),
    ]),
});
