import { registry } from "@web/core/registry";
import { choose, isInStage } from "./tour_steps";

/** The seller confirms, delivers and takes the goods back again. */
registry.category("web_tour.tours").add("aftersales_return_desk", {
    steps: () => [
        {
            content: "Confirm the sale",
            trigger: "button[name=action_confirm]:enabled",
            run: "click",
        },
        isInStage("Sales Order"),
        {
            content: "Open the delivery",
            trigger: "button[name=action_view_delivery]",
            run: "click",
        },
        {
            content: "Validate it",
            trigger: "button[name=button_validate]:enabled",
            run: "click",
        },
        isInStage("Done"),
        {
            content: "Back to the sale",
            trigger: ".o_control_panel .o_breadcrumb .o_back_button",
            run: "click",
        },
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
    ],
});

/** The workshop receives, inspects and settles. */
registry.category("web_tour.tours").add("aftersales_return_workshop", {
    steps: () => [
        {
            content: "Receive the goods",
            trigger: "button[name=action_receive]:enabled",
            run: "click",
        },
        isInStage("Received"),
        {
            content: "Open the unit",
            trigger: ".o_field_widget[name=line_ids] .o_data_row .o_data_cell[name=product_id]",
            run: "click",
        },
        {
            content: "Grade it",
            trigger: ".modal .o_field_widget[name=grade] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(A: Like New)",
            run: "click",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "It is proposed to restock it",
            trigger: "body:not(:has(.modal)) .o_field_widget[name=line_ids] .o_data_row:contains(A: Like New)",
        },
        {
            content: "Confirm the inspection",
            trigger: "button[name=action_inspected]:enabled",
            run: "click",
        },
        isInStage("Inspected"),
        {
            content: "It goes back to the stock",
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains(Restock)",
        },
        {
            content: "Settle",
            trigger: "button[name=action_settle]:enabled",
            run: "click",
        },
        {
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        isInStage("Settled"),
    ],
});
