import { Component, useState } from "@odoo/owl";
import { labels } from "./registries";

/** What is still on the phone: waiting, refused, or kept for review. */
export class QueuePage extends Component {
    static template = "aftersales_service.QueuePage";
    static props = { store: Object };

    setup() {
        this.store = useState(this.props.store);
        this.state = useState({ asksFor: null });
    }

    /** Nothing is deleted by one tap: the second one answers the question of the first. */
    async drop(key, actions) {
        if (this.state.asksFor !== key) {
            this.state.asksFor = key;
            return;
        }
        this.state.asksFor = null;
        for (const action of actions) {
            await this.store.discard(action);
        }
    }

    label(action) {
        return labels.get(action.kind, {}).name || action.kind;
    }

    /** The moment of the tap in the phone's own time. */
    time(action) {
        return new Date(action.at.replace(" ", "T") + "Z").toLocaleTimeString(
            window.jobsConfig.lang, { hour: "2-digit", minute: "2-digit" });
    }
}
