import { Component, useState } from "@odoo/owl";
import { changes, labels, sheets } from "@aftersales_service/jobs/registries";
import { Sheet } from "@aftersales_service/jobs/sheets/sheet";
import { SignaturePad } from "@aftersales_service/jobs/signature_pad";
import { _t } from "@aftersales_service/jobs/translate";
import { sections } from "../training/sections";

const CLASSES = {
    outstanding: "is-good",
    excellent: "is-good",
    good: "is-good",
    pass: "is-wait",
    weak: "is-bad",
};

/** The user's own monthly sheets: figures, comment, objection and signature. */
export class ScoresSection extends Component {
    static template = "aftersales_training.ScoresSection";
    static props = { data: Object, act: Function, open: Function };

    setup() {
        this.classes = CLASSES;
    }
}

/** Comment on the figures, with own marks where marks are given by hand. */
export class ScoreCommentSheet extends Sheet {
    static template = "aftersales_training.ScoreCommentSheet";

    setup() {
        // what was refused is what was typed: it is handed in again, with its mark mended
        const { document, refusals = [] } = this.props;
        const kept = refusals.find(
            ({ kind, res_id }) => kind === "score_comment" && res_id === document.res_id)?.payload;
        this.state = useState({
            comment: kept?.comment || document.comment, marks: { ...kept?.marks },
        });
    }

    get marked() {
        return this.props.document.lines.filter((line) => line.is_manual);
    }

    /** The lines whose own mark the server would refuse. */
    get wrong() {
        return this.marked.filter(({ id }) => {
            const mark = this.state.marks[id] ?? "";
            return mark !== "" && !(Number(mark) >= 0 && Number(mark) <= 100);
        });
    }

    get canSave() {
        return !this.wrong.length && Boolean(this.state.comment.trim());
    }

    save() {
        const given = Object.entries(this.state.marks).filter(([, mark]) => mark !== "");
        const marks = Object.fromEntries(given.map(([id, mark]) => [id, Number(mark)]));
        return this.props.submit({ comment: this.state.comment.trim(), marks });
    }
}

/** Say what is not right. */
export class ScoreObjectSheet extends Sheet {
    static template = "aftersales_training.ScoreObjectSheet";

    setup() {
        this.state = useState({ objection: "" });
    }

    save() {
        return this.props.submit({ objection: this.state.objection.trim() });
    }
}

/** Sign that the sheet was received and that no objection is left. */
export class ScoreSignSheet extends Sheet {
    static template = "aftersales_training.ScoreSignSheet";
    static components = { SignaturePad };

    setup() {
        this.state = useState({ image: "" });
    }

    save() {
        return this.props.submit({ image: this.state.image });
    }
}

sections.add(
    "scores",
    {
        label: _t("My Monthly Sheets"),
        component: ScoresSection,
        isShown: ({ scores }) => scores?.length,
    },
    { sequence: 50 }
);
sheets
    .add("score_comment", ScoreCommentSheet)
    .add("score_object", ScoreObjectSheet)
    .add("score_sign", ScoreSignSheet);
labels
    .add("score_comment", { name: _t("Monthly Sheet Commented"), isReplaced: true })
    .add("score_object", { name: _t("Objection to a Monthly Sheet"), isReplaced: true })
    .add("score_sign", { name: _t("Monthly Sheet Signed"), isReplaced: true });

const find = (data, { res_model, res_id }) =>
    data.scores?.find((item) => item.res_model === res_model && item.res_id === res_id);
const note = (state, label, more = () => ({})) => (data, payload, action) => {
    const item = find(data, action);
    if (item) {
        Object.assign(item, { state, state_name: label }, more(payload));
    }
};
changes
    .add("score_comment", note("manager", _t("Manager's Review"), ({ comment }) => ({ comment })))
    .add("score_object", note("objected", _t("Objection"), ({ objection }) => ({ objection })))
    .add("score_sign", note("closed", _t("Closed"), () => ({ is_signed: true })));
