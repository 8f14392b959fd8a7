import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";
import { inTime, isInStage } from "./tour_steps";

registry.category("web_tour.tours").add("aftersales_desk_agent", {
    steps: () => inTime([
        {
            content: "Take a call",
            trigger: ".o-kanban-button-new",
            run: "click",
        },
        {
            content: "Type the serial number",
            trigger: ".o_field_widget[name=serial] input",
            run: "edit TOUR-7001 && click body",
        },
        {
            content: "The warranty card is found",
            trigger: ".o_field_widget[name=warranty_id]:has(input:value(/TOUR-7001/))",
        },
        {
            content: "The customer is known",
            trigger: ".o_field_widget[name=partner_id]:has(input:value(/Wu Mei/))",
        },
        {
            content: "The phone number is known",
            trigger: ".o_field_widget[name=phone]:has(input:value(/555 0177/))",
        },
        {
            content: "The product is known and not to be changed",
            trigger: ".o_field_widget.o_readonly_modifier[name=product_id]:contains(Tour Conditioner)",
        },
        {
            content: "The warranty is judged",
            trigger: ".alert-success:contains(Covered by)",
        },
        {
            content: "Write down the customer's words",
            trigger: ".o_field_widget[name=description] textarea",
            run: "edit It hums and does not cool",
        },
        ...stepUtils.saveForm(),
        isInStage("New Calls"),
        {
            content: "Back to the orders",
            trigger: ".o_control_panel .o_back_button",
            run: "click",
        },
        {
            content: "Search by the serial number",
            trigger: ".o_searchview_input",
            run: "edit TOUR-7001",
        },
        {
            trigger: ".o_searchview_autocomplete .o-dropdown-item:contains(Order)",
            run: "click",
        },
        {
            trigger: ".o_searchview_facet:contains(TOUR-7001)",
        },
        {
            content: "Open the order that was found",
            trigger: ".o_kanban_record:contains(Wu Mei)",
            run: "click",
        },
        {
            content: "It is the order of this call",
            trigger: ".o_field_widget[name=serial]:has(input:value(TOUR-7001))",
        },
    ]),
});
