import { reactive } from "@odoo/owl";
import { withActions, withPageActions } from "./job_rules";
import { isOfStep, isSameDoing, isSameUnit, needsOthers } from "./job_actions";
import { dropAction, readActions, saveAction } from "./queue_db";
import { changes, pages } from "./registries";
import { LoginError, OfflineError, readJobs, readPage, sendActions, utcNow } from "./server";
import { Taps } from "./taps";
import { _t } from "./translate";

const config = window.jobsConfig;
const BATCH_CHARS = 3_000_000;
const BATCH_ACTIONS = 500;
const RETRY_MS = 20_000;
// a job that is planned meanwhile is seen without a tap
const POLL_MS = 120_000;
// an answer the phone does not know is shown as a refusal: nothing is dropped by mistake
const STATUS_BY_ANSWER = {
    done: "sent", already_done: "sent", late: "late", discarded: "discarded",
};
const getChange = (kind) => changes.get(kind, null);

/**
 * Today's jobs and the actions that wait, and the way between phone and server.
 *
 * An action is `waiting` until the server answers, then `sent` until the jobs were read again,
 * `refused` with the server's sentence, or `late`: the server keeps it for a dispatcher, who
 * makes it `applied` or `discarded`. Only what was sent leaves the phone without a question.
 */
export class JobsStore {
    constructor() {
        this.serverJobs = [];
        this.upcoming = [];
        this.serverPages = {};
        this.actions = [];
        this.taps = new Taps();
        this.readings = 0;
        this.isLoaded = false;
        this.isOffline = false;
        this.needsLogin = false;
        this.error = "";
    }

    /** The jobs as the technician sees them: the server's, and what was done since. */
    get jobs() {
        return withActions(this.serverJobs, this.pending.filter((action) => !action.page), getChange);
    }

    /** The pages of the bottom bar, beside that of the jobs: `[key, page]`. */
    get pages() {
        return pages.getEntries().filter(([, { isShown }]) => !isShown || isShown(config));
    }

    /** The data of a further page as the user sees it, or null while it was never read. */
    getPage(key) {
        const data = this.serverPages[key];
        const pending = this.pending.filter((action) => action.page === key);
        return data ? withPageActions(data, pending, getChange) : null;
    }

    /** What the server's data does not show yet. */
    get pending() {
        return this.actions.filter((action) => ["waiting", "sent"].includes(action.status));
    }

    get waiting() {
        return this.actions.filter((action) => action.status === "waiting");
    }

    get refused() {
        return this.actions.filter((action) => action.status === "refused");
    }

    /** What came too late: the server keeps it, a dispatcher decides. */
    get late() {
        return this.actions.filter((action) => action.status === "late");
    }

    /** Why it is kept, in the server's words, each sentence once. */
    get lateSentences() {
        return [...new Set(this.late.map(({ message }) => message))];
    }

    /** What a dispatcher decided on late work, until the user has read it. */
    get reviewed() {
        return this.actions.filter((action) => ["applied", "discarded"].includes(action.status));
    }

    /** The same by visit, as it was decided: `{ key, status, actions }`. */
    get reviewedGroups() {
        const groups = new Map();
        for (const action of this.reviewed) {
            const key = [action.status, action.res_model, action.res_id].join();
            const group = groups.get(key) || { key, status: action.status, actions: [] };
            group.actions.push(action);
            groups.set(key, group);
        }
        return [...groups.values()];
    }

    async start() {
        this.actions = await readActions(config.user_id);
        await this.load();
        this.flush();
        window.addEventListener("online", () => this.refresh());
        // a technician who takes the phone out of the pocket wants to see what is planned now
        document.addEventListener("visibilitychange", () => document.hidden || this.refresh());
        setInterval(
            () => (this.isOffline || this.waiting.length) && this.refresh(), RETRY_MS);
        setInterval(() => document.hidden || this.refresh(), POLL_MS);
    }

    /** Send what waits and look for new jobs. */
    async refresh() {
        await this.flush();
        await this.load();
    }

    /** Read the jobs; what was sent before is part of them from now on. */
    async load() {
        const sent = this.actions.filter((action) => action.status === "sent");
        const reading = ++this.readings;
        await this.guard(async () => {
            const data = await readJobs();
            if (reading !== this.readings) {
                return; // one that began later knows more
            }
            if (data.user_id !== config.user_id) {
                throw new LoginError();
            }
            const isKnown = (action) => !data.isKept && !action.page && sent.includes(action);
            // at once: what stands in the jobs must not be added to them a second time
            this.actions = this.actions.filter((action) => !isKnown(action));
            this.serverJobs = data.jobs;
            this.upcoming = data.upcoming || [];
            this.isLoaded = true;
            await this.readReviews(data.reviewed || []);
            await this.loadPages();
            if (data.isKept) {
                throw new OfflineError(); // they may be older than what was sent
            }
            for (const action of sent) {
                await this.discard(action);
            }
        });
    }

    /** Note what a dispatcher decided on the late work that is still on this phone. */
    async readReviews(reviewed) {
        for (const { uuid, status, message } of reviewed) {
            const action = this.late.find((action) => action.uuid === uuid);
            if (action && status !== "late") {
                await this.setAnswer(action, status === "done" ? "applied" : status, message);
            }
        }
    }

    /** Read the further pages, which are needed without a network as well. */
    async loadPages() {
        for (const [key] of this.pages) {
            try {
                this.serverPages[key] = await readPage(key);
            } catch (error) {
                if (error instanceof OfflineError || error instanceof LoginError) {
                    throw error;
                }
                console.error(error); // the jobs are shown, whatever a further page meets
            }
        }
    }

