import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component } from "@odoo/owl";

/** The eight steps of a complaint with their owners, and the time left for the present one. */
export class StepStrip extends Component {
    static template = "aftersales_complaint.StepStrip";
    static props = { ...standardFieldProps };

    get steps() {
        return (this.props.record.data[this.props.name] || []).map((step) => {
            const deadline = step.deadline && deserializeDateTime(step.deadline);
            return {
                ...step,
                isLate: deadline && deadline < luxon.DateTime.now(),
                when: deadline ? formatDateTime(deadline, { showSeconds: false }) : "",
                left: deadline ? deadline.toRelative() : "",
            };
        });
    }
}

registry.category("fields").add("aftersales_step_strip", {
    component: StepStrip,
    supportedTypes: ["json"],
});
