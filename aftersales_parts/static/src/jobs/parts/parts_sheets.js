import { useState } from "@odoo/owl";
import { canScan, Scanner } from "@aftersales_service/jobs/scanner";
import { Sheet } from "@aftersales_service/jobs/sheets/sheet";
import { _t } from "@aftersales_service/jobs/translate";

/** A part to ask for: one of the commonest of the unit, or by its code. */
export class RequestSheet extends Sheet {
    static template = "aftersales_parts.RequestSheet";
    static components = { Scanner };

    setup() {
        this.canScan = canScan();
        this.state = useState({
            code: "", quantity: 1, urgency: "daily", isLoan: false, isScanning: false,
        });
    }

    get choices() {
        return (this.props.order?.part_choices || []).slice(0, 10);
    }

    get urgencies() {
        return [["urgent", _t("Urgent")], ["daily", _t("Daily")], ["weekly", _t("Weekly")]];
    }

    ask(values) {
        return this.props.submit({
            ...values,
            quantity: Number(this.state.quantity) || 1,
            urgency: this.state.urgency,
            is_loan: this.state.isLoan,
        });
    }

    askCode() {
        const code = this.state.code.trim();
        return code && this.ask({ code });
    }

    onCode(code) {
        Object.assign(this.state, { code, isScanning: false });
    }
}

/** How many of a part lie in the van or the store, and why that differs from the books. */
export class CountSheet extends Sheet {
    static template = "aftersales_parts.CountSheet";

    setup() {
        this.state = useState({ quantity: "", note: "" });
    }

    get differs() {
        return this.state.quantity !== "" &&
            Number(this.state.quantity) !== this.props.document.row.quantity;
    }

    get question() {
        return _t("The books say %(quantity)s. Why does it differ?", {
            quantity: this.props.document.row.quantity,
        });
    }

    get isReady() {
        return this.state.quantity !== "" && Number(this.state.quantity) >= 0 &&
            (!this.differs || this.state.note.trim());
    }

    save() {
        const { row } = this.props.document;
        return this.props.submit({
            product_id: row.product_id, name: row.name,
            quantity: Number(this.state.quantity), note: this.state.note.trim(),
        });
    }
}

/** Give a part to the van of a colleague: by its line, or by scanning its label. */
export class PassSheet extends Sheet {
    static template = "aftersales_parts.PassSheet";
    static components = { Scanner };

    setup() {
        this.canScan = canScan();
        this.state = useState({ code: "", quantity: 1, isScanning: false });
    }

    pass(colleague) {
        const { row } = this.props.document;
        const part = row ? { product_id: row.product_id, name: row.name } : {
            code: this.state.code.trim() };
        return this.props.submit({
            ...part, location_id: colleague.id, quantity: Number(this.state.quantity) || 1,
        });
    }

    get isReady() {
        return Boolean(this.props.document.row || this.state.code.trim());
    }

    onCode(code) {
        Object.assign(this.state, { code, isScanning: false });
    }
}
