import { buttons, changes, labels, sheets } from "../registries";
import { _t } from "../translate";
import { PaySheet } from "./pay_sheet";

sheets.add("collect", PaySheet);

labels
    .add("quote", { name: _t("Make the Quotation"), step: _t("Make the Quotation") })
    .add("collect", { name: _t("Payment"), step: _t("Payment") });

changes
    .add("quote", (job, order) => (order.can_quote = false))
    .add("collect", (job, order) => (order.amount_due = 0));

buttons
    .add(
        "quote",
        {
            place: "order",
            kind: "quote",
            label: _t("Make the Quotation"),
            isShown: (job, order) => order.can_quote,
        },
        { sequence: 10 }
    )
    .add(
        "quotation",
        {
            place: "order",
            label: _t("Quotation: let the customer sign"),
            isShown: (job, order) => order.quotation_url,
            href: (job, order) => order.quotation_url,
        },
        { sequence: 20 }
    )
    .add(
        "collect",
        {
            place: "order",
            kind: "collect",
            label: _t("Payment"),
            className: "pay",
            isShown: (job, order) => order.amount_due,
            value: (job, order) => order.amount_due_label,
        },
        { sequence: 30 }
    );
