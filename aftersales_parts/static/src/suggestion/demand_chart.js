import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component } from "@odoo/owl";

/** The demand of the last months as small bars, the highest as high as the line. */
export class DemandChart extends Component {
    static template = "aftersales_parts.DemandChart";
    static props = { ...standardFieldProps };

    get months() {
        return this.props.record.data[this.props.name] || [];
    }

    get bars() {
        const highest = Math.max(...this.months, 1);
        return this.months.map((quantity, index) => {
            const height = quantity ? Math.max((quantity / highest) * 20, 1) : 0;
            return { x: index * 4, y: 20 - height, height };
        });
    }

    get width() {
        return this.months.length * 4;
    }

    /** What a screen reader says, and the mouse shows. */
    get label() {
        const total = this.months.reduce((sum, quantity) => sum + quantity, 0);
        return _t("Demand of %(months)s months: %(total)s in sum, %(highest)s at most, %(last)s in the last month", {
            months: this.months.length,
            total: Math.round(total * 10) / 10,
            highest: Math.max(...this.months, 0),
            last: this.months.at(-1) || 0,
        });
    }
}

registry.category("fields").add("aftersales_demand_chart", {
    component: DemandChart,
    supportedTypes: ["json"],
});
