import { buttons, changes, labels, notes, sheets } from "../registries";
import { _t } from "../translate";
import { CallSheet, DamageSheet, DeliverySheet } from "./delivery_sheets";

sheets.add("call_result", CallSheet).add("damage", DamageSheet).add("delivery", DeliverySheet);

labels
    .add("call_result", { name: _t("Result of the Call"), isReplaced: true })
    .add("delivery", { name: _t("Delivery"), isReplaced: true })
    .add("damage", { name: _t("Damage on Delivery") });

changes
    .add("call_result", (job, order, { result, wish_label, note }) =>
        Object.assign(job, {
            is_called: true,
            call_result: result,
            call_wish: [wish_label, note].filter(Boolean).join(" · "),
        })
    )
    .add("delivery", (job, order, payload) => Object.assign(order, payload))
    .add("damage", (job, order) => (order.has_damage = true));

const RESULTS = {
    reached: _t("Confirmed"),
    no_answer: _t("No Answer"),
    moved: _t("Wants Another Time"),
};

const isCalled = (job) => job.is_called && job.state === "planned";

notes
    .add(
        "promised",
        {
            place: "trip",
            text: (job) => job.promised && _t("Promised: %(slot)s", { slot: job.promised }),
        },
        { sequence: 10 }
    )
    .add("people", { place: "trip", text: (job) => job.people, className: "muted" }, { sequence: 20 })
    .add(
        "call_result",
        {
            place: "trip",
            text: (job) =>
                isCalled(job) &&
                [_t("Called"), RESULTS[job.call_result], job.call_wish].filter(Boolean).join(": "),
            className: "muted",
        },
        { sequence: 30 }
    )
    .add(
        "packing_note",
        {
            place: "unit",
            text: (job, order) =>
                order.packing_note &&
                _t("Packaging Note: %(note)s", { note: order.packing_note }),
            className: "hint",
        },
        { sequence: 10 }
    )
    .add(
        "damage",
        {
            place: "unit",
            text: (job, order) => order.has_damage && _t("Damage on delivery is reported"),
            className: "hint",
        },
        { sequence: 20 }
    );

buttons
    .add(
        "call_result",
        {
            place: "trip",
            kind: "call_result",
            label: _t("Result of the Call"),
            className: "plain call-result",
            isShown: isCalled,
        },
        { sequence: 5 }
    )
    .add(
        "delivery",
        {
            place: "tile",
            kind: "delivery",
            label: _t("Delivery"),
            isShown: (job, order) => order.has_delivery,
            value: (job, order) => (order.use_explained ? "✓" : "–"),
        },
        { sequence: 48 }
    )
    .add(
        "damage",
        {
            place: "unit",
            kind: "damage",
            label: _t("Damage"),
            className: "plain",
            isShown: (job, order) => order.has_delivery,
        },
        { sequence: 10 }
    );
