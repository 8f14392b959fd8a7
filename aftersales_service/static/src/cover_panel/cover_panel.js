import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component, useEffect, useState } from "@odoo/owl";

const ICONS = {
    success: "fa-check-circle text-success",
    warning: "fa-exclamation-circle text-warning",
    danger: "fa-times-circle text-danger",
    none: "fa-circle-o text-muted",
};

/**
 * What a unit is covered by and what its owner may choose, on the day of the facts or on a
 * supposed one. It is loaded when it is shown; supposing stores nothing.
 */
export class CoverPanel extends Component {
    static template = "aftersales_service.CoverPanel";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.icons = ICONS;
        this.state = useState({ panel: null, supposed: {}, isLoading: false, error: "" });
        this.lastAsked = 0;
        // again for another record, and once changes of this one are saved
        useEffect(
            (resId, isDirty) => {
                if (resId && !isDirty) {
                    this.state.supposed = {};
                    this.load();
                }
            },
            () => [this.props.record.resId, this.props.record.dirty]
        );
    }

    get isSupposed() {
        return Object.values(this.state.supposed).some((value) => value !== "");
    }

    get sameModel() {
        const { panel, supposed } = this.state;
        return "same_model" in supposed ? supposed.same_model : panel.same_model;
    }

    async load() {
        const { resModel, resId } = this.props.record;
        const asked = ++this.lastAsked;
        this.state.isLoading = true;
        try {
            const panel = await this.orm.call(resModel, "get_cover_panel", [
                [resId],
                { ...this.state.supposed },
            ]);
            if (asked === this.lastAsked) {
                Object.assign(this.state, { panel, error: "" });
            }
        } catch (error) {
            if (asked !== this.lastAsked) {
                return;
            }
            this.state.error = error.data?.message || _t("The verdict could not be loaded.");
        } finally {
            if (asked === this.lastAsked) {
                this.state.isLoading = false;
            }
        }
    }

    suppose(name, value) {
        this.state.supposed[name] = value;
        return this.load();
    }

    supposeSameModel(value) {
        return this.suppose("same_model", { yes: true, no: false }[value] ?? null);
    }

    forget() {
        this.state.supposed = {};
        return this.load();
    }

    async decide() {
        if (await this.props.record.save()) {
            const { resModel, resId } = this.props.record;
            await this.orm.call(resModel, "action_decide", [[resId]]);
            // a verdict may change who pays
            await this.props.record.load();
            await this.forget();
        }
    }

    openVerdict(verdictId) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "aftersales.verdict",
            res_id: verdictId,
            views: [[false, "form"]],
        });
    }

    print() {
        window.print();
    }
}

registry.category("view_widgets").add("aftersales_cover_panel", { component: CoverPanel });
