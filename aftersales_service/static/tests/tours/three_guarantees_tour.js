import { registry } from "@web/core/registry";
import { choose, isInStage, openPage } from "./tour_steps";

/** A customer's fault, from the card of his unit to what the law gives him on that day. */

const PANEL = ".o_aftersales_cover_panel[aria-busy=false]";

const register = [
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
        content: "Open the rest of the buttons",
        trigger: ".o-form-buttonbox .o_button_more",
        run: "click",
    },
    {
        content: "Take the unit back",
        trigger: "button[name=action_create_return]:enabled",
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

const tour = (name, steps) =>
    registry.category("web_tour.tours").add(`aftersales_guarantee_${name}`, {
        steps: () => [...register, ...steps],
    });

tour("day_5", [gives("refund", "art. 9", "3,000.00"), ...takeBack("return", "art. 9")]);

tour("day_12", [
    gives("exchange", "art. 10"),
    ...takeBack("exchange", "art. 10"),
]);

tour("day_40", [gives("repair"), doesNotGive("exchange"), doesNotGive("refund")]);

tour("third_repair", [
    gives("exchange", "art. 11"),
    gives("refund", "art. 13"),
    ...takeBack("return", "art. 13"),
]);

tour("day_400", [
    {
        content: "He pays",
        trigger: `${PANEL} [name=paid]`,
    },
    hasColor("Whole unit", "danger"),
    hasColor("Labour", "danger"),
    hasColor("Main parts", "success"),
]);
