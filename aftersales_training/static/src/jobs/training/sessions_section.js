import { Component } from "@odoo/owl";
import { changes, labels, sheets } from "@aftersales_service/jobs/registries";
import { _t } from "@aftersales_service/jobs/translate";
import { ReactionSheet, SignInSheet } from "./sheets";
import { sections } from "./sections";
import { getDevice, readCode, readSession } from "./sign_in";

const CLASSES = {
    accepted: "is-good", attended: "is-good", passed: "is-good", declined: "is-bad",
    failed: "is-bad", absent: "is-bad", invited: "is-wait",
};

/** The user's own sessions: the invitation, the sign-in, exams, marks and what they say of it. */
export class SessionsSection extends Component {
    static template = "aftersales_training.SessionsSection";
    static props = { data: Object, act: Function, open: Function };

    setup() {
        this.code = readCode(window.location.search);
        this.classes = CLASSES;
    }

    /** The session whose code brought the user here, or undefined. */
    get scanned() {
        return this.props.data.sessions.find(({ session }) => session === readSession(this.code));
    }

    /** Sign in by the code that the phone's camera opened the page with. */
    signIn() {
        return this.props.act("training_sign_in", this.scanned, {
            code: this.code,
            device: getDevice(),
        });
    }

    /** Whether sign-in has opened: the phone may have read this hours ago. */
    isSignInOpen({ can_sign_in, sign_in_from }) {
        return can_sign_in && Date.now() >= sign_in_from;
    }

    get marks() {
        return [
            ["theory", _t("Theory")],
            ["practice", _t("Practice")],
            ["attitude", _t("Attitude Mark")],
            ["total", _t("Total Mark")],
        ];
    }
}

sections.add(
    "sessions",
    {
        label: _t("My Trainings"),
        component: SessionsSection,
        isShown: ({ sessions }) => sessions.length || readCode(window.location.search),
    },
    { sequence: 10 }
);
sheets.add("training_sign_in", SignInSheet).add("training_reaction", ReactionSheet);

const find = (data, { res_id }) => data.sessions.find((item) => item.res_id === res_id);
const STATES = { accepted: _t("Invitation Accepted"), declined: _t("Invitation Declined") };

labels
    .add("training_reply", { name: _t("Invitation Answered"), isReplaced: true })
    .add("training_sign_in", { name: _t("Sign In"), isReplaced: true })
    .add("training_reaction", { name: _t("Training Rated"), isReplaced: true });
changes
    .add("training_reply", (data, { answer }, action) => {
        const item = find(data, action);
        if (item) {
            Object.assign(item, { state: answer, state_label: STATES[answer] });
        }
    })
    .add("training_sign_in", (data, payload, action) => {
        const item = find(data, action);
        if (item) {
            // the server decides whether the code was right: until then it only waits
            Object.assign(item, { isSigningIn: true, can_sign_in: false, can_reply: false });
        }
    })
    .add("training_reaction", (data, payload, action) => {
        const item = find(data, action);
        if (item) {
            item.can_rate = false;
        }
    });
