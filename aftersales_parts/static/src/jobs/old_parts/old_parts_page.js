import { Component } from "@odoo/owl";
import { buttons, changes, labels, pages, sheets } from "@aftersales_service/jobs/registries";
import { Sheet } from "@aftersales_service/jobs/sheets/sheet";
import { _t } from "@aftersales_service/jobs/translate";

/** The old parts that the user must bring back, the most urgent first. */
export class OldPartsPage extends Component {
    static template = "aftersales_parts.OldPartsPage";
    static props = { data: Object, act: Function, open: Function };

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

/** What becomes of the old parts of a paid repair; the customer signs it with the work. */
export class OldPartsSheet extends Sheet {
    static template = "aftersales_parts.OldPartsSheet";
}

const name = (choice) =>
    choice === "company" ? _t("Left to Us") : _t("The Customer Keeps Them");

sheets.add("old_parts", OldPartsSheet);
labels.add("old_parts", { name: _t("Old Parts Chosen"), isReplaced: true });
changes.add("old_parts", (job, order, { choice }) => (order.old_parts_choice = choice));
buttons.add("old_parts", {
    place: "unit",
    kind: "old_parts",
    label: _t("Old Parts"),
    className: "plain",
    value: (job, order) => name(order.old_parts_choice),
    isShown: (job, order) => job.state === "on_site" && Boolean(order.old_parts_choice),
});
