import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component, useState } from "@odoo/owl";

/**
 * The open orders about the need of a caller, each with a button that counts that the caller
 * asks again. Counting saves nothing of the order that is being typed: its words are dropped, so
 * that leaving the page makes no second order.
 */
export class OpenOrders extends Component {
    static template = "aftersales_service.OpenOrders";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.state = useState({ counted: {} });
    }

    get orders() {
        return this.props.record.data[this.props.name] || [];
    }

    async remind(order) {
        if (order.id in this.state.counted) {
            return;
        }
        this.state.counted[order.id] = order.count + 1;
        try {
            await this.orm.call("aftersales.order", "action_remind", [[order.id]]);
        } catch (error) {
            // what was not counted may be counted again
            delete this.state.counted[order.id];
            throw error;
        }
        const { record } = this.props;
        if (record.isNew) {
            await record.discard();
            this.notification.add(_t("Counted on %s.", order.name), { type: "success" });
            if (order.is_readable) {
                await this.open(order, { stackPosition: "replaceCurrentAction" });
            }
        }
    }

    open(order, options = {}) {
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                name: order.name,
                res_model: "aftersales.order",
                res_id: order.id,
                views: [[false, "form"]],
                target: options.stackPosition ? "current" : "new",
            },
            options
        );
    }
}

registry.category("fields").add("aftersales_open_orders", {
    component: OpenOrders,
    supportedTypes: ["json"],
});
