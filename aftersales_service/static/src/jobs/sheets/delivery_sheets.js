import { useRef, useState } from "@odoo/owl";
import { takePhoto } from "../photo";
import { _t } from "../translate";
import { Sheet } from "./sheet";

/** What came of the call before the trip. */
export class CallSheet extends Sheet {
    static template = "aftersales_service.CallSheet";

    get results() {
        return [
            ["reached", _t("Confirmed")],
            ["no_answer", _t("No Answer")],
            ["moved", _t("Wants Another Time")],
        ];
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

/** A report that carries one photo. */
class PhotoSheet extends Sheet {
    setup() {
        this.camera = useRef("camera");
        this.state = useState({ description: "", image: "", error: "", ...this.facts });
    }

    async onPhoto(event) {
        const [file] = event.target.files;
        event.target.value = "";
        try {
            this.state.error = "";
            this.state.image = file
                ? await takePhoto(file, this.props.job, this.photoName)
                : this.state.image;
        } catch {
            this.state.error = _t("This file is not a photo.");
        }
    }

    get photoName() {
        return (this.props.order || this.props.job.orders[0])?.name || "";
    }

    save() {
        const payload = { ...this.state };
        delete payload.error;
        return this.props.submit(payload);
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

/** An accident: people first, then one sentence. */
export class AccidentSheet extends PhotoSheet {
    static template = "aftersales_service.AccidentSheet";

    get facts() {
        return { kind: "", injured_count: 0, is_help_called: false, measures: "" };
    }

    get kinds() {
        return window.jobsConfig.accident_kinds;
    }

    get isReady() {
        const { kind, description, injured_count } = this.state;
        return Boolean(kind && description.trim() && (kind !== "injury" || Number(injured_count) > 0));
    }

    save() {
        this.state.injured_count = Math.trunc(Number(this.state.injured_count)) || 0;
        return super.save();
    }
}
