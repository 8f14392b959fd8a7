/** A technician on a phone: the dispatcher sends them out, and sees what they bring back. */
import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";
import { choose, enterCustomer, inTime, isInStage, openPage, planVisit } from "./tour_steps";

const tours = registry.category("web_tour.tours");

/** Write a warranty card for the unit that the caller reads out, bought today. */
function enterCard(serial) {
    return [
        {
            content: "No card has the serial number",
            trigger: ".o_field_widget[name=warranty_id] input",
            run: `edit ${serial}`,
        },
        {
            trigger: ".ui-autocomplete .o_m2o_dropdown_option_create_edit a",
            run: "click",
        },
        {
            content: "The card knows what was entered before",
            trigger: `.modal .o_field_widget[name=serial] input:value(${serial})`,
        },
        {
            trigger: ".modal .o_field_widget[name=delivery_date] input, .modal .o_field_widget[name=delivery_date] button",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=delivery_date] input",
            run: `edit ${luxon.DateTime.now().toFormat("MM/dd/yyyy")} && press Enter`,
        },
        {
            trigger: ".modal .o_form_button_save:enabled",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
        {
            content: "The warranty is judged",
            trigger: ".alert-success:contains(Covered by)",
        },
    ];
}

tours.add("aftersales_phone_dispatch", {
    steps: () => inTime([
        {
            content: "Take the first call of the firm",
            trigger: ".o-kanban-button-new",
            run: "click",
        },
        ...enterCustomer("Lin Tao", "Oakland"),
        {
            trigger: ".o_field_widget[name=phone] input",
            run: "edit +1 510 555 0142",
        },
        ...choose("product_id", "Tour Conditioner"),
        {
            trigger: ".o_field_widget[name=serial] input",
            run: "edit TOUR-7100",
        },
        {
            content: "Write down the customer's words",
            trigger: ".o_field_widget[name=description] textarea",
            run: "edit It hums and does not cool",
        },
        // a dialog is opened with what the form has learnt: the answer on the serial number is in
        ...stepUtils.saveForm(),
        ...enterCard("TOUR-7100"),
        ...stepUtils.saveForm(),
        isInStage("New Calls"),
        ...planVisit(
            `${luxon.DateTime.now().toFormat("MM/dd/yyyy")} 12:00:00`, "Technician Tom"),
    ]),
});

tours.add("aftersales_phone_result", {
    steps: () => inTime([
        {
            content: "The board shows the order as done",
            trigger: ".o_kanban_group:contains(Done) .o_kanban_record:contains(Lin Tao)",
            run: "click",
        },
        isInStage("Done"),
        {
            content: "The technician's words are there",
            trigger: ".o_field_widget[name=solution] textarea:value(Capacitor changed)",
        },
        ...openPage("parts"),
        {
            content: "The warranty pays for the part",
            trigger: ".o_field_widget[name=part_ids] .o_data_row:contains(Tour Capacitor):has([name=is_aftersales_covered] input:checked)",
        },
        ...openPage("acceptance"),
        {
            content: "The customer signed",
            trigger: ".o_field_widget[name=signed_by] input:value(Lin Tao)",
        },
        {
            trigger: ".o_field_widget[name=signature] img",
        },
    ]),
});
