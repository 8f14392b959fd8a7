import { advance, goBack, inTime, isInStage, openPage } from "@aftersales_service/../tests/tours/tour_steps";
import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

/** The one who handles the order records that the work is done. */
registry.category("web_tour.tours").add("low_rating_work_done", {
    steps: () => inTime([...advance("Done", "Done")]),
});

/** The customer opens the link of the message, which a cookie carries, and taps a 3 of 10. */
registry.category("web_tour.tours").add("low_rating_tap", {
    steps: () => inTime([
        {
            content: "Open the page of the message",
            trigger: "body",
            run() {
                const frame = document.createElement("iframe");
                frame.src = document.cookie.match(/feedback=([^;]+)/)[1];
                frame.style.cssText = "position: fixed; inset: 0; z-index: 9999; background: #fff; width: 390px; height: 100%";
                document.body.append(frame);
            },
        },
        {
            content: "The page names the technician, not the customer",
            trigger: ":iframe .o_feedback_service:contains(Technician Tom)",
        },
        {
            content: "One tap",
            trigger: ":iframe .o_feedback_numbers button:contains(/^3$/)",
            run: "click",
        },
        {
            content: "It is saved at once",
            trigger: ":iframe .o_feedback_thanks:contains(We are sorry)",
        },
        {
            content: "In words",
            trigger: ":iframe textarea",
            run: "edit It drips again && click body",
        },
        {
            trigger: ":iframe .o_feedback_saved:contains(Saved)",
        },
        {
            content: "The loop opens at the end: until then a slip can be corrected",
            trigger: ":iframe .o_feedback_rest button[type=submit]",
            run: "click",
        },
        {
            trigger: ":iframe h1:contains(Thank you)",
        },
    ]),
});

/** The owner of the loop finds its complaint, and solves it with the customer. */
registry.category("web_tour.tours").add("low_rating_fixed", {
    steps: () => inTime([
        {
            content: "The loop is open, with the customer's words",
            trigger: ".o_data_row:contains(Li Na) .o_data_cell[name=reason]:contains(3 of 10)",
            run: "click",
        },
        { trigger: ".o_field_widget[name=comment]:contains(It drips again)" },
        { trigger: ".oe_stat_button[name=action_view_complaint]", run: "click" },
        isInStage("To Judge"),
        ...openPage("propose"),
        {
            content: "What was done",
            trigger: ".o_field_widget[name=answer] textarea",
            run: "edit We sealed the joint and checked it for an hour",
        },
        ...stepUtils.saveForm(),
        { trigger: "button[name=action_solve_now]:enabled", run: "click" },
        isInStage("Closed with Customer"),
        goBack("Li Na"),
        isInStage("Second Interview"),
        { trigger: ".o_field_widget[name=solution] textarea:value(/sealed the joint/)" },
    ]),
});

/** The interviewer asks once more: nine of ten. */
registry.category("web_tour.tours").add("low_rating_asked_again", {
    steps: () => inTime([
        { trigger: ".o_desk_entry:contains(Li Na) .badge:contains(Second Interview)" },
        { content: "What was done since", trigger: ".o_desk_loop:contains(sealed the joint)" },
        {
            trigger: ".o_desk_current:contains(recommend)",
            run() {
                document.body.dispatchEvent(
                    new KeyboardEvent("keydown", { key: "9", bubbles: true })
                );
            },
        },
        {
            content: "Nine",
            trigger: ".o_desk_question:contains(recommend) .btn-primary:contains(/^9$/)",
        },
        {
            trigger: ".o_desk_current:contains(friendly)",
            run() {
                document.body.dispatchEvent(
                    new KeyboardEvent("keydown", { key: "5", bubbles: true })
                );
            },
        },
        { trigger: ".o_desk_question:contains(friendly) .btn-primary:contains(/^5$/)" },
        { trigger: ".o_desk_result[data-result=reached]:enabled", run: "click" },
        { content: "The queue is empty", trigger: ".o_desk_empty" },
    ]),
});
