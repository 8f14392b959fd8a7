import { Component } from "@odoo/owl";
import { pages } from "@aftersales_service/jobs/registries";
import { _t } from "@aftersales_service/jobs/translate";
import { sections } from "./sections";

/** What concerns the user's training and qualification, in sections that modules add. */
export class TrainingPage extends Component {
    static template = "aftersales_training.TrainingPage";
    static props = { data: Object, act: Function, open: Function };

    get sections() {
        return sections
            .getEntries()
            .map(([key, section]) => ({ key, ...section }))
            .filter(({ isShown }) => !isShown || isShown(this.props.data));
    }
}

pages.add("training", {
    label: _t("My Training"),
    icon: "✎",
    component: TrainingPage,
    isShown: (config) => config.has_training,
});
