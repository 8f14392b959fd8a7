import { Component } from "@odoo/owl";
import { formatMoney, priceLines, priceTotal } from "./price";

/** What is done and what it costs: the lines, the taxes and the total. */
export class PriceTable extends Component {
    static template = "aftersales_service.PriceTable";
    static props = { order: Object };

    get lines() {
        return priceLines(this.props.order);
    }

    get sum() {
        return priceTotal(this.props.order);
    }

    money(amount) {
        return formatMoney(this.props.order, amount);
    }
}
