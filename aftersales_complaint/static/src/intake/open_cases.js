import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component, useState } from "@odoo/owl";

/**
 * The open complaints of the same unit or customer, each with a button that notes there what
 * the customer says now, instead of a second complaint: what was typed here is left unsaved.
 */
export class OpenCases extends Component {
    static template = "aftersales_complaint.OpenCases";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.state = useState({ noted: {} });
    }

    get cases() {
        return this.props.record.data[this.props.name] || [];
    }

    async note(entry) {
        if (this.state.noted[entry.id]) {
            return;
        }
        this.state.noted[entry.id] = true;
        try {
            await this.orm.call("aftersales.complaint", "action_ask_again", [
                [entry.id],
                this.props.record.data.description || "",
            ]);
        } catch (error) {
            // what was not noted may be noted again
            delete this.state.noted[entry.id];
            throw error;
        }
        const { record } = this.props;
        if (record.isNew) {
            // it would be saved as a second complaint when the page is left
            await record.discard();
            this.notification.add(_t("Noted on %s.", entry.name), { type: "success" });
            await this.action.doAction(
                entry.is_readable
                    ? { ...this.getAction(entry), target: "current" }
                    : "aftersales_complaint.aftersales_complaint_action_intake",
                { clearBreadcrumbs: !entry.is_readable }
            );
        }
    }

    getAction(entry) {
        return {
            type: "ir.actions.act_window",
            name: entry.name,
            res_model: "aftersales.complaint",
            res_id: entry.id,
            views: [[false, "form"]],
        };
    }

    open(entry) {
        return this.action.doAction({ ...this.getAction(entry), target: "new" });
    }
}

registry.category("fields").add("aftersales_open_cases", {
    component: OpenCases,
    supportedTypes: ["json"],
});
