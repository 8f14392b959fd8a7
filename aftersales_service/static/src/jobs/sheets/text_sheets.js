import { useEffect, useState } from "@odoo/owl";
import { Sheet } from "./sheet";

const WORDS = ["diagnosis", "solution", "test_note", "remaining_risk", "advice", "customer_remark"];
const CODES = ["symptom_id", "cause_id", "remedy_id"];

/** All that the printed reports say of the work; a draft stays on the phone. */
export class ReportSheet extends Sheet {
    static template = "aftersales_service.ReportSheet";

    setup() {
        const { order } = this.props;
        this.key = `jobs.report:${order.id}`;
        this.testResults = window.jobsConfig.test_results;
        this.state = useState({
            test_result: order.test_result,
            ...Object.fromEntries([...WORDS, ...CODES].map((name) => [name, order[name] || ""])),
            // what the server refused is mended, not written a second time
            ...this.props.refusals.find(({ kind }) => kind === "report")?.payload,
            ...JSON.parse(localStorage.getItem(this.key) || "{}"),
        });
        // a call comes in, the page is closed: what was typed is still there
        useEffect(
            (...values) => {
                if (values.some(Boolean)) {
                    localStorage.setItem(this.key, JSON.stringify(this.state));
                }
            },
            () => Object.values(this.state)
        );
    }

    /** The codes of a kind that fit the product: `[id, name]`. */
    codes(name) {
        const { categ_ids: fitting } = this.props.order;
        return (window.jobsConfig.diagnosis_codes[name] || []).filter(
            ([, , category]) => !category || fitting.includes(category));
    }

    isChosen(name, [id]) {
        return Number(this.state[name]) === id;
    }

    choose({ target }) {
        this.state[target.name] = target.value;
    }

    async save() {
        const isKept = await this.props.submit({
            test_result: this.state.test_result,
            ...Object.fromEntries(WORDS.map((name) => [name, (this.state[name] || "").trim()])),
            ...Object.fromEntries(CODES.map((name) => [name, Number(this.state[name]) || 0])),
        });
        if (isKept) {
            localStorage.removeItem(this.key);
        }
    }
}

/** Why the technician has to come again. */
export class AgainSheet extends Sheet {
    static template = "aftersales_service.AgainSheet";

    setup() {
        this.state = useState({ note: "" });
    }
}

/** Why the visit failed. */
export class MissSheet extends Sheet {
    static template = "aftersales_service.MissSheet";

    setup() {
        this.reasons = window.jobsConfig.missed_reasons;
        this.state = useState({ reason: "", note: "" });
    }
}
