import { Component, useState } from "@odoo/owl";
import { changes, labels, pages, sheets } from "@aftersales_service/jobs/registries";
import { _t } from "@aftersales_service/jobs/translate";
import { ExamSheet } from "./exam_sheet";
import { markSheet } from "./mark";

/** The sheets of the examiner: who is to be judged today, and what came of those just done. */
export class ExamPage extends Component {
    static template = "aftersales_training.ExamPage";
    static props = { data: Object, act: Function, open: Function };

    setup() {
        this.state = useState({});
    }

    get open() {
        return this.props.data.checks.filter((check) => check.state === "open");
    }

    get done() {
        return this.props.data.checks.filter((check) => check.state === "done");
    }

    progress({ items }) {
        const judged = items.filter(({ result }) => result).length;
        return _t("%(done)s of %(all)s", { done: judged, all: items.length });
    }

    /** The examiner's words for a sheet that is over: mark, certificate or further exam. */
    outcome(check) {
        const mark = _t("%(mark)s of 100", { mark: check.mark.toFixed(1) });
        if (check.isWaiting) {
            return _t("%(mark)s – waits for the network", { mark });
        }
        if (check.certificate) {
            return _t("%(mark)s – certificate %(number)s", { mark, number: check.certificate });
        }
        if (check.missing) {
            return _t("%(mark)s – no certificate yet, it waits for: %(missing)s", {
                mark, missing: check.missing,
            });
        }
        return check.retest ? _t("%(mark)s – again on %(day)s", { mark, day: check.retest }) : mark;
    }
}

pages.add(
    "exams",
    {
        label: _t("Exams"),
        icon: "✍",
        component: ExamPage,
        isShown: (config) => config.has_exams,
    },
    { sequence: 40 }
);
sheets.add("exam_item", ExamSheet);
labels.add("exam_item", { name: _t("Exam item judged"), isReplaced: true });
labels.add("exam_sign", { name: _t("Exam signed"), isReplaced: true });

const findCheck = (data, action) => data.checks.find((check) => check.res_id === action.res_id);

changes.add("exam_item", (data, { check_id, result, note, image }, action) => {
    const item = findCheck(data, action)?.items.find((item) => item.id === check_id);
    if (item) {
        Object.assign(item, { result, note, has_photo: item.has_photo || Boolean(image) });
    }
});
changes.add("exam_sign", (data, payload, action) => {
    const check = findCheck(data, action);
    if (check) {
        const { percent, isPassed } = markSheet(check.items, check.pass_mark);
        Object.assign(check, {
            state: "done", mark: percent, result: isPassed ? "passed" : "failed", isWaiting: true,
        });
    }
});
