import { Component } from "@odoo/owl";
import { changes, labels } from "@aftersales_service/jobs/registries";
import { _t } from "@aftersales_service/jobs/translate";
import { sections } from "./sections";

/** The people whom the user coaches on the job, with their practice tasks. */
export class CoachingSection extends Component {
    static template = "aftersales_training.CoachingSection";
    static props = { data: Object, act: Function, open: Function };

    check(task, result) {
        return this.props.act("training_task", task, { result });
    }
}

sections.add(
    "coaching",
    {
        label: _t("People I Coach"),
        component: CoachingSection,
        isShown: ({ coaching }) => coaching.length,
    },
    { sequence: 20 }
);
labels.add("training_task", { name: _t("Practice Task Checked"), isReplaced: true });
changes.add("training_task", (data, { result }, action) => {
    const task = data.coaching
        .flatMap(({ tasks }) => tasks)
        .find((item) => item.res_id === action.res_id);
    if (task) {
        task.result = result;
    }
});
