import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { View } from "@web/views/view";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { Component, onWillStart } from "@odoo/owl";

const VIEWS = [
    [false, "list"],
    [false, "form"],
];

/** The page on which the app opens: what waits for whom, and the orders of today. */
export class Overview extends Component {
    static template = "aftersales_service.Overview";
    static displayName = _t("Today");
    static components = { View };
    static props = { ...standardActionServiceProps };
    static path = "service-today";

    setup() {
        this.action = useService("action");
        const orm = useService("orm");
        onWillStart(async () => {
            this.today = await orm.call("aftersales.overview", "get_today", []);
        });
    }

    get listProps() {
        return {
            type: "list",
            resModel: "aftersales.order",
            domain: this.today.list.domain,
            display: { controlPanel: false },
            loadActionMenus: false,
            loadIrFilters: false,
            allowSelectors: false,
            selectRecord: (id) => this.openRecord(id),
            createRecord: () => {},
        };
    }

    openRecord(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Service Order"),
            res_model: "aftersales.order",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    open(tile) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: tile.name,
            res_model: tile.model,
            domain: tile.domain,
            views: VIEWS,
        });
    }

    openStep(step) {
        return this.action.doAction(step.action);
    }

    takeCall() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Service Order"),
            res_model: "aftersales.order",
            views: [[false, "form"]],
        });
    }
}

/** All tables of the configuration on one page. */
export class Configuration extends Component {
    static template = "aftersales_service.Configuration";
    static displayName = _t("All Tables");
    static props = { ...standardActionServiceProps };
    static path = "service-configuration";

    setup() {
        this.action = useService("action");
        const orm = useService("orm");
        onWillStart(async () => {
            this.sections = await orm.call("aftersales.overview", "get_configuration", []);
        });
    }

    open(link) {
        return this.action.doAction(link.id);
    }
}

registry.category("actions").add("aftersales_overview", Overview);
registry.category("actions").add("aftersales_configuration", Configuration);
