/** The dispatcher's morning: new orders go to outlets, the outlet answers, the day is planned. */
import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";
import { advance, enterCustomer, inTime, isInStage } from "./tour_steps";

const tours = registry.category("web_tour.tours");
const row = (customer) => `.o_data_row:contains(${customer})`;
const isAnswered = (customer, answer) => ({
    content: `The outlet's answer for ${customer}: ${answer}`,
    trigger: `${row(customer)} .o_data_cell[name=offer_state]:contains(${answer})`,
});
const isDoneBy = (customer, technician) => ({
    content: `${customer} is served by ${technician}`,
    trigger: `${row(customer)} .o_data_cell[name=technician_id]:contains(${technician})`,
});

/** Mark the rows of these customers, and nothing else. */
function select(...customers) {
    return [
        ...customers.map((customer) => ({
            content: `Mark the order of ${customer}`,
            trigger: `${row(customer)}:not(.o_data_row_selected) .o_list_record_selector input`,
            run: "click",
        })),
        {
            trigger: `.o_control_panel .o_selection_box:contains(${customers.length})`,
        },
    ];
}

const unselect = {
    content: "Nothing is marked any more",
    trigger: ".o_list_renderer:not(:has(.o_data_row_selected))",
};

const showList = {
    content: "Show the list",
    trigger: ".o_cp_switch_buttons .o_switch_view.o_list",
    run: "click",
};

/** Open the order of a customer, assess it and come back to the list. */
function assess(customer) {
    return [
        {
            content: `Open the order of ${customer}`,
            trigger: `${row(customer)} .o_list_record_open_form_view button`,
            run: "click",
        },
        isInStage("New Calls"),
        ...advance("Assess", "Assessed"),
        {
            trigger: ".o_control_panel .o_back_button",
            run: "click",
        },
        {
            content: `The list knows that ${customer} is assessed`,
            trigger: `${row(customer)} .o_data_cell[name=stage_id]:contains(Assessed)`,
        },
    ];
}

/** Register what a new customer of California called about, with the time they wish. */
function takeCall(name, city) {
    const customer = `Customer ${name}`;
    return [
        {
            content: `Take the call of ${customer}`,
            trigger: ".o-kanban-button-new, .o_control_panel .o_form_button_create",
            run: "click",
        },
        ...enterCustomer(customer, city),
        {
            trigger: ".o_field_widget[name=date_planned] input, .o_field_widget[name=date_planned] button",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=date_planned] input",
            run: "edit 12/28/2035 09:00:00 && press Enter",
        },
        ...stepUtils.saveForm(),
        isInStage("New Calls"),
    ];
}

tours.add("aftersales_morning_calls", {
    steps: () => inTime([
        ...takeCall("One", "Oakland"),
        ...takeCall("Two", "Berkeley"),
        ...takeCall("Three", "Fresno"),
        ...takeCall("Four", "Fremont"),
    ]),
});

tours.add("aftersales_morning_offer", {
    steps: () => inTime([
        showList,
        ...["One", "Two", "Three", "Four"].flatMap((name) => assess(`Customer ${name}`)),
        ...select("Customer One", "Customer Two", "Customer Three"),
        {
            content: "Offer them to their outlets",
            trigger: ".o_control_panel button[name=action_offer_to_outlet]:enabled",
            run: "click",
        },
        isAnswered("Customer One", "Offered"),
        isAnswered("Customer Two", "Offered"),
        isAnswered("Customer Three", "Offered"),
    ]),
});

tours.add("aftersales_morning_outlet", {
    steps: () => inTime([
        {
            content: "The home page shows that offers wait",
            trigger: ".o_portal_index_card a[href='/my/outlet?section=offers']:contains(3)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Decline the third",
            trigger: ".o_aftersales_outlet_order:contains(Fresno) summary",
            run: "click",
        },
        {
            trigger: ".o_aftersales_outlet_order:contains(Fresno) input[name=reason]",
            run: "edit No ladder truck today",
        },
        {
            trigger: ".o_aftersales_outlet_order:contains(Fresno) button[name=decline]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_aftersales_outlet:not(:contains(Fresno))",
        },
        {
            content: "Accept the first",
            trigger: ".o_aftersales_outlet_order:contains(Oakland) button[name=accept]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Now the customer is named",
            trigger: ".o_aftersales_outlet:contains(Customer One)",
        },
        {
            content: "Give it to a technician",
            trigger: ".form-check:contains(Tour Zhao) input[type=radio]",
            run: "click",
        },
        {
            trigger: "button[name=assign]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_aftersales_outlet .card:contains(Dispatched):contains(Tour Zhao)",
        },
        {
            trigger: ".o_aftersales_outlet a[href='/my/outlet']:contains(Back)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Accept the second, which waits for a technician",
            trigger: ".o_aftersales_outlet_order:contains(Berkeley) button[name=accept]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_aftersales_outlet:contains(Customer Two) button[name=assign]",
        },
    ]),
});

