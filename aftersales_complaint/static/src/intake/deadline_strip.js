import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component } from "@odoo/owl";

/**
 * The promises of a complaint in one line, the earliest in red: what the customer, the law and
 * the platform wait for, then our own step.
 */
export class DeadlineStrip extends Component {
    static template = "aftersales_complaint.DeadlineStrip";
    static props = { ...standardFieldProps };

    get deadlines() {
        const now = luxon.DateTime.now();
        return (this.props.record.data[this.props.name] || []).map((entry, index) => {
            const deadline = deserializeDateTime(entry.deadline);
            return {
                ...entry,
                isFirst: index === 0,
                isLate: deadline < now,
                when: formatDateTime(deadline, { showSeconds: false }),
                left: deadline.toRelative(),
            };
        });
    }
}

registry.category("fields").add("aftersales_deadline_strip", {
    component: DeadlineStrip,
    supportedTypes: ["json"],
});
