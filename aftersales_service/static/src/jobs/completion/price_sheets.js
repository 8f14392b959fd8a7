import { useEffect, useState } from "@odoo/owl";
import { Sheet } from "../sheets/sheet";
import { SignaturePad } from "../signature_pad";
import { _t } from "../translate";
import { formatMoney, priceTotal } from "./price";
import { PriceTable } from "./price_table";

/** Labour and the trip from the price list. */
export class LabourSheet extends Sheet {
    static template = "aftersales_service.LabourSheet";
    static components = { PriceTable };

    setup() {
        this.state = useState({ quantity: 1 });
    }

    /** As the lines of the table: without taxes, which stand below them. */
    price({ untaxed }) {
        return formatMoney(this.props.order, untaxed);
    }

    add({ id, name }) {
        const quantity = Number(this.state.quantity) || 1;
        this.state.quantity = 1;
        return this.props.submit({ product_id: id, name, quantity }, "labour", false);
    }
}

/** The customer reads the price, and signs it or refuses. */
export class AcceptSheet extends Sheet {
    static template = "aftersales_service.AcceptSheet";
    static components = { PriceTable, SignaturePad };

    setup() {
        this.state = useState({
            way: "accept", image: "", signed_by: this.props.job.customer, reason: "",
            before: null, attempt: 1,
        });
        const { can_quote, labour, parts } = this.props.order;
        if (navigator.onLine && (can_quote || [...labour, ...parts].some(({ id }) => !id))) {
            // the figures of the server take the place of the phone's before anyone signs
            this.props.submit({}, "quote", false);
        }
        let shown = this.total;
        useEffect(
            (total) => {
                if (total !== shown) {
                    // what was signed was another price
                    Object.assign(this.state, { before: shown, image: "" });
                    this.state.attempt += 1;
                    shown = total;
                }
            },
            () => [this.total]
        );
    }

    get ways() {
        return [["accept", _t("Accepts")], ["refuse", _t("Refuses")]];
    }

    get total() {
        return priceTotal(this.props.order).total;
    }

    get isKnown() {
        return priceTotal(this.props.order).isKnown;
    }

    get difference() {
        const money = (amount) => formatMoney(this.props.order, amount);
        return this.state.before === null
            ? ""
            : _t("The price was %(before)s on this phone; it is %(after)s.", {
                  before: money(this.state.before), after: money(this.total) });
    }

    get isReady() {
        const { way, image, reason } = this.state;
        return way === "accept" ? Boolean(image && this.isKnown) : Boolean(reason.trim());
    }

    clear() {
        this.state.image = "";
        this.state.attempt += 1;
    }

    save() {
        const { way, image, signed_by, reason } = this.state;
        return way === "accept"
            ? this.props.submit({ image, signed_by, total: this.total }, "accept")
            : this.props.submit({ reason: reason.trim() }, "refuse");
    }

    /** The customer answers later, on the page of the order or by the desk. */
    leaveOpen() {
        localStorage.setItem(`jobs.accept:${this.props.order.id}`, "1");
        this.props.close();
    }
}
