import { Component, useState } from "@odoo/owl";
import { labels } from "./registries";

/** What the server refused, where it was done: its sentence, and what to do with it. */
export class Refusals extends Component {
    static template = "aftersales_service.Refusals";
    static props = { store: Object, actions: Array };

    setup() {
        this.state = useState({ asksFor: null });
    }

    label(action) {
        return labels.get(action.kind, {}).name || action.kind;
    }

    /** Nothing is deleted by one tap: the second one answers the question of the first. */
    drop(action) {
        if (this.state.asksFor !== action.id) {
            this.state.asksFor = action.id;
            return;
        }
        this.state.asksFor = null;
        return this.props.store.discard(action);
    }
}
