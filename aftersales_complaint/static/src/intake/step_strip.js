import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component, useEffect, useRef } from "@odoo/owl";

/**
 * The eight steps of a complaint with their owners, and the time left for the present one. The
 * sheet opens on the tab of the present step; a click on another step opens that one's.
 */
export class StepStrip extends Component {
    static template = "aftersales_complaint.StepStrip";
    static props = { ...standardFieldProps };

    setup() {
        this.root = useRef("root");
        useEffect(
            (page) => page && this.open(page),
            () => [this.steps.find((step) => step.is_current)?.page, this.props.record.resId]
        );
    }

    /** Open the notebook page `name` of the form, where its reader has that page. */
    open(name) {
        const form = this.root.el.closest(".o_form_renderer");
        form?.querySelector(`.o_notebook .nav-link[name=${name}]`)?.click();
    }

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
