import { Component, useState } from "@odoo/owl";
import { useBack } from "./back";
import { useDialog } from "./dialog";
import { Refusals } from "./refusals";
import { sheets } from "./registries";
import { _t } from "./translate";

/**
 * A further page of the phone: its registered component, and the sheets over it.
 *
 * The component gets `data` (what `/my/jobs/data/<key>` answered, changed by what waits in the
 * queue), `act(kind, document, payload)`, which queues an action and returns whether the phone
 * kept it, and `open(kind, document)`, which opens a registered sheet.
 */
export class PageHost extends Component {
    static template = "aftersales_service.PageHost";
    static components = { Refusals };
    static props = { store: Object, pageKey: String, page: Object };

    setup() {
        this.state = useState({ sheet: null, document: null, error: "" });
        const isOpen = () => Boolean(this.sheetComponent);
        useBack(isOpen, () => this.close());
        this.onSheetKey = useDialog("sheet", isOpen, () => this.close());
    }

    get data() {
        return this.props.store.getPage(this.props.pageKey);
    }

    /** What the server refused of this page. */
    get refusals() {
        return this.props.store.refused.filter(({ page }) => page === this.props.pageKey);
    }

    get sheetComponent() {
        return sheets.get(this.state.sheet, null);
    }

    open(sheet, document) {
        Object.assign(this.state, { sheet, document, error: "" });
    }

    close() {
        this.state.sheet = null;
    }

    async act(kind, document, payload = {}) {
        try {
            this.state.error = "";
            await this.props.store.addOn(this.props.pageKey, kind, document, payload);
            return true;
        } catch {
            this.state.error = _t("The phone could not keep this. Is its memory full?");
            return false;
        }
    }

    /** Queue what a sheet brings; one that scans many tags ends with its last. */
    async submit(payload, kind = this.state.sheet, isLast = true, document = this.state.document) {
        if (!kind) {
            return false; // the second tap on a sheet that the first has closed
        }
        const isKept = await this.act(kind, document, payload);
        if (isKept && isLast) {
            this.close();
        }
        return isKept;
    }
}
