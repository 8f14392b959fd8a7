import { useRef, useState } from "@odoo/owl";
import { openChecks } from "../job_rules";
import { takePhoto } from "../photo";
import { _t } from "../translate";
import { Sheet } from "./sheet";

/** The checklist by phase: one tap for each answer, one tap for the rest of a phase. */
export class CheckSheet extends Sheet {
    static template = "aftersales_service.CheckSheet";

    setup() {
        this.camera = useRef("camera");
        this.state = useState({ checkId: null, error: "" });
    }

    get phases() {
        const labels = {
            before_leaving: _t("Before Leaving"),
            before_work: _t("Before Work"),
            during: _t("During Work"),
            after: _t("After Work"),
        };
        return Object.entries(labels)
            .map(([phase, label]) => ({
                phase,
                label,
                checks: this.props.order.checks.filter((check) => check.phase === phase),
            }))
            .filter(({ phase, checks }) => checks.length && this.props.phases.includes(phase));
    }

    get results() {
        return [
            ["ok", _t("OK")],
            ["not_ok", _t("Not OK")],
            ["na", "–"],
        ];
    }

    async answer(check, result, note = check.note, image = undefined) {
        for (const [order, twin] of this.twins(check)) {
            const payload = { check_id: twin.id, result, note, image };
            await this.props.submit(payload, "check", false, order);
        }
    }

    /** A check before leaving is about the trip: it is answered for all units at once. */
    twins(check) {
        if (check.phase !== "before_leaving") {
            return [[this.props.order, check]];
        }
        return this.props.job.orders.flatMap((order) =>
            order.checks
                .filter((other) => other.phase === check.phase && other.name === check.name)
                .map((other) => [order, other])
        );
    }

    /** Answer what is open in a phase with OK, but for checks that demand a photo. */
    async answerRest(checks) {
        const open = openChecks({ checks }).filter((check) => !check.needs_photo);
        for (const check of open) {
            await this.answer(check, "ok");
        }
    }

    openCamera(check) {
        this.state.checkId = check.id;
        this.camera.el.click();
    }

    async onPhoto(event) {
        const [file] = event.target.files;
        event.target.value = "";
        const check = this.props.order.checks.find((check) => check.id === this.state.checkId);
        this.state.error = "";
        try {
            const image = file && (await takePhoto(file, this.props.job, this.props.order.name));
            return image && this.answer(check, check.result || "ok", check.note, image);
        } catch {
            this.state.error = _t("This file is not a photo.");
        }
    }
}