    /** Queue an action on a job and send it if there is a network. */
    async add(kind, job, order, payload = {}) {
        return this.queue({
            kind,
            visit_id: job.id,
            order_id: order?.id || false,
            res_model: "aftersales.visit",
            res_id: job.id,
            label: [job.customer, order?.product].filter(Boolean).join(" · "),
            payload,
        });
    }

    /**
     * Queue an action on a document of a further page: an exam, a transfer, a scanned tag.
     *
     * @param {{ res_model: string, res_id: number, name: string }} document
     */
    async addOn(page, kind, { res_model, res_id, name }, payload = {}) {
        return this.queue({ page, kind, res_model, res_id, label: name || "", payload });
    }

    /** Queue an action; the second tap of a thumb shares the fate of the first. */
    async queue(values) {
        return this.taps.doOnce(values, async () => {
            await this.keep(values);
            await this.replaceRefused(values);
            this.flush();
        });
    }

    /** Take back what waits on this phone and is not under way to the server. */
    async withdraw(kind, job, order, uuid) {
        const values = {
            kind, res_model: "aftersales.visit", res_id: job.id, order_id: order.id, payload: {},
        };
        return this.taps.doOnce(values, async () => {
            const action = this.waiting.find((other) => other.uuid === uuid);
            if (action && !action.isUnderWay) {
                await this.discard(action);
            }
        });
    }

    /** What is done once more takes the place of what the server refused. */
    async replaceRefused(values) {
        for (const action of this.refused.filter((other) => isSameDoing(other, values))) {
            await this.discard(action);
        }
    }

    async keep(values) {
        const action = {
            uuid: newUuid(),
            user_id: config.user_id,
            // without zone: the server reads and keeps times in UTC
            at: utcNow(),
            status: "waiting",
            ...values,
        };
        action.id = await saveAction(action);
        this.actions.push(action);
    }

    /** Send what waits, in order; one sending at a time. */
    async flush() {
        if (this.flushing) {
            this.flushAgain = true;
            return this.flushing;
        }
        this.flushing = this.sendWaiting();
        await this.flushing;
        this.flushing = null;
        if (this.flushAgain) {
            this.flushAgain = false;
            return this.flush();
        }
    }

    async sendWaiting() {
        if (!this.waiting.length) {
            return;
        }
        await this.guard(async () => {
            while (this.waiting.length) {
                await this.holdBack();
                await this.sendBatch(this.nextBatch());
            }
        });
        // what came too late is about a job that is no longer in the list; what was refused,
        // about one that the phone knew too little of
        if (this.actions.some(({ status }) => ["sent", "late", "refused"].includes(status))) {
            await this.load();
        }
    }

    /** Refuse here what would end a unit while the server has refused other work on it. */
    async holdBack() {
        for (const action of this.waiting.filter((action) => needsOthers(action))) {
            if (this.refused.some((other) => isOfStep(other) && isSameUnit(other, action))) {
                await this.setAnswer(action, "refused",
                    _t("This was not sent, because earlier work on this unit was refused. Do that again or drop it, then try again."));
            }
        }
    }

    /** As many waiting actions as one request should carry; photos are large. */
    nextBatch() {
        const batch = [];
        let size = 0;
        for (const action of this.waiting) {
            size += JSON.stringify(action.payload).length;
            if (batch.length && (size > BATCH_CHARS || batch.length >= BATCH_ACTIONS)) {
                break;
            }
            if (needsOthers(action) && batch.some((other) => isSameUnit(other, action))) {
                break; // first the answers to what was done before
            }
            batch.push(action);
        }
        return batch;
    }

    async sendBatch(batch) {
        if (!batch.length) {
            return;
        }
        let answers;
        try {
            batch.forEach((action) => (action.isUnderWay = true));
            answers = await sendActions(batch).finally(() =>
                batch.forEach((action) => (action.isUnderWay = false))
            );
        } catch (error) {
            if (error instanceof OfflineError || error instanceof LoginError) {
                throw error;
            }
            if (batch.length > 1) {
                // one of them upsets the server: the others must not suffer
                for (const action of batch) {
                    await this.sendBatch([action]);
                }
                return;
            }
            answers = [{ uuid: batch[0].uuid, status: "refused", message: error.message }];
        }
        for (const action of batch) {
            const answer = answers.find((answer) => answer.uuid === action.uuid);
            await this.setAnswer(
                action, STATUS_BY_ANSWER[answer?.status] || "refused", answer?.message || "");
        }
    }

    async setAnswer(action, status, message) {
        Object.assign(action, { status, message });
        await saveAction({ ...action, payload: { ...action.payload } });
    }

    /** Try a refused action again, under its own UUID. */
    async retry(action) {
        action.status = "waiting";
        await saveAction({ ...action, payload: { ...action.payload } });
        return this.flush();
    }

    async discard(action) {
        await dropAction(action.id);
        this.actions = this.actions.filter((other) => other.id !== action.id);
    }

    /** Run `work` and note what kept it from succeeding. */
    async guard(work) {
        try {
            await work();
            Object.assign(this, { isOffline: false, needsLogin: false, error: "" });
        } catch (error) {
            this.isOffline = error instanceof OfflineError;
            this.needsLogin = error instanceof LoginError;
            this.error = this.isOffline || this.needsLogin ? "" : error.message;
        }
    }
}

export const createStore = () => reactive(new JobsStore());

/** A random UUID; older WebViews lack `crypto.randomUUID`. */
function newUuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
