import { Component, useRef, useState } from "@odoo/owl";
import { isOver, nextStep, openChecks, openOrders, PHASES } from "./job_rules";
import { readPosition, takePhoto } from "./photo";
import { CheckSheet } from "./sheets/check_sheet";
import { AccidentSheet, CallSheet, DamageSheet, DeliverySheet } from "./sheets/delivery_sheets";
import { PartSheet } from "./sheets/part_sheet";
import { PaySheet } from "./sheets/pay_sheet";
import { SerialSheet } from "./sheets/serial_sheet";
import { SignSheet } from "./sheets/sign_sheet";
import { AgainSheet, MissSheet, ReportSheet } from "./sheets/text_sheets";
import { _t } from "./translate";

const SHEETS = {
    accident: AccidentSheet,
    again: AgainSheet,
    call_result: CallSheet,
    check: CheckSheet,
    collect: PaySheet,
    damage: DamageSheet,
    delivery: DeliverySheet,
    miss: MissSheet,
    part: PartSheet,
    report: ReportSheet,
    serial: SerialSheet,
    sign: SignSheet,
    take_along: SignSheet,
};

/** One job: where, whom to call, the units, and one big button for what comes next. */
export class JobPage extends Component {
    static template = "aftersales_service.JobPage";
    static props = { store: Object, job: Object, stateLabels: Object };

    setup() {
        this.camera = useRef("camera");
        this.state = useState({
            sheet: null, orderId: null, phases: PHASES, key: "", error: "", isBusy: false,
        });
    }

    // === WHAT IS SHOWN === //

    get isOver() {
        return isOver(this.props.job);
    }

    get isOnSite() {
        return this.props.job.state === "on_site";
    }

    get step() {
        return nextStep(this.props.job, (key) => Boolean(localStorage.getItem(`jobs.${key}`)));
    }

    get stepLabels() {
        return {
            call: _t("Call the Customer"),
            set_off: _t("Set off"),
            arrive: _t("Arrive"),
            photo: _t("Take a Photo"),
            part: _t("Parts Used"),
            check: _t("Checklist"),
            report: _t("Write the Report"),
            sign: _t("Let the Customer Sign"),
            complete: _t("Complete"),
        };
    }

    get callLabel() {
        return {
            reached: _t("Confirmed"),
            no_answer: _t("No Answer"),
            moved: _t("Wants Another Time"),
        }[this.props.job.call_result];
    }

    get mapLink() {
        return window.jobsConfig.map_link.replace(
            "{address}", encodeURIComponent(this.props.job.address));
    }

    get sheetComponent() {
        return SHEETS[this.state.sheet];
    }

    get sheetOrder() {
        return this.props.job.orders.find((order) => order.id === this.state.orderId);
    }

    isOpen(order) {
        return this.isOnSite && openOrders(this.props.job).includes(order);
    }

    openCheckCount(order) {
        return openChecks(order).length;
    }

    // === WHAT IS DONE === //

    /** Open a sheet; as the next step it has a key, and a checklist the phases that are due. */
    open(sheet, order, { phases = PHASES, key = "" } = {}) {
        Object.assign(this.state, { sheet, phases, key, orderId: order?.id || null, error: "" });
    }

    close() {
        if (this.state.key) {
            // looked at: no longer the next step, unless something there must be done
            localStorage.setItem(`jobs.${this.state.key}`, "1");
        }
        this.state.sheet = null;
    }

    /** Queue what a sheet brings; parts and checks come one by one, the others end it. */
    async submit(payload, kind = this.state.sheet, isLast = true, order = this.sheetOrder) {
        if (!isLast) {
            return this.act(kind, order, payload);
        }
        const isKept = await this.actOnce(kind, order, payload);
        if (isKept) {
            this.close();
        }
        return isKept;
    }

    /** Queue an action; tell whether the phone has kept it. */
    async act(kind, order, payload) {
        try {
            this.state.error = "";
            await this.props.store.add(kind, this.props.job, order, payload);
            return true;
        } catch {
            this.state.error = _t("The phone could not keep this. Is its memory full?");
            return false;
        }
    }

    /** Queue an action, and nothing more until that is done: a thumb may tap twice. */
    async actOnce(kind, order, payload) {
        if (this.state.isBusy) {
            return false;
        }
        this.state.isBusy = true;
        const isKept = await this.act(kind, order, payload);
        this.state.isBusy = false;
        return isKept;
    }

    async doNext() {
        const { kind, order } = this.step;
        if (kind === "photo") {
            return this.openCamera(order);
        }
        if (SHEETS[kind]) {
            return this.open(kind, order, this.step);
        }
        const payload = kind === "arrive" ? (await readPosition(this.props.job)) || {} : {};
        return this.actOnce(kind, order, payload);
    }

    openCamera(order) {
        this.state.orderId = order.id;
        this.camera.el.click();
    }

    async onPhoto(event) {
        const [file] = event.target.files;
        event.target.value = "";
        if (!file) {
            return;
        }
        this.state.isBusy = true;
        try {
            const image = await takePhoto(file, this.props.job, this.sheetOrder.name);
            await this.act("photo", this.sheetOrder, { image });
        } catch {
            this.state.error = _t("This file is not a photo.");
        }
        this.state.isBusy = false;
    }
}
