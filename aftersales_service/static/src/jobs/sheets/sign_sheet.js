import { useRef, useState } from "@odoo/owl";
import { takePhoto } from "../photo";
import { SignaturePad } from "../signature_pad";
import { _t } from "../translate";
import { Sheet } from "./sheet";

/**
 * The customer signs: the work, or that the article is taken along. Instead of a signature
 * the customer gives the code from the message, or a photo is taken and the reason noted.
 */
export class SignSheet extends Sheet {
    static template = "aftersales_service.SignSheet";
    static components = { SignaturePad };

    setup() {
        this.camera = useRef("camera");
        this.state = useState({
            way: "sign",
            image: "",
            signed_by: this.props.job.customer,
            code: "",
            isCodeSent: false,
            refusal_reason: "",
            photo: "",
            error: "",
            attempt: 1,
        });
    }

    /** A smudge is no signature: start again. */
    clear() {
        this.state.image = "";
        this.state.attempt += 1;
    }

    get isTakenAlong() {
        return this.props.kind === "take_along";
    }

    get ways() {
        const ways = [["sign", _t("Signature")], ["refuse", _t("Does not sign")]];
        if (this.props.order.can_send_code) {
            ways.splice(1, 0, ["code", _t("Completion Code")]);
        }
        return this.isTakenAlong ? [] : ways;
    }

    /** What would be handed in, or null while something is missing. */
    get payload() {
        const { way, image, signed_by, code, refusal_reason, photo } = this.state;
        return {
            sign: image && { image, signed_by },
            code: code.trim() && { code: code.trim() },
            refuse: refusal_reason.trim() && photo && {
                refusal_reason: refusal_reason.trim(), photo },
        }[way] || null;
    }

    /** Sent, unless the server refused to. */
    get isCodeSent() {
        const isRefused = this.props.refusals.some(({ kind }) => kind === "send_code");
        return this.state.isCodeSent && !isRefused;
    }

    async sendCode() {
        this.state.isCodeSent = await this.props.submit({}, "send_code", false);
    }

    async onPhoto(event) {
        const [file] = event.target.files;
        event.target.value = "";
        this.state.error = "";
        try {
            const { job, order } = this.props;
            this.state.photo = file ? await takePhoto(file, job, order.name) : this.state.photo;
        } catch {
            this.state.error = _t("This file is not a photo.");
        }
    }

    save() {
        return this.props.submit(this.payload);
    }
}
