import { useState } from "@odoo/owl";
import { PhotoSheet } from "../sheets/photo_sheet";
import { Sheet } from "../sheets/sheet";
import { _t } from "../translate";

/** What came of the call before the trip. */
export class CallSheet extends Sheet {
    static template = "aftersales_service.CallSheet";

    setup() {
        const { call_result: result, call_wish: wish } = this.props.job;
        this.state = useState({ result, wish: "", note: wish || "" });
    }

    get results() {
        return [
            ["reached", _t("Confirmed")],
            ["no_answer", _t("No Answer")],
            ["moved", _t("Wants Another Time")],
        ];
    }

    /** Another time is asked for; the other results say all. */
    choose(result) {
        this.state.result = result;
        return result === "moved" || this.props.submit({ result });
    }

    save() {
        const { result, wish, note } = this.state;
        return this.props.submit({
            result,
            // the phone's clock says when; the server keeps UTC
            wish: wish && new Date(wish).toISOString().slice(0, 19).replace("T", " "),
            wish_label: wish && new Date(wish).toLocaleString(window.jobsConfig.lang, {
                dateStyle: "short", timeStyle: "short",
            }),
            note: note.trim(),
        });
    }
}

/** Floor, lift, explanation and the old product. */
export class DeliverySheet extends Sheet {
    static template = "aftersales_service.DeliverySheet";

    setup() {
        const order = this.props.order;
        this.state = useState({
            floor: order.floor,
            has_lift: order.has_lift,
            use_explained: order.use_explained,
            is_old_taken: order.is_old_taken,
            old_product: order.old_product,
            old_serial: order.old_serial,
            old_condition: order.old_condition,
        });
    }

    save() {
        return this.props.submit({ ...this.state, floor: Math.trunc(Number(this.state.floor)) || 0 });
    }
}

/** Damage found on delivery: a sentence and a photo. */
export class DamageSheet extends PhotoSheet {
    static template = "aftersales_service.DamageSheet";

    get facts() {
        return { kind: "", is_on_slip: false };
    }

    get kinds() {
        return window.jobsConfig.damage_kinds;
    }

    get isReady() {
        return Boolean(this.state.kind && this.state.image && this.state.description.trim());
    }
}