tours.add("aftersales_morning_plan", {
    steps: () => inTime([
        showList,
        isAnswered("Customer One", "Accepted"),
        isDoneBy("Customer One", "Tour Zhao"),
        isAnswered("Customer Three", "Offered"),
        ...select("Customer Two"),
        {
            content: "Give the unassigned orders to the technician with the fewest",
            trigger: ".o_control_panel button[name=action_assign_technician]:enabled",
            run: "click",
        },
        isDoneBy("Customer Two", "Tour Wang"),
        unselect,
        {
            content: "Show the board",
            trigger: ".o_cp_switch_buttons .o_switch_view.o_kanban",
            run: "click",
        },
        {
            // the board shows what it remembers first: what is done to it would be lost
            content: "The board has read who does the second order",
            trigger: ".o_kanban_group:contains(Tour Wang) .o_kanban_record:contains(Customer Two)",
        },
        {
            content: "The unassigned orders stand open: fold them",
            trigger: ".o_kanban_group:not(.o_column_folded):contains(None) .o_kanban_header_title",
            run: "hover && click .o_kanban_group:contains(None) .o_group_config button",
        },
        {
            trigger: ".o-dropdown--group-config-menu .o_kanban_toggle_fold",
            run: "click",
        },
        {
            trigger: ".o_kanban_group.o_column_folded:contains(None)",
        },
        {
            content: "Drag the first order to the other technician",
            trigger: ".o_kanban_group:contains(Tour Zhao) .o_kanban_record:contains(Customer One)",
            run: "drag_and_drop(.o_kanban_group:contains(Tour Wang))",
        },
        {
            trigger: ".o_kanban_group:contains(Tour Wang) .o_kanban_record:contains(Customer One)",
        },
        {
            content: "Unfold the unassigned orders",
            trigger: ".o_kanban_group.o_column_folded:contains(None)",
            run: "click",
        },
        {
            content: "Open the fourth order",
            trigger: ".o_kanban_record:contains(Customer Four)",
            run: "click",
        },
        isInStage("Assessed"),
        {
            content: "Rare steps stand under the gear",
            trigger: ".o_cp_action_menus .dropdown-toggle",
            run: "click",
        },
        {
            trigger: ".o-dropdown--menu .dropdown-item:contains(Put on Hold)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason_id] input",
            run: "click",
        },
        {
            trigger: ".ui-autocomplete .ui-menu-item a:contains(Waiting for the customer)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason_id]:has(input:value(/Waiting/))",
        },
        {
            trigger: ".modal button[name=action_hold]",
            run: "click",
        },
        {
            content: "The clocks of the fourth stand still",
            trigger: ".o_widget_web_ribbon .ribbon:contains(On Hold)",
        },
        {
            trigger: ".o_control_panel .o_back_button",
            run: "click",
        },
        showList,
        // the list shows what it remembers first: marks would be lost when it reads again
        isDoneBy("Customer One", "Tour Wang"),
        ...select("Customer One", "Customer Two"),
        {
            content: "Plan both for another day",
            trigger: ".o_control_panel .btn-primary:contains(Dispatch):enabled",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=date_planned] input, .modal .o_field_widget[name=date_planned] button",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=date_planned] input",
            run: "edit 12/30/2035 09:00:00 && press Enter",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit The bridge is closed",
        },
        {
            trigger: ".modal button[name=action_dispatch]:enabled",
            run: "click",
        },
        {
            trigger: ".modal .alert-success:contains(2 orders are dispatched)",
        },
        {
            trigger: ".modal .modal-footer .btn-primary:contains(Close)",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ]),
});
