import { registry } from "@web/core/registry";
import {
    addPartAndLabour,
    choose,
    deliverSale,
    inTime,
    inspect,
    invoiceSale,
    isInStage,
    openPage,
    settle,
} from "./tour_steps";

/** A unit is sold, fails, and its owner gets what the law gives on that day. */

const PANEL = ".o_aftersales_cover_panel[aria-busy=false]";

const register = [
    {
        content: "The sale knows the card of the unit",
        trigger: "button[name=action_view_warranties]",
        run: "click",
    },
    {
        content: "Open a service order from the card",
        trigger: "button[name=action_create_order]",
        run: "click",
    },
    {
        trigger: ".o_field_widget[name=description] textarea",
        run: "edit It does not cool",
    },
    {
        trigger: ".o_form_button_save",
        run: "click",
    },
    {
        content: "The order has its number",
        trigger: ".o_form_saved, .o_form_button_create:visible",
    },
    ...openPage("warranty"),
];

const gives = (kind, ...words) => ({
    content: `The customer may choose: ${kind}`,
    trigger: `${PANEL} [name=remedies] [data-kind=${kind}]${words
        .map((word) => `:contains(${word})`)
        .join("")}`,
});

const doesNotGive = (kind) => ({
    content: `The customer may not choose: ${kind}`,
    trigger: `${PANEL} [name=remedies]:not(:has([data-kind=${kind}]))`,
});

const hasColor = (name, color) => ({
    content: `${name} is ${color}`,
    trigger: `${PANEL} [data-name="${name}"][data-color=${color}]`,
});

const takeBack = (kind, article) => [
    {
        content: "Rare steps stand under the gear",
        trigger: ".o_cp_action_menus .dropdown-toggle",
        run: "click",
    },
    {
        content: "Take the unit back",
        trigger: ".o-dropdown--menu .dropdown-item:contains(Take Back)",
        run: "click",
    },
    {
        trigger: `.modal .o_field_widget[name=kind] input[data-value=${kind}]`,
        run: "click",
    },
    ...choose("reason_id", "Faulty", ".modal"),
    {
        trigger: ".modal button[name=action_create]:enabled",
        run: "click",
    },
    isInStage("Requested"),
    {
        content: `The article is named: ${article}`,
        trigger: `.o_field_widget[name=line_ids] .o_data_row:contains(${article})`,
    },
    {
        trigger: "button[name=action_authorise]:enabled",
        run: "click",
    },
    isInStage("Authorised"),
];

const creditNote = (total) => [
    {
        content: "The return has its credit note",
        trigger: "button[name=action_view_refunds]",
        run: "click",
    },
    isInStage("Draft"),
    {
        content: `It pays back ${total}`,
        trigger: `.o_field_widget[name=tax_totals]:contains(${total})`,
    },
];

const exchangeOrder = [
    {
        content: "The return has its exchange order",
        trigger: "button[name=action_view_exchange]",
        run: "click",
    },
    isInStage("Sales Order"),
    {
        content: "The new unit costs nothing",
        trigger: ".o_form_view:has(.o_data_row:contains(exchange for TOUR-)) .o_field_widget[name=tax_totals]:contains(0.00):not(:contains(3,000.00))",
    },
];

const refund = (article, total) => [
    ...takeBack("return", article),
    ...inspect("A: Like New", "Restock"),
    ...settle(),
    ...creditNote(total),
];

const exchange = (article) => [
    ...takeBack("exchange", article),
    ...inspect("A: Like New", "Restock"),
    ...settle(),
    ...exchangeOrder,
];

const saysOfCover = (list, words) => ({
    content: `The lines say: ${words}`,
    trigger: `.o_field_widget[name=${list}] .o_data_row:contains(${words})`,
});

const tour = (name, steps) =>
    registry.category("web_tour.tours").add(`aftersales_guarantee_${name}`, {
        steps: () => inTime(steps),
    });

tour("sale", [...deliverSale(), ...invoiceSale()]);

tour("day_5", [
    ...register,
    gives("refund", "art. 9", "3,000.00"),
    ...refund("art. 9", "3,000.00"),
]);

tour("day_12", [
    ...register,
    gives("exchange", "art. 10"),
    ...exchange("art. 10"),
]);

tour("day_40", [
    ...register,
    gives("repair"),
    doesNotGive("exchange"),
    doesNotGive("refund"),
    ...addPartAndLabour("Tour Compressor", 1, "Tour Hour"),
    saysOfCover("labour_ids", "Covered 100 %"),
    ...openPage("parts"),
    saysOfCover("part_ids", "Covered 100 %"),
]);

tour("third_repair_exchange", [
    ...register,
    gives("exchange", "art. 11"),
    ...exchange("art. 11"),
]);

tour("third_repair_refund", [
    ...register,
    gives("refund", "art. 13", "2,700.00"),
    ...refund("art. 13", "2,700.00"),
]);

tour("day_400", [
    ...register,
    {
        content: "The owner pays",
        trigger: `${PANEL} [name=paid]`,
    },
    hasColor("Whole unit", "danger"),
    hasColor("Labour", "danger"),
    hasColor("Main parts", "success"),
    ...addPartAndLabour("Tour Compressor", 1, "Tour Hour"),
    saysOfCover("labour_ids", "Covered 100 %"),
    ...openPage("parts"),
    saysOfCover("part_ids", "Covered 100 %"),
    {
        content: "Quote what the customer pays: nothing",
        trigger: "button[name=action_create_quotation]:enabled",
        run: "click",
    },
    {
        content: "The work that fits a covered part is free with it",
        trigger: ".o_field_widget[name=tax_totals]:contains(0.00):not(:contains(80.00)):not(:contains(900.00))",
    },
]);
