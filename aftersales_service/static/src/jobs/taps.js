import { contentOf, subjectOf } from "./job_actions";

export const DOUBLE_TAP_MS = 1_000;

/** What was done last: the second tap of a thumb does nothing a second time. */
export class Taps {
    constructor() {
        this.kind = null;
        this.last = new Map(); // subject → what of this kind was done, and when
    }

    /**
     * Do `work`, but not again for a second tap within a second or while it is being done.
     *
     * The second tap shares the fate of the first. A hand that did something else meanwhile
     * means it.
     */
    async doOnce(action, work) {
        if (action.kind !== this.kind) {
            this.kind = action.kind;
            this.last.clear();
        }
        const subject = subjectOf(action);
        const content = contentOf(action);
        const last = this.last.get(subject);
        const isRecent = last && (last.isUnderWay || Date.now() - last.at < DOUBLE_TAP_MS);
        if (isRecent && last.content === content) {
            return last.work;
        }
        const tap = { content, at: Date.now(), isUnderWay: true };
        this.last.set(subject, tap);
        try {
            tap.work = work();
            await tap.work;
        } catch (error) {
            tap.at = 0; // it may be done again at once
            throw error;
        } finally {
            tap.isUnderWay = false;
        }
    }
}
