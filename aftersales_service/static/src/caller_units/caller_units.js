import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component } from "@odoo/owl";

/** The units of who calls, side by side: one click on a unit fills the order. */
export class CallerUnits extends Component {
    static template = "aftersales_service.CallerUnits";
    static props = { ...standardFieldProps };

    get units() {
        return this.props.record.data[this.props.name] || [];
    }

    isChosen(unit) {
        return this.props.record.data.warranty_id?.id === unit.id;
    }

    choose(unit) {
        const warranty = this.isChosen(unit) ? false : { id: unit.id, display_name: unit.name };
        return this.props.record.update({ warranty_id: warranty });
    }
}

registry.category("fields").add("aftersales_caller_units", {
    component: CallerUnits,
    supportedTypes: ["json"],
});
