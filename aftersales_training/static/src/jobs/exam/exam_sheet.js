import { useRef, useState } from "@odoo/owl";
import { takePhoto } from "@aftersales_service/jobs/photo";
import { Sheet } from "@aftersales_service/jobs/sheets/sheet";
import { SignaturePad } from "@aftersales_service/jobs/signature_pad";
import { _t } from "@aftersales_service/jobs/translate";
import { markSheet } from "./mark";

/** The scoring sheet: large answers, a photo per item, two signatures, one tap to finish. */
export class ExamSheet extends Sheet {
    static template = "aftersales_training.ExamSheet";
    static components = { SignaturePad };

    setup() {
        this.camera = useRef("camera");
        this.state = useState({
            itemId: null, error: "", learner: "", examiner: "", attempt: 1, remark: "",
            isSigning: false,
        });
    }

    /** The sheet as the phone knows it now; what is tapped changes the page's data. */
    get check() {
        const { res_id } = this.props.document;
        return this.props.data.checks.find((check) => check.res_id === res_id);
    }

    get mark() {
        return markSheet(this.check.items, this.check.pass_mark);
    }

    get missingPhotos() {
        return this.check.items.some(
            ({ needs_photo, has_photo, result }) => needs_photo && !has_photo && result === "passed"
        );
    }

    get canSign() {
        return this.mark.isDecided && !this.missingPhotos;
    }

    get outcome() {
        const mark = this.mark.percent.toFixed(1);
        if (this.mark.isRed) {
            return _t("A red line was crossed: failed");
        }
        return this.mark.isPassed
            ? _t("%(mark)s of 100: passed", { mark })
            : _t("%(mark)s of 100: failed, %(pass)s are needed", {
                  mark, pass: this.check.pass_mark,
              });
    }

    get results() {
        return [
            ["passed", _t("Pass")],
            ["failed", _t("Fail")],
            ["na", "–"],
        ];
    }

    answer(item, result, note = item.note, image = undefined) {
        return this.props.submit({ check_id: item.id, result, note, image }, "exam_item", false);
    }

    openCamera(item) {
        this.state.itemId = item.id;
        this.camera.el.click();
    }

    async onPhoto(event) {
        const [file] = event.target.files;
        event.target.value = "";
        const item = this.check.items.find(({ id }) => id === this.state.itemId);
        this.state.error = "";
        try {
            const image = file && (await takePhoto(file, {}, this.check.name));
            return image && this.answer(item, item.result || "passed", item.note, image);
        } catch {
            this.state.error = _t("This file is not a photo.");
        }
    }

    signAgain() {
        Object.assign(this.state, {
            learner: "", examiner: "", attempt: this.state.attempt + 1,
        });
    }

    finish() {
        const { learner, examiner, remark } = this.state;
        return this.props.submit(
            { learner_signature: learner, examiner_signature: examiner, remark: remark.trim() },
            "exam_sign"
        );
    }
}
