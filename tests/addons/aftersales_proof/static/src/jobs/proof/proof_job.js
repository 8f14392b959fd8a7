import { useState } from "@odoo/owl";
import { buttons, changes, labels, notes, sheets, steps } from "@aftersales_service/jobs/registries";
import { Sheet } from "@aftersales_service/jobs/sheets/sheet";
import { _t } from "@aftersales_service/jobs/translate";

/** The tag of a unit, asked for on site before the work begins. */
export class TagSheet extends Sheet {
    static template = "aftersales_proof.TagSheet";

    setup() {
        this.state = useState({ tag: this.props.order.proof_tag });
    }
}

sheets.add("proof_tag", TagSheet);
labels.add("proof_tag", { name: _t("Tag Scanned"), step: _t("Scan the Tag") });
changes.add("proof_tag", (job, order, { tag }) => (order.proof_tag = tag));
steps.add(
    "proof_tag",
    (job, order) =>
        job.state === "on_site" && order?.needs_proof_tag && !order.proof_tag
            ? { kind: "proof_tag", order }
            : null,
    { sequence: 55 }
);
buttons.add("proof_tag", {
    place: "unit",
    kind: "proof_tag",
    label: _t("Tag"),
    value: (job, order) => order.proof_tag,
    className: "proof-tag",
    isShown: (job, order) => order.needs_proof_tag,
});
notes.add("proof", { place: "trip", text: (job) => job.proof_warning, className: "proof-warning" });
