import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { ControlPanel } from "@web/search/control_panel/control_panel";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { Component, onWillStart, useState } from "@odoo/owl";

const REPORT = "aftersales.survey.report";

/**
 * The satisfaction board: each figure stands with its number of answers, its reach and its
 * interval; what rests on too few answers is grey and has no rank.
 */
export class SatisfactionBoard extends Component {
    static template = "aftersales_survey.SatisfactionBoard";
    static displayName = _t("Satisfaction Board");
    static components = { ControlPanel };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        const params = this.props.action.params || {};
        this.state = useState({
            data: null,
            items: null,
            filters: {
                period: params.wave_id ? "all" : "12",
                wave_id: params.wave_id || false,
                purpose: false,
                metric: "csi",
                groupby: params.groupby || "outlet_id",
            },
        });
        onWillStart(() => this.load());
    }

    async load() {
        const filters = { ...this.state.filters };
        const [data, items] = await Promise.all([
            this.orm.call(REPORT, "get_board_data", [filters]),
            this.orm.call(REPORT, "get_board_items", [filters]),
        ]);
        Object.assign(this.state, { data, items });
    }

    async choose(name, value) {
        this.state.filters[name] = name === "wave_id" ? Number(value) || false : value || false;
        if (name === "wave_id") {
            // a wave has a period of its own
            this.state.filters.period = this.state.filters.wave_id ? "all" : "12";
        }
        await this.load();
    }

    // === WHAT IS SHOWN === //

    get data() {
        return this.state.data;
    }

    get metricLabel() {
        return this.data.metrics.find((metric) => metric.name === this.state.filters.metric).label;
    }

    /** A figure with its unit; a dash where no customer answered. */
    value(figure) {
        if (!figure || figure.value === null) {
            return "–";
        }
        const value = figure.value.toFixed(figure.digits);
        return figure.unit === "%" ? `${value} %` : value;
    }

    percent(share) {
        return share === null || share === undefined ? "–" : `${share.toFixed(1)} %`;
    }

    interval(figure) {
        return figure && figure.low !== null
            ? `${figure.low.toFixed(figure.digits)} – ${figure.high.toFixed(figure.digits)}`
            : "–";
    }

    figureOf(row) {
        return row.figures[this.state.filters.metric];
    }

    sampleLabel(figure) {
        return figure.n
            ? _t("%(count)s answers, fewer than %(minimum)s", {
                  count: figure.n,
                  minimum: this.data.minimum,
              })
            : _t("No answers");
    }

    /** What became of all who were asked. */
    get response() {
        const total = this.data.total;
        return [
            { label: _t("People Asked"), count: total.all },
            { label: _t("People Reached"), count: total.reached, rate: total.reach,
              help: _t("Answered and refused, of all who were asked.") },
            { label: _t("People Who Answered"), count: total.answered, rate: total.response,
              help: _t("Answered, of all who were asked.") },
            { label: _t("People Who Refused"), count: total.refused, rate: total.refusal,
              help: _t("Refused, of those who were reached.") },
            { label: _t("Excluded Answers"), count: total.excluded,
              help: _t("Excluded answers count nothing.") },
        ];
    }

    get rankNote() {
        return _t(
            "Figures have a rank from %s answers on. Reach: answered and refused, of all who were asked. Refused: of those who were reached.",
            this.data.minimum
        );
    }

    itemLabel(dot) {
        const facts = {
            item: dot.label,
            value: dot.performance.toFixed(1),
            weight: dot.importance,
            count: dot.n,
        };
        if (!dot.field) {
            // too few answers for a verdict
            return _t("%(item)s: %(value)s, weight %(weight)s, answers: %(count)s.", facts);
        }
        return _t("%(item)s: %(value)s, weight %(weight)s, %(count)s answers. %(field)s", {
            ...facts,
            field: this.fieldLabel(dot.field),
        });
    }

    fieldLabel(field) {
        return {
            improve: _t("Improve first"),
            keep: _t("Keep up"),
            later: _t("Later"),
            keep_low: _t("Good, matters less"),
        }[field];
    }

    // === WHERE IT LEADS === //

    async openAnswers(row) {
        this.action.doAction(
            await this.orm.call(REPORT, "action_view_answers", [row ? row.domain : this.data.domain])
        );
    }

    openLoops() {
        this.action.doAction("aftersales_survey.aftersales_loop_action");
    }

    openLoop(loop) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "aftersales.loop",
            res_id: loop.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("aftersales_satisfaction_board", SatisfactionBoard);
