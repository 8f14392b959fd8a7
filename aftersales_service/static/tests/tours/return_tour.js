import { registry } from "@web/core/registry";
import { choose, deliverSale, inTime, inspect, isInStage, settle } from "./tour_steps";

/** The seller confirms, delivers and takes the goods back again. */
registry.category("web_tour.tours").add("aftersales_return_desk", {
    steps: () => inTime([
        ...deliverSale(),
        {
            content: "The customer brings it back",
            trigger: "button[name=action_create_return]:enabled",
            run: "click",
        },
        ...choose("reason_id", "Faulty", ".modal"),
        {
            content: "One unit",
            trigger: ".modal .o_data_row:contains(TOUR-R1) .o_data_cell[name=quantity]",
            run: "click",
        },
        {
            trigger: ".modal .o_selected_row [name=quantity] input",
            run: "edit 1",
        },
        {
            content: "Register the return",
            trigger: ".modal button[name=action_create]:enabled",
            run: "click",
        },
        isInStage("Requested"),
        {
            content: "The law gives the money back",
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains(Art. 9):contains(3,000.00)",
        },
        {
            content: "Authorise it",
            trigger: "button[name=action_authorise]:enabled",
            run: "click",
        },
        isInStage("Authorised"),
        {
            content: "The number for the parcel is there",
            trigger: ".o_field_widget[name=rma]:contains(RMA)",
        },
    ]),
});

/** The workshop receives, inspects and settles. */
registry.category("web_tour.tours").add("aftersales_return_workshop", {
    steps: () => inTime([...inspect("A: Like New", "Restock"), ...settle()]),
});
