import { useState } from "@odoo/owl";
import { Sheet } from "./sheet";

/** What was found and what was done. */
export class ReportSheet extends Sheet {
    static template = "aftersales_service.ReportSheet";

    setup() {
        const { diagnosis, solution } = this.props.order;
        this.state = useState({ diagnosis, solution });
    }

    save() {
        const { diagnosis, solution } = this.state;
        return this.props.submit({ diagnosis: diagnosis.trim(), solution: solution.trim() });
    }
}

/** Why the technician has to come again. */
export class AgainSheet extends Sheet {
    static template = "aftersales_service.AgainSheet";

    setup() {
        this.state = useState({ note: "" });
    }
}

/** Why the trip was in vain. */
export class MissSheet extends Sheet {
    static template = "aftersales_service.MissSheet";

    setup() {
        this.reasons = window.jobsConfig.missed_reasons;
        this.state = useState({ reason: "", note: "" });
    }
}
