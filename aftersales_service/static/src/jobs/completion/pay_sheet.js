import { useState } from "@odoo/owl";
import { Sheet } from "../sheets/sheet";

/** What the customer paid: to our company with a receipt, or to the outlet. */
export class PaySheet extends Sheet {
    static template = "aftersales_service.PaySheet";

    setup() {
        const { amount_due, pay_methods } = this.props.order;
        this.state = useState({
            amount: amount_due,
            journal_id: pay_methods[0]?.[0] || null,
            receipt: "",
        });
    }

    get isReady() {
        const { amount, journal_id, receipt } = this.state;
        const isBooked = journal_id && receipt.trim();
        return amount > 0 && Boolean(this.props.order.is_outlet_paid || isBooked);
    }

    save() {
        const { amount, journal_id, receipt } = this.state;
        return this.props.submit({ amount, journal_id, receipt: receipt.trim() });
    }
}
