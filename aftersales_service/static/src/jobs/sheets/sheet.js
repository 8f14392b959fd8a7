import { Component, xml } from "@odoo/owl";

/** A form over the job: it hands in a payload or is closed. */
export class Sheet extends Component {
    static template = xml`<div/>`; // each sheet has its own
    static props = {
        job: Object,
        order: { type: Object, optional: true },
        kind: String,
        phases: { type: Array, optional: true },
        submit: Function,
        close: Function,
    };
}
