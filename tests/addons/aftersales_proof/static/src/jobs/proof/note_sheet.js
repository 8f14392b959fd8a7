import { useState } from "@odoo/owl";
import { Sheet } from "@aftersales_service/jobs/sheets/sheet";

/** What the officer found out about a case. */
export class NoteSheet extends Sheet {
    static template = "aftersales_proof.NoteSheet";

    setup() {
        this.state = useState({ note: this.props.document.note });
    }
}
