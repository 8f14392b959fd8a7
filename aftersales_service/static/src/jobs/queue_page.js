import { Component, useState } from "@odoo/owl";
import { _t } from "./translate";

/** What is still on the phone: waiting for the network, or refused with the reason. */
export class QueuePage extends Component {
    static template = "aftersales_service.QueuePage";
    static props = { store: Object };

    setup() {
        this.store = useState(this.props.store);
    }

    get labels() {
        return {
            call: _t("Customer called"),
            call_result: _t("Result of the Call"),
            set_off: _t("Set off"),
            arrive: _t("Arrived"),
            miss: _t("In vain"),
            serial: _t("Serial number"),
            photo: _t("Photo"),
            check: _t("Check"),
            part: _t("Part"),
            part_off: _t("Part removed"),
            report: _t("Work report"),
            send_code: _t("Send the Code"),
            sign: _t("Signature"),
            quote: _t("Make the Quotation"),
            collect: _t("Payment"),
            take_along: _t("Taken to shop"),
            again: _t("Further visit"),
            delivery: _t("Delivery"),
            damage: _t("Damage on Delivery"),
            accident: _t("Accident"),
            complete: _t("Completed"),
        };
    }

    /** The moment of the tap in the phone's own time. */
    time(action) {
        return new Date(action.at.replace(" ", "T") + "Z").toLocaleTimeString(
            window.jobsConfig.lang, { hour: "2-digit", minute: "2-digit" });
    }
}
