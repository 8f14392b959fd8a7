import { useState } from "@odoo/owl";
import { SignaturePad } from "../signature_pad";
import { Sheet } from "./sheet";

/** The customer signs: the work, or that his article is taken along; or says why not. */
export class SignSheet extends Sheet {
    static template = "aftersales_service.SignSheet";
    static components = { SignaturePad };

    setup() {
        this.state = useState({
            image: "",
            signed_by: this.props.job.customer,
            refusal_reason: "",
            isRefused: false,
            attempt: 1,
        });
    }

    /** A smudge is no signature: start anew. */
    clear() {
        this.state.image = "";
        this.state.attempt += 1;
    }

    get isTakenAlong() {
        return this.props.kind === "take_along";
    }

    get isReady() {
        return Boolean(this.state.isRefused ? this.state.refusal_reason.trim() : this.state.image);
    }

    save() {
        const { image, signed_by, refusal_reason, isRefused } = this.state;
        return this.props.submit(
            isRefused ? { refusal_reason: refusal_reason.trim() } : { image, signed_by });
    }
}
