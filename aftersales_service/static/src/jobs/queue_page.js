import { Component, useState } from "@odoo/owl";
import { labels } from "./registries";

/** What is still on the phone: waiting for the network, or refused with the reason. */
export class QueuePage extends Component {
    static template = "aftersales_service.QueuePage";
    static props = { store: Object };

    setup() {
        this.store = useState(this.props.store);
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
