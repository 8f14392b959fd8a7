import { useEffect, useState } from "@odoo/owl";
import { Sheet } from "./sheet";

/** What was found and done, and how the test run went; a draft stays on the phone. */
export class ReportSheet extends Sheet {
    static template = "aftersales_service.ReportSheet";

    setup() {
        const { id, diagnosis, solution, test_result, test_note } = this.props.order;
        this.key = `jobs.report:${id}`;
        this.testResults = window.jobsConfig.test_results;
        this.state = useState({
            diagnosis, solution, test_result, test_note,
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

    async save() {
        const { diagnosis, solution, test_result, test_note } = this.state;
        const isKept = await this.props.submit({
            diagnosis: diagnosis.trim(), solution: solution.trim(), test_result,
            test_note: test_note.trim(),
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
