import { buttons, changes, labels, notes, sheets, steps } from "../registries";
import { SignSheet } from "../sheets/sign_sheet";
import { _t } from "../translate";
import { held } from "../visit/visit_changes";
import { onSite } from "../visit/visit_steps";
import { PaySheet } from "./pay_sheet";
import { formatMoney, isPriceAccepted, priceTotal } from "./price";
import { AcceptSheet, LabourSheet } from "./price_sheets";
import { PriceTable } from "./price_table";

SignSheet.components = { ...SignSheet.components, PriceTable };

sheets.add("accept", AcceptSheet).add("collect", PaySheet).add("labour", LabourSheet);

labels
    .add("labour", { name: _t("Labour"), step: _t("Labour and Trip"), ofStep: "labour" })
    .add("labour_off", { name: _t("Labour removed"), ofStep: "labour" })
    .add("quote", { name: _t("Make the Quotation"), step: _t("Make the Quotation"), isReplaced: true })
    .add("accept", { name: _t("Price accepted"), step: _t("Show the Price"), isReplaced: true, ofStep: "accept" })
    .add("refuse", { name: _t("Price refused"), isReplaced: true, ofStep: "accept" })
    .add("collect", { name: _t("Payment"), step: _t("Take the Payment"), isReplaced: true, ofStep: "collect" });

changes
    .add("labour", (job, order, { product_id, name, quantity }, action) =>
        order.labour.push({ ...held(action), product_id, name, quantity })
    )
    .add(
        "labour_off",
        (job, order, { labour_id }) =>
            (order.labour = order.labour.filter(({ id }) => id !== labour_id))
    )
    .add("quote", (job, order) => (order.can_quote = false))
    .add("accept", (job, order, { total }) => {
        if (order.can_collect) {
            order.amount_due += Math.max(total - order.accepted_total, 0);
        }
        Object.assign(order, { accepted_total: total, is_price_refused: false });
    })
    .add("refuse", (job, order) => {
        order.is_price_refused = true;
        order.refusal_count += 1;
    })
    .add("collect", (job, order, { amount }) => {
        const rest = order.is_outlet_paid ? 0 : order.amount_due - amount;
        order.amount_due = rest > 1 / 10 ** order.currency.digits / 2 ? rest : 0;
    });

steps
    .add(
        "labour",
        onSite((order, wasSeen) => {
            const refusedKey = `refused:${order.id}:${order.refusal_count}`;
            if (order.is_price_refused && !isPriceAccepted(order) && !wasSeen(refusedKey)) {
                const hint = _t("The customer refused the price: take off what is not done.");
                return { kind: "labour", order, hint, key: refusedKey };
            }
            const key = `price:${order.id}`;
            const mustPrice = order.needs_price && !order.parts.length;
            const isNew = !order.accepted_total && !order.solution && !wasSeen(key);
            const isOpen = order.is_charged && !order.labour.length && (mustPrice || isNew);
            return isOpen ? { kind: "labour", order, key } : null;
        }),
        { sequence: 74 }
    )
    .add(
        "accept",
        onSite((order, wasSeen) =>
            isPriceAccepted(order) || wasSeen(`accept:${order.id}`)
                ? null
                : { kind: "accept", order }
        ),
        { sequence: 76 }
    )
    .add(
        "collect",
        onSite((order, wasSeen) => {
            const key = `collect:${order.id}`;
            const isOpen = order.amount_due && order.can_collect;
            return isOpen && (!wasSeen(key) || !order.pays_later)
                ? { kind: "collect", order, key }
                : null;
        }),
        { sequence: 105 }
    )
    .add(
        "accept_at_last",
        onSite((order) => {
            const hint = _t("The customer has not accepted the price yet.");
            return isPriceAccepted(order) ? null : { kind: "accept", order, hint };
        }),
        { sequence: 108 }
    );

buttons
    .add(
        "labour",
        {
            place: "tile",
            kind: "labour",
            label: _t("Labour"),
            isShown: (job, order) => order.labour_choices.length || order.labour.length,
            value: (job, order) => order.labour.length,
        },
        { sequence: 45 }
    )
    .add(
        "accept",
        {
            place: "tile",
            kind: "accept",
            label: _t("Price"),
            isShown: (job, order) => !isPriceAccepted(order),
            value: (job, order) => formatMoney(order, priceTotal(order).total),
        },
        { sequence: 50 }
    )
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
            label: _t("Quotation: let the customer read it"),
            isNewTab: true,
            isShown: (job, order) => order.has_quotation,
            href: (job, order) => `/my/jobs/${job.id}/quotation/${order.id}`,
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
            value: (job, order) => formatMoney(order, order.amount_due),
        },
        { sequence: 30 }
    );

notes.add(
    "repeat_expected",
    {
        place: "unit",
        text: (job, order) =>
            order.is_repeat_expected &&
            _t("By the warranty terms this repair is free, because the last one did not hold. Call the dispatcher before the customer pays."),
    },
    { sequence: 30 }
);
