import { Component, useState } from "@odoo/owl";
import { changes, labels, sheets } from "@aftersales_service/jobs/registries";
import { Sheet } from "@aftersales_service/jobs/sheets/sheet";
import { _t } from "@aftersales_service/jobs/translate";
import { sections } from "./sections";

/** The user's own notices of merit and demerit: read, answer, appeal. */
export class NoticesSection extends Component {
    static template = "aftersales_training.NoticesSection";
    static props = { data: Object, act: Function, open: Function };
}

/** What the user was given, and what is still to confirm. */
export class ToolsSection extends Component {
    static template = "aftersales_training.ToolsSection";
    static props = { data: Object, act: Function, open: Function };
}

/** The words of a statement or an appeal. */
class WordsSheet extends Sheet {
    static template = "aftersales_training.WordsSheet";

    setup() {
        this.state = useState({ words: "" });
    }

    save() {
        return this.props.submit({ words: this.state.words.trim() });
    }
}

export class AnswerSheet extends WordsSheet {
    heading = _t("Statement");
    hint = _t("What do you say to it? Once handed in, it stays as it is.");
}

export class AppealSheet extends WordsSheet {
    heading = _t("Appeal");
    hint = _t("Why do you not agree? Another officer decides.");
}

sections
    .add(
        "notices",
        {
            label: _t("My Notices"),
            component: NoticesSection,
            isShown: ({ notices }) => notices?.length,
        },
        { sequence: 60 }
    )
    .add(
        "tools",
        { label: _t("My Tools"), component: ToolsSection, isShown: ({ tools }) => tools?.length },
        { sequence: 70 }
    );
sheets.add("notice_answer", AnswerSheet).add("notice_appeal", AppealSheet);

const find = (list, { res_id }) => list?.find((item) => item.res_id === res_id);

labels
    .add("notice_answer", { name: _t("Statement Handed In"), isReplaced: true })
    .add("notice_appeal", { name: _t("Appeal"), isReplaced: true })
    .add("tool_receipt", { name: _t("Tool Received"), isReplaced: true });
changes
    .add("notice_answer", (data, { words }, action) => {
        const notice = find(data.notices, action);
        if (notice) {
            Object.assign(notice, { statement: words, answer_until: "" });
        }
    })
    .add("notice_appeal", (data, { words }, action) => {
        const notice = find(data.notices, action);
        if (notice) {
            Object.assign(notice, { appeal: words, appeal_until: "" });
        }
    })
    .add("tool_receipt", (data, payload, action) => {
        const tool = find(data.tools, action);
        if (tool) {
            tool.is_confirmed = true;
        }
    });
