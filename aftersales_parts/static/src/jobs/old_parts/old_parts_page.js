import { Component } from "@odoo/owl";
import { pages } from "@aftersales_service/jobs/registries";
import { _t } from "@aftersales_service/jobs/translate";

/** The old parts that the user must bring back, the most urgent first. */
export class OldPartsPage extends Component {
    static template = "aftersales_parts.OldPartsPage";
    static props = { data: Object, act: Function, open: Function };

    isUrgent(part) {
        return part.days_left !== null && part.days_left < 7;
    }

    left(part) {
        if (part.days_left === null) {
            return "";
        }
        return part.days_left < 0
            ? _t("%(days)s days late", { days: -part.days_left })
            : _t("%(days)s days left", { days: part.days_left });
    }
}

pages.add("old_parts", {
    label: _t("Old Parts"),
    icon: "♻",
    component: OldPartsPage,
    isShown: (config) => config.old_parts?.count > 0,
});
