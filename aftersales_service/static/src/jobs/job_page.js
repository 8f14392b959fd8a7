import { Component, useRef, useState } from "@odoo/owl";
import { useBack } from "./back";
import { useDialog } from "./dialog";
import { stepOf } from "./job_actions";
import { isOver, nextStep, openOrders, PHASES } from "./job_rules";
import { readPosition, takePhoto } from "./photo";
import { Refusals } from "./refusals";
import { buttons, labels, notes, sheets, steps } from "./registries";
import { DOUBLE_TAP_MS } from "./taps";
import { _t } from "./translate";

/** One job: where, whom to call, the units, and one big button for what comes next. */
export class JobPage extends Component {
    static template = "aftersales_service.JobPage";
    static components = { Refusals };
    static props = { store: Object, job: Object, stateLabels: Object };

    setup() {
        this.camera = useRef("camera");
        this.state = useState({
            sheet: null, orderId: null, phases: PHASES, key: "", error: "", isBusy: false,
        });
        const isOpen = () => Boolean(this.sheetComponent);
        useBack(isOpen, () => this.close(false));
        this.onSheetKey = useDialog("sheet", isOpen, () => this.close(false));
    }

    // === WHAT IS SHOWN === //

    get isOver() {
        return isOver(this.props.job);
    }

    /** The job that comes next, or null when none is left today. */
    get nextJob() {
        return this.props.store.jobs.find(
            (job) => job.id !== this.props.job.id && !isOver(job)) || null;
    }

    get isOnSite() {
        return this.props.job.state === "on_site";
    }

    get step() {
        return nextStep(
            this.props.job,
            steps.getEntries(),
            (key) => Boolean(localStorage.getItem(`jobs.${key}`)),
            (key, order) => this.refusals(order).some(({ kind }) => stepOf(kind) === key)
        );
    }

    /** What the server refused of this job, or of this unit of it. */
    refusals(order) {
        return this.props.store.refused.filter(
            (action) =>
                action.visit_id === this.props.job.id &&
                (action.order_id || null) === (order?.id || null)
        );
    }

    stepLabel({ kind, label }) {
        return label || labels.get(kind, {}).step || labels.get(kind, {}).name || kind;
    }

    /** The buttons of a place that this job, or this unit of it, shows. */
    buttons(place, order) {
        const { job } = this.props;
        return buttons
            .getEntries()
            .filter(([, entry]) => entry.place === place)
            .filter(([, { isShown }]) => !isShown || isShown(job, order))
            .map(([key, entry]) => ({
                ...entry,
                key,
                icon: entry.icon || labels.get(entry.kind, {}).icon,
                value: entry.value?.(job, order),
                href: entry.href?.(job, order),
            }));
    }

    /** The lines of a place that have something to say about this job, or this unit of it. */
    notes(place, order) {
        return notes
            .getEntries()
            .filter(([, note]) => note.place === place)
            .map(([key, note]) => ({ ...note, key, text: note.text(this.props.job, order) }))
            .filter((note) => note.text);
    }

    get mapLink() {
        return window.jobsConfig.map_link.replace(
            "{address}", encodeURIComponent(this.props.job.address));
    }

    get sheetComponent() {
        return sheets.get(this.state.sheet, null);
    }

    get sheetOrder() {
        return this.props.job.orders.find((order) => order.id === this.state.orderId);
    }

    isOpen(order) {
        return this.isOnSite && openOrders(this.props.job).includes(order);
    }

    // === WHAT IS DONE === //

    /** Open a sheet; as the next step it has a key, and a checklist the phases that are due. */
    open(sheet, order, { phases = PHASES, key = "" } = {}) {
        Object.assign(this.state, { sheet, phases, key, orderId: order?.id || null, error: "" });
    }

    /** Close the sheet; `isSeen` unless it was left by “Back”. */
    close(isSeen = true) {
        if (isSeen && this.state.key) {
            // looked at: no longer the next step, unless something there must be done
            localStorage.setItem(`jobs.${this.state.key}`, "1");
        }
        this.state.sheet = null;
    }

    /** Queue what a sheet brings; parts and checks come one by one, the others end it. */
    async submit(payload, kind = this.state.sheet, isLast = true, order = this.sheetOrder) {
        if (!kind) {
            return false; // the second tap on a sheet that the first has closed
        }
        if (!isLast) {
            return this.act(kind, order, payload);
        }
        const sheet = this.state.sheet;
        const isKept = await this.actOnce(kind, order, payload);
        if (isKept) {
            // done, not just looked at: the step comes again if the server refuses
            this.state.sheet = null;
            this.submitted = { sheet, orderId: order?.id || null, at: Date.now() };
        }
        return isKept;
    }

    /** Take back what a sheet queued, as long as it waits. */
    async withdraw(uuid, kind) {
        return this.props.store.withdraw(kind, this.props.job, this.sheetOrder, uuid);
    }

    /** Queue an action; return whether the phone has kept it. */
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

    doNext() {
        const { kind, order } = this.step;
        return this.start(kind, order, this.step);
    }

    /** Begin what a button offers: the camera, a sheet, or an action at once. */
    async start(kind, order, options = {}) {
        if (kind === "photo") {
            return this.openCamera(order);
        }
        if (sheets.contains(kind)) {
            return this.isSubmittedNow(kind, order) ? null : this.open(kind, order, options);
        }
        const payload = kind === "arrive" ? (await readPosition(this.props.job)) || {} : {};
        return this.actOnce(kind, order, payload);
    }

    /** The second tap of a thumb goes through the sheet that the first has closed. */
    isSubmittedNow(kind, order) {
        const { sheet, orderId, at } = this.submitted || {};
        return (
            sheet === kind &&
            orderId === (order?.id || null) &&
            Date.now() - at < DOUBLE_TAP_MS &&
            !this.refusals(order).some((action) => action.kind === kind)
        );
    }

    /** Follow the link of a button; a paper of the server needs a network. */
    follow(event, entry) {
        this.state.error = "";
        if (entry.isNewTab && (this.props.store.isOffline || !navigator.onLine)) {
            event.preventDefault();
            this.state.error = _t("There is no network to read this document. Open it when there is one.");
        }
    }

    openCamera(order) {
        this.state.error = "";
        this.state.orderId = order.id;
        this.camera.el.click();
    }

    async onPhoto(event) {
        const [file] = event.target.files;
        event.target.value = "";
        if (!file) {
            return;
        }
        Object.assign(this.state, { isBusy: true, error: "" });
        try {
            const image = await takePhoto(file, this.props.job, this.sheetOrder.name);
            await this.act("photo", this.sheetOrder, { image });
        } catch {
            this.state.error = _t("This file is not a photo.");
        }
        this.state.isBusy = false;
    }
}
