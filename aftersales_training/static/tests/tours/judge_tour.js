/** Who held a session judges its learners; officers look for needs: no button does nothing. */
import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** Give each step the time that a slow machine needs. */
const inTime = (steps) => steps.map((step) => ({ timeout: 30000, ...step }));

tours.add("aftersales_training_judge", {
    steps: () => inTime([
        {
            content: "A held session says what comes next",
            trigger: "button[name=action_view_to_judge]",
            run: "click",
        },
        {
            content: "The learner's form names the mark that is missing",
            trigger: ".alert[name=missing]:contains(practice exam)",
        },
        {
            trigger: "button[name=action_judge]",
            run: "click",
        },
        {
            content: "Judge says why nothing was judged",
            trigger: ".o_notification:contains(practice exam)",
        },
        {
            trigger: "button[name=action_view_checks]",
            run: "click",
        },
        {
            content: "The open exam is one click away",
            trigger: ".o_form_view .o_field_widget[name=examiner_id]",
        },
    ]),
});

tours.add("aftersales_training_find_needs", {
    steps: () => inTime([
        {
            trigger: ".o_list_view button[name=action_propose], .o_control_panel button[name=action_propose]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row td:contains(Technician Tom)",
        },
    ]),
});
