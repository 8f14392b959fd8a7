import { registry } from "@web/core/registry";
import {
    addPartAndLabour,
    advance,
    choose,
    goBack,
    inTime,
    invoiceSale,
    isInStage,
    openPage,
    planVisit,
} from "./tour_steps";

const sellUnit = [
    ...choose("partner_id", "Wu Mei"),
    {
        content: "Add the unit",
        trigger: ".o_field_widget[name=order_line] .o_field_x2many_list_row_add a:contains(Add a product)",
        run: "click",
    },
    {
        trigger: ".o_selected_row div[name=product_template_id] input",
        run: "edit Tour Conditioner",
    },
    {
        trigger: ".ui-autocomplete .ui-menu-item a:contains(Tour Conditioner)",
        run: "click",
    },
    {
        content: "The unit has its price",
        trigger: ".o_data_row .o_field_cell[name=price_unit]:contains(3,000.00), .o_data_row [name=price_unit] input:value(/3,000.00/)",
    },
    {
        trigger: "button[name=action_confirm]:enabled",
        run: "click",
    },
    isInStage("Sales Order"),
];

const deliverUnit = [
    {
        content: "Open the delivery",
        trigger: "button[name=action_view_delivery]",
        run: "click",
    },
    {
        content: "Open the serial numbers",
        trigger: ".o_data_row button[name=action_show_details]",
        run: "click",
    },
    {
        content: "Edit the proposed one",
        trigger: ".modal .o_data_row .o_data_cell[name=quant_id]:contains(TOUR-7001)",
        run: "click",
    },
    {
        trigger: ".modal .o_selected_row [name=quant_id] input",
        run: "edit TOUR-7002",
    },
    {
        content: "Hand over another serial number",
        trigger: ".ui-autocomplete .ui-menu-item a:contains(TOUR-7002)",
        run: "click",
    },
    {
        trigger: ".modal .o_data_row [name=quant_id]:has(input:value(/TOUR-7002/))",
    },
    {
        trigger: ".modal .o_form_button_save",
        run: "click",
    },
    {
        trigger: "body:not(:has(.modal))",
    },
    {
        content: "Validate the delivery",
        trigger: "button[name=button_validate]:enabled",
        run: "click",
    },
    isInStage("Done"),
    goBack("S0"),
];

const openOrderFromCard = [
    {
        content: "The sale order knows its warranty card",
        trigger: "button[name=action_view_warranties]",
        run: "click",
    },
    {
        content: "It is the only one and opens itself",
        trigger: ".o_form_view:has(.o_aftersales_cover_panel) .o_field_widget[name=serial]:has(input:value(TOUR-7002))",
    },
    {
        content: "Open a service order from the card",
        trigger: "button[name=action_create_order]",
        run: "click",
    },
    {
        trigger: ".o_field_widget[name=serial]:has(input:value(TOUR-7002))",
    },
    {
        trigger: ".o_field_widget[name=description] textarea",
        run: "edit It hums and does not cool",
    },
];

const coverWork = [
    ...addPartAndLabour("Tour Capacitor", 2, "Tour Hour"),
    {
        content: "The labour is covered",
        trigger: ".o_field_widget[name=labour_ids] .o_data_row:contains(Covered 100 % - Factory, Labour, until)",
    },
];

const agreeOnPrice = [
    {
        trigger: "button[name=action_create_quotation]:enabled",
        run: "click",
    },
    {
        content: "The quotation asks for the parts only",
        trigger: ".o_field_widget[name=tax_totals] td:contains(100.00)",
    },
    {
        trigger: "button[name=action_confirm]:enabled",
        run: "click",
    },
    isInStage("Sales Order"),
    goBack("SV/"),
    isInStage("On Site"),
];

const finishWork = [
    ...openPage("acceptance"),
    {
        trigger: ".o_field_widget[name=signed_by] input",
        run: "edit Wu Mei",
    },
    {
        content: "The customer signs",
        trigger: ".o_field_widget[name=signature] .o_signature",
        run: "click",
    },
    {
        trigger: ".modal canvas.o_web_sign_signature",
        run: "canvasNotEmpty",
    },
    {
        trigger: ".modal .modal-footer .btn-primary:enabled",
        run: "click",
    },
    {
        trigger: ".o_field_widget[name=signature] img.o_signature",
    },
    ...advance("Mark as Done", "Done"),
];

const invoiceWork = [
    {
        trigger: "button[name=action_view_sale_orders]",
        run: "click",
    },
    ...invoiceSale(),
];

registry.category("web_tour.tours").add("aftersales_whole_life", {
    steps: () => inTime([
        ...sellUnit,
        ...deliverUnit,
        ...openOrderFromCard,
        ...planVisit("12/31/2035 10:00:00", "Technician Tom"),
        ...advance("Arrive", "On Site"),
        ...coverWork,
        ...agreeOnPrice,
        ...finishWork,
        ...invoiceWork,
    ]),
});
