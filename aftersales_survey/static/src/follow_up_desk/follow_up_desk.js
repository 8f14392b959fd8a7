import { _t } from "@web/core/l10n/translation";
import { deserializeDateTime, formatDateTime, serializeDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { Mutex } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import {
    Component, onWillStart, onWillUnmount, useEffect, useExternalListener, useRef, useState,
} from "@odoo/owl";

const { DateTime } = luxon;
const CALL = "aftersales.survey.invitation";
// a 1 may be the begin of a 10
const TEN_MS = 700;
// result -> its key; what a module adds to the field is clicked
const RESULT_KEYS = { reached: "r", no_answer: "n", expired: "e", refused: "x", call_back: "b" };

// the call that was open when the desk was left; it is shown again if it is still free
let leftCall = false;

/**
 * The follow-up desk: the queue on the left, the job in the middle, the questions on the right.
 * Digits answer the question that is marked, letters note the result and bring the next call.
 */
export class FollowUpDesk extends Component {
    static template = "aftersales_survey.FollowUpDesk";
    static displayName = _t("Follow-up Desk");
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.remark = useRef("remark");
        this.state = useState({
            desk: null, current: 0, note: "", isDenied: false, isBusy: false, isPuttingOff: false,
            loop: null,
        });
        this.groups = ["call_back", "late", "new"];
        this.mutex = new Mutex();
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
        useEffect(
            (_current, call) => {
                const card = document.querySelector(".o_desk_current");
                card?.scrollIntoView({ block: "nearest" });
                if (call === this.shownCall) {
                    // words are written at once; a letter beside the box would be a command
                    card?.querySelector("textarea")?.focus();
                }
                this.shownCall = call;
            },
            () => [this.state.current, this.call?.id]
        );
        onWillStart(async () => {
            const wanted = this.props.action.context?.wanted_call_id || leftCall;
            leftCall = false;
            this.show(await this.orm.call(CALL, "open_call_desk", [wanted]));
        });
        onWillUnmount(() => this.leave());
    }

    // === WHAT IS SHOWN === //

    get call() {
        return this.state.desk.call;
    }

    get questions() {
        return this.call?.questions || [];
    }

    get currentQuestion() {
        return this.questions[this.state.current];
    }

    /** What an empty desk says of the calls to come. */
    get nextCalls() {
        const { planned, due } = this.state.desk.next || {};
        if (planned) {
            return _t("%s customers of a telephone survey are being put into the queue: open the desk again in a minute.", planned);
        }
        return due ? _t("The next call is due on %s.", this.time(due)) : "";
    }

    get loop() {
        return this.state.loop || this.call?.loop;
    }

    get putOffChoices() {
        const now = DateTime.now();
        const morning = now.plus({ days: 1 }).set({ hour: 10, minute: 0, second: 0 });
        return [
            { key: "1", label: _t("In an hour"), at: now.plus({ hours: 1 }) },
            { key: "2", label: _t("In three hours"), at: now.plus({ hours: 3 }) },
            { key: "3", label: _t("Tomorrow at 10:00"), at: morning },
        ];
    }

    get results() {
        return Object.entries(this.state.desk.results).map(([key, label]) => ({
            key, label, letter: RESULT_KEYS[key]?.toUpperCase(),
        }));
    }

    entries(group) {
        return this.state.desk.queue.filter((entry) => entry.group === group);
    }

    time(text) {
        return text ? formatDateTime(deserializeDateTime(text), { showSeconds: false }) : "";
    }

    /** The hour of today, the day of other days. */
    shortTime(text) {
        const moment = deserializeDateTime(text);
        return moment.hasSame(DateTime.now(), "day")
            ? moment.toLocaleString(DateTime.TIME_SIMPLE)
            : moment.toLocaleString({ month: "numeric", day: "numeric" });
    }

    isAnswered(question) {
        return question.kind === "choices"
            ? question.answer.length > 0
            : question.answer !== null && question.answer !== "";
    }

    isChosen(question, option) {
        return question.kind === "choices"
            ? question.answer.includes(option.value)
            : question.answer === option.value;
    }

    show(desk) {
        const call = desk.call?.id;
        const isNew = call !== this.state.desk?.call?.id;
        this.state.desk = desk;
        if (isNew) {
            const first = this.questions.findIndex((question) => !this.isAnswered(question));
            Object.assign(this.state, {
                current: Math.max(first, 0), note: "", isDenied: false, isPuttingOff: false,
                loop: null,
            });
            this.since = Date.now();
        }
    }

    /**
     * Run one step after the other, each about the call that was open when it was asked for: a
     * key that is pressed twice notes nothing on the next customer.
     */
    run(step) {
        const asked = this.call?.id;
        return this.mutex.exec(async () => {
            if (this.call?.id !== asked) {
                return;
            }
            this.state.isBusy = true;
            try {
                await step();
            } finally {
                this.state.isBusy = false;
            }
        });
    }

    // === KEYS === //

    onKeydown(ev) {
        const isTyping = ev.target.closest?.("input, textarea, select, [contenteditable=true]");
        if (ev.ctrlKey || ev.metaKey || ev.altKey || ev.isComposing || ev.repeat || !this.call) {
            return;
        }
        if (document.querySelector(".modal")) {
            return;
        }
        if (isTyping) {
            if (ev.key === "Escape") {
                ev.target.blur();
            }
            return;
        }
        // a focused button of the desk keeps its Enter; an option was chosen by its digit
        if (ev.key === "Enter" && ev.target.closest?.("button:not(.o_desk_option), a")) {
            return;
        }
        const key = ev.key.length === 1 ? ev.key.toLowerCase() : ev.key;
        if (this.handleKey(key)) {
            ev.preventDefault();
        }
    }

    handleKey(key) {
        if (this.state.isPuttingOff) {
            return this.handlePutOffKey(key);
        }
        if (/^[0-9]$/.test(key)) {
            return this.pressDigit(key);
        }
        this.giveWaitingAnswer?.();
        const result = Object.keys(this.state.desk.results).find(
            (name) => RESULT_KEYS[name] === key
        );
        if (result) {
            this.end(result);
        } else if (
            key === "ArrowDown" ||
            (key === "Enter" && this.currentQuestion?.kind === "choices")
        ) {
            this.move(1);
        } else if (key === "ArrowUp") {
            this.move(-1);
        } else if (key === "m") {
            this.remark.el?.focus();
        } else if (key === "s") {
            this.skip();
        } else {
            return false;
        }
        return true;
    }

    handlePutOffKey(key) {
        const choice = this.putOffChoices.find((candidate) => candidate.key === key);
        if (choice) {
            this.putOff(choice.at);
        } else if (key === "Escape") {
            this.state.isPuttingOff = false;
        } else {
            return false;
        }
        return true;
    }

    pressDigit(digit) {
        const question = this.currentQuestion;
        const find = (key) => question?.options.find((option) => option.key === key);
        if (digit === "0" && this.giveWaitingAnswer && this.waiting === question.id) {
            this.giveWaitingAnswer = null;
            this.answer(question, find("10").value);
            return true;
        }
        this.giveWaitingAnswer?.();
        const option = find(digit);
        if (!option) {
            return false;
        }
        if (digit === "1" && find("10")) {
            this.waiting = question.id;
            const give = () => {
                if (this.giveWaitingAnswer === give) {
                    this.giveWaitingAnswer = null;
                    this.answer(question, option.value);
                }
            };
            this.giveWaitingAnswer = give;
            setTimeout(give, TEN_MS);
        } else {
            this.answer(question, option.value);
        }
        return true;
    }

    move(step) {
        const last = this.questions.length - 1;
        this.state.current = Math.min(Math.max(this.state.current + step, 0), last);
    }

    // === STEPS === //

    /** Save an answer; of a question with several the option is added or taken away. */
    async answer(question, value) {
        if (question.kind === "choices") {
            value = this.isChosen(question, { value })
                ? question.answer.filter((chosen) => chosen !== value)
                : [...question.answer, value];
        }
        await this.run(async () => {
            const { questions } = await this.orm.call(CALL, "answer_call", [
                [this.call.id], question.id, value,
            ]);
            this.call.questions = questions;
            const index = questions.findIndex((candidate) => candidate.id === question.id);
            if (["scale", "choice"].includes(question.kind) && index === this.state.current) {
                this.move(1);
            }
        });
    }

    async end(result, putOffTo = false) {
        if (result === "call_back" && !putOffTo) {
            this.state.isPuttingOff = true;
            return;
        }
        await this.run(async () => {
            this.show(
                await this.orm.call(CALL, "end_call", [[this.call.id], result], {
                    note: this.state.note,
                    date_next_call: putOffTo,
                    is_denied: this.state.isDenied,
                    seconds: Math.round((Date.now() - this.since) / 1000),
                })
            );
        });
    }

    async putOff(moment) {
        if (moment?.isValid) {
            await this.end("call_back", serializeDateTime(moment));
        }
    }

    async skip() {
        await this.run(async () => {
            this.show(await this.orm.call(CALL, "release_call", [[this.call.id]]));
        });
    }

    /** Free the open call for others, once the answers that are on their way are saved. */
    leave() {
        if (!this.call || this.isShowingLoop) {
            return;
        }
        leftCall = this.call.id;
        // the service of this component ends with it
        const { orm } = this.env.services;
        this.mutex.exec(() => orm.silent.call(CALL, "leave_call", [[leftCall]]).catch(() => {}));
    }

    async take(entry) {
        await this.run(async () => {
            if (this.call && this.call.id !== entry.id) {
                await this.orm.call(CALL, "release_call", [[this.call.id]]);
            }
            this.show(await this.orm.call(CALL, "open_call_desk", [entry.id]));
        });
    }

    async openLoop(action) {
        await this.run(async () => {
            this.state.loop = await this.orm.call(CALL, "open_call_loop", [
                [this.call.id], action,
            ], { note: this.state.note });
        });
    }

    async showLoop() {
        this.isShowingLoop = true;
        await this.action.doAction({
            type: "ir.actions.act_window", res_model: "aftersales.loop", res_id: this.loop.id,
            views: [[false, "form"]],
        });
    }

    async startCalls() {
        await this.run(async () => {
            await this.orm.call("aftersales.survey.wave", "action_start_next_day_calls", []);
            this.show(await this.orm.call(CALL, "open_call_desk", []));
            this.notification.add(
                _t("From now on customers are called after the work: each job that is done comes here on its day of follow-up."),
                { type: "success" }
            );
        });
    }

    onPutOffTime(ev) {
        this.putOff(DateTime.fromISO(ev.target.value));
    }
}

registry.category("actions").add("aftersales_follow_up_desk", FollowUpDesk);
