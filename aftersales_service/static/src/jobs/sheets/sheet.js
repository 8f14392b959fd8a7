import { Component } from "@odoo/owl";

/**
 * A form over a job, or over a further page: it hands in a payload or is closed.
 *
 * Over a job it has `job` and mostly `order`; over a page its `data` and the `document`
 * (`{ res_model, res_id, name, … }`) with which the page opened it.
 */
export class Sheet extends Component {
    static props = {
        job: { type: Object, optional: true },
        order: { type: Object, optional: true },
        data: { type: Object, optional: true },
        document: { type: Object, optional: true },
        kind: String,
        phases: { type: Array, optional: true },
        submit: Function,
        close: Function,
    };
}
