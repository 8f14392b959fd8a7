/** From the customer's request to the paid invoice: what each of them does at their own desk. */
import { registry } from "@web/core/registry";
import {
    choose,
    goBack,
    inTime,
    invoiceSale,
    isInStage,
    openPage,
    planVisit,
    sign,
} from "./tour_steps";

const tours = registry.category("web_tour.tours");

/** Give a file input a picture, which a person would choose in a window of the system. */
async function choosePicture({ anchor }) {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: 40, height: 30 });
    canvas.getContext("2d").fillRect(5, 5, 20, 10);
    const content = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    const files = new DataTransfer();
    files.items.add(new File([content], "drip.png", { type: "image/png" }));
    anchor.files = files.files;
    anchor.dispatchEvent(new Event("change", { bubbles: true }));
}

const openOrder = [
    {
        content: "Open the order",
        trigger: ".o_kanban_record:contains(Wu Mei at home)",
        run: "click",
    },
    {
        trigger: ".o_field_widget[name=description] textarea:value(/It drips/)",
    },
];

tours.add("aftersales_request_customer", {
    steps: () => inTime([
        {
            content: "Open the service orders from the home page",
            trigger: ".o_portal_index_card a[href='/my/service']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "a[href='/my/service/new']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Say what is wrong",
            trigger: "textarea[name=description]",
            run: "edit It drips and does not cool",
        },
        {
            trigger: "input[name=phone]",
            run: "edit +1 650 555 0177",
        },
        {
            content: "Add a photo",
            trigger: "input[name=photos]",
            run: choosePicture,
        },
        {
            trigger: "form[action='/my/service/new'] button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The order is there with its number and words",
            trigger: "#service_order_facts:contains(It drips and does not cool)",
        },
    ]),
});

tours.add("aftersales_request_desk", {
    steps: () => inTime([
        ...openOrder,
        {
            content: "The customer's photo lies in the conversation",
            trigger: ".o-mail-Message .o-mail-AttachmentImage, .o-mail-Message .o-mail-AttachmentContainer",
        },
        ...choose("product_id", "Tour Conditioner"),
        ...planVisit(
            `${luxon.DateTime.now().toFormat("MM/dd/yyyy")} 12:00:00`, "Technician Tom"),
    ]),
});

tours.add("aftersales_request_quotation", {
    steps: () => inTime([
        ...openOrder,
        isInStage("On Site"),
        ...openPage("parts"),
        {
            content: "The technician's part has its price decided",
            trigger: ".o_field_widget[name=part_ids] .o_data_row:contains(Tour Capacitor):contains(No warranty card)",
        },
        {
            content: "The phone asked for the price on site: the quotation is there",
            trigger: "button[name=action_view_sale_orders]:enabled",
            run: "click",
        },
        {
            content: "The quotation asks for the part",
            trigger: ".o_field_widget[name=tax_totals] td:contains(50.00)",
        },
        goBack("SV/"),
        isInStage("On Site"),
    ]),
});

tours.add("aftersales_request_accept", {
    steps: () => inTime([
        {
            trigger: ".o_portal_index_card a[href='/my/service']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_portal_my_doc_table tr:contains(Technician with you) a",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Open the quotation of the order",
            trigger: "#service_order_quotations a",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "a[data-bs-target='#modalaccept']:contains(Sign)",
            run: "click",
        },
        ...sign("Wu Mei at home"),
        {
            content: "The customer agreed to the price",
            trigger: ".o_portal_sale_sidebar:contains(Wu Mei)",
        },
    ]),
});

tours.add("aftersales_request_invoice", {
    steps: () => inTime([
        ...openOrder,
        isInStage("Done"),
        {
            trigger: "button[name=action_view_sale_orders]",
            run: "click",
        },
        ...invoiceSale(),
        {
            content: "The customer pays",
            trigger: "button[name=action_register_payment]:enabled",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_create_payments]:enabled",
            run: "click",
        },
        {
            content: "The invoice is paid",
            trigger: ".o_widget_web_ribbon .ribbon:contains(Paid)",
        },
    ]),
});
