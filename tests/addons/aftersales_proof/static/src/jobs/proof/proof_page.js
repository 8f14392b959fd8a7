import { Component } from "@odoo/owl";
import { changes, labels, pages, sheets } from "@aftersales_service/jobs/registries";
import { _t } from "@aftersales_service/jobs/translate";
import { NoteSheet } from "./note_sheet";

/** The open cases of the officer, each with the sheet that notes what was found. */
export class ProofPage extends Component {
    static template = "aftersales_proof.ProofPage";
    static props = { data: Object, act: Function, open: Function };
}

pages.add("proof", {
    label: _t("Proof Cases"),
    icon: "⚖",
    component: ProofPage,
    isShown: (config) => config.has_proof,
});
sheets.add("proof_note", NoteSheet);
labels.add("proof_note", { name: _t("Case Noted") });
changes.add("proof_note", (data, payload, action) => {
    const changed = data.cases.find((item) => item.res_id === action.res_id);
    if (changed) {
        changed.note = payload.note;
    }
});
