import { Component, xml } from "@odoo/owl";

/**
 * A form over a job, or over a further page: it hands in a payload or is closed.
 *
 * Over a job it has `job` and mostly `order`; over a page its `data` and the `document`
 * (`{ res_model, res_id, name, … }`) with which the page opened it.
 * `refusals` are the actions that the server refused there; they are shown above the sheet.
 * `withdraw(uuid, kind)` takes back what the job's queue still holds, in place of `kind`.
 */
export class Sheet extends Component {
    static template = xml`<div/>`; // each sheet has its own
    static props = {
        job: { type: Object, optional: true },
        order: { type: Object, optional: true },
        data: { type: Object, optional: true },
        document: { type: Object, optional: true },
        kind: String,
        refusals: { type: Array, optional: true },
        phases: { type: Array, optional: true },
        submit: Function,
        withdraw: { type: Function, optional: true },
        close: Function,
    };
}
