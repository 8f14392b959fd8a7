import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const click = (trigger, content) => ({ content, trigger, run: "click" });
const isIn = (label) => ({
    content: `It is ${label}`,
    trigger: `.o_statusbar_status .o_arrow_button_current:contains(${label})`,
});
const choose = (field, name) => [
    {
        content: `Choose ${name}`,
        trigger: `.o_field_widget[name=${field}] input`,
        run: `edit ${name}`,
    },
    click(`.o-autocomplete--dropdown-item:contains(${name}) a, .o-autocomplete--dropdown-item a:contains(${name})`),
];
const save = click(".o_form_button_save", "Save");

/** The dispatcher chooses a technician who has no certificate yet. */
tours.add("aftersales_qualified_not_before", {
    steps: () => [
        ...choose("technician_id", "Technician Tom"),
        click(
            ".modal:contains(the certificate “Split Installation” is missing) .modal-footer button",
            "The form warns at once"
        ),
        { trigger: "body:not(:has(.modal))" },
        save,
        click(
            ".modal:contains(Technician Tom may not do) .modal-footer .btn-primary",
            "It is not saved"
        ),
        { trigger: "body:not(:has(.modal))" },
        click(".o_form_button_cancel", "Leave it"),
        { trigger: ".o_form_saved, .o_form_view:not(:has(.o_form_button_save:visible))" },
    ],
});

/** The complaint desk finds the complaint founded. */
tours.add("aftersales_qualified_complaint", {
    steps: () => [
        click("button[name=action_judge]", "The complaint is founded"),
        { trigger: "button[name=action_assign]" },
    ],
});

/** The training officer puts the need into a plan and submits it. */
tours.add("aftersales_qualified_plan", {
    steps: () => [
        click(".o_list_button_add", "A plan"),
        click("button[name=action_collect]", "Collect the open needs"),
        { trigger: ".o_data_row:contains(Technician Tom):contains(Split Units)" },
        click("button[name=action_submit]", "Submit it"),
        isIn("Submitted"),
    ],
});

/** Another person approves the plan; it begins. */
tours.add("aftersales_qualified_approve", {
    steps: () => [
        click("button[name=action_approve]", "Approve it"),
        isIn("Approved"),
        click("button[name=action_start]", "It begins"),
        isIn("In Progress"),
    ],
});

/** The officer makes a session of the need, names who holds it, and invites. */
tours.add("aftersales_qualified_session", {
    steps: () => [
        click(".o_data_row:contains(Technician Tom):contains(Split Units) .o_data_cell[name=user_id]"),
        click("button[name=action_plan_session]", "Make a session"),
        { trigger: ".o_form_view .o_statusbar_status .o_arrow_button_current:contains(Planned)" },
        ...choose("trainer_id", "Coach Carl"),
        click("button[name=action_confirm]", "Confirm and invite"),
        isIn("Confirmed"),
    ],
});

/** The dispatcher chooses the same technician again: now it is saved, without a word. */
tours.add("aftersales_qualified_dispatched", {
    steps: () => [
        ...choose("technician_id", "Technician Tom"),
        save,
        { trigger: ".o_form_saved, .o_form_view:not(:has(.o_form_button_save:visible))" },
        { trigger: "body:not(:has(.modal))" },
    ],
});
