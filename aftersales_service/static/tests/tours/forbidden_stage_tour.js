import { registry } from "@web/core/registry";
import { inTime, isInStage } from "./tour_steps";

const refusal = [
    {
        content: "The refusal says why",
        trigger: ".modal .modal-body:contains(/cannot become “Scheduled”/)",
    },
    {
        content: "Close the dialog",
        trigger: ".modal .modal-footer .btn-primary",
        run: "click",
    },
    {
        trigger: "body:not(:has(.modal))",
    },
];

registry.category("web_tour.tours").add("aftersales_forbidden_stage", {
    steps: () => inTime([
        {
            content: "Drag the new call over the assessment",
            trigger: ".o_kanban_group:contains(New Calls) .o_kanban_record:contains(Wu Mei)",
            run: "drag_and_drop(.o_kanban_group:contains(Scheduled))",
        },
        ...refusal,
        {
            content: "The card went back; open it",
            trigger: ".o_kanban_group:contains(New Calls) .o_kanban_record:contains(Wu Mei)",
            run: "click",
        },
        isInStage("New Calls"),
        {
            content: "Click the stage in the status bar",
            trigger: ".o_statusbar_status button.o_arrow_button:contains(Scheduled)",
            run: "click",
        },
        ...refusal,
        {
            content: "Leave the order as it was",
            trigger: ".o_form_button_cancel",
            run: "click",
        },
        isInStage("New Calls"),
    ]),
});
