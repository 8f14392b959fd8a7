import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component } from "@odoo/owl";

/** The people who may do an order, with their day and what speaks against them; one is chosen. */
export class PeopleChoice extends Component {
    static template = "aftersales_service.PeopleChoice";
    static props = { ...standardFieldProps };

    get people() {
        return this.props.record.data[this.props.name] || [];
    }

    isChosen(person) {
        return this.props.record.data.technician_id?.id === person.id;
    }

    describeDay(person) {
        if (!person.count) {
            return _t("free all day");
        }
        const jobs = person.count === 1 ? _t("1 job") : _t("%s jobs", person.count);
        return person.busy ? `${jobs} · ${person.busy}` : jobs;
    }

    choose(person) {
        return this.props.record.update({
            technician_id: { id: person.id, display_name: person.name },
        });
    }
}

registry.category("fields").add("aftersales_people_choice", {
    component: PeopleChoice,
    supportedTypes: ["json"],
});
