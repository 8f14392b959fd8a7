import { useState } from "@odoo/owl";
import { Scanner, canScan } from "@aftersales_service/jobs/scanner";
import { Sheet } from "@aftersales_service/jobs/sheets/sheet";
import { _t } from "@aftersales_service/jobs/translate";
import { getDevice, readCode } from "./sign_in";

/** Scan the code on the trainer's screen, or type it. */
export class SignInSheet extends Sheet {
    static template = "aftersales_training.SignInSheet";
    static components = { Scanner };

    setup() {
        this.canScan = canScan();
        this.state = useState({ typed: "", isScanning: this.canScan, error: "" });
    }

    onCode(scanned) {
        const code = readCode(scanned.trim());
        if (code) {
            return this.props.submit({ code, device: getDevice() });
        }
        Object.assign(this.state, {
            isScanning: false,
            error: _t("This is no code to sign in. Scan the code on the trainer's screen."),
        });
    }
}

/** Three questions with one to five stars, and room for words. */
export class ReactionSheet extends Sheet {
    static template = "aftersales_training.ReactionSheet";

    setup() {
        this.stars = [1, 2, 3, 4, 5];
        this.questions = [
            ["content", _t("How did you like the content?")],
            ["trainer", _t("How did the trainer teach?")],
            ["use", _t("How useful is it for your work?")],
        ];
        this.state = useState({ content: 0, trainer: 0, use: 0, comment: "" });
    }

    get isComplete() {
        return this.questions.every(([part]) => this.state[part]);
    }

    save() {
        return this.props.submit({ ...this.state, comment: this.state.comment.trim() });
    }
}
