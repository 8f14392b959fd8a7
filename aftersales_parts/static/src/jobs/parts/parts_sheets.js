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

    /** Nothing and less than nothing is no request. */
    get isCounted() {
        return Number(this.state.quantity) > 0;
    }

    ask(values) {
        return this.props.submit({
            ...values,
            quantity: Number(this.state.quantity),
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

/** How many pieces came of each part of a request: what is missing stays in the store's books. */
export class TakeSheet extends Sheet {
    static template = "aftersales_parts.TakeSheet";

    setup() {
        this.state = useState({
            lines: this.props.document.lines.map((line) => ({ ...line, came: line.quantity })),
        });
    }

    get isAnyHere() {
        return this.state.lines.some(({ came }) => Number(came) > 0);
    }

    get isReady() {
        return this.isAnyHere && this.state.lines.every(
            ({ came, quantity }) => came !== "" && Number(came) >= 0 && Number(came) <= quantity
        );
    }

    save() {
        const missing = this.state.lines
            .map(({ id, quantity, came }) => [id, quantity - Number(came)])
            .filter(([, quantity]) => quantity > 0);
        return this.props.submit({ missing: Object.fromEntries(missing) });
    }
}

/**
 * How many of a part lie in the van or the store, and why that differs from the books.
 *
 * Without a line of the books (`document.row`) the part is scanned or looked for first. Parts with
 * serial or lot numbers are counted by them.
 */
export class CountSheet extends Sheet {
    static template = "aftersales_parts.CountSheet";
    static components = { Scanner };

    setup() {
        this.canScan = canScan();
        this.state = useState({
            row: null, quantity: "", note: "", numbers: [], number: "",
            words: "", found: [], error: "", isScanning: false,
        });
        if (this.props.document.row) {
            this.choose(this.props.document.row);
        }
    }

    choose(row) {
        const numbers = (row.numbers || [])
            .filter(({ quantity }) => quantity)
            .map(({ name, quantity }) => ({ name, books: quantity, counted: 0 }));
        Object.assign(this.state, { row, numbers, isScanning: false });
    }

    /** Choose a part that was found: by its line where the books know it here. */
    chooseFound(part) {
        const { id: product_id, name, tracking, number } = part;
        const row = this.props.document.parts.find((line) => line.product_id === product_id);
        this.choose(row || { product_id, name, tracking, quantity: 0, numbers: [] });
        if (number) {
            this.state.number = number;
            this.addNumber();
        }
    }

    async search() {
        const words = this.state.words.trim();
        Object.assign(this.state, { found: [], error: "" });
        if (!words) {
            return;
        }
        try {
            const asked = new URLSearchParams({ words, purpose: "count" });
            const response = await fetch(`/my/jobs/parts/search?${asked}`);
            this.state.found = response.ok ? (await response.json()).parts : [];
        } catch {
            // without a network the code alone is sent, the server looks for it later
            this.choose({ product_id: 0, code: words, name: words, tracking: "none", quantity: 0 });
            return;
        }
        const [part, ...others] = this.state.found;
        if (!part) {
            this.state.error = _t("No part was found. Type its number, its name or its initials.");
        } else if (!others.length || part.number) {
            this.chooseFound(part);
        }
    }

    onCode(code) {
        this.state.isScanning = false;
        if (this.state.row) {
            this.state.number = code;
            return this.addNumber();
        }
        this.state.words = code;
        return this.search();
    }

    stopScanning() {
        this.state.isScanning = false;
        this.canScan = false;
    }

    /** Note the number of a piece that lies here, known to the books or not. */
    addNumber() {
        const name = this.state.number.trim();
        this.state.number = "";
        if (!name) {
            return;
        }
        const item = this.state.numbers.find((known) => known.name === name);
        if (item) {
            item.counted ||= 1;
        } else {
            this.state.numbers.push({ name, books: 0, counted: 1 });
        }
    }

    get isTracked() {
        return this.state.row.tracking !== "none";
    }

    get counted() {
        return this.isTracked
            ? this.state.numbers.reduce((sum, { counted }) => sum + Number(counted), 0)
            : Number(this.state.quantity);
    }

    get differs() {
        if (this.isTracked) {
            return this.counted !== this.state.row.quantity ||
                this.state.numbers.some(({ books, counted }) => Number(counted) !== books);
        }
        return this.state.quantity !== "" && this.counted !== this.state.row.quantity;
    }

    get question() {
        return _t("The books say %(quantity)s. Why does it differ?", {
            quantity: this.state.row.quantity,
        });
    }

    get isReady() {
        const isEntered = this.isTracked
            ? this.state.numbers.every(({ counted }) => counted !== "" && Number(counted) >= 0)
            : this.state.quantity !== "" && this.counted >= 0;
        return isEntered && (!this.differs || this.state.note.trim());
    }

    save() {
        const { row, numbers } = this.state;
        return this.props.submit({
            product_id: row.product_id, code: row.code, name: row.name,
            quantity: this.counted, note: this.state.note.trim(),
            numbers: this.isTracked
                ? numbers.map(({ name, counted }) => ({ name, quantity: Number(counted) }))
                : undefined,
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
            ...part, location_id: colleague.id, quantity: Number(this.state.quantity),
        });
    }

    get isReady() {
        return Number(this.state.quantity) > 0 &&
            Boolean(this.props.document.row || this.state.code.trim());
    }

    onCode(code) {
        Object.assign(this.state, { code, isScanning: false });
    }
}
