import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { ControlPanel } from "@web/search/control_panel/control_panel";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { Component, onWillStart, useRef, useState } from "@odoo/owl";

const MODEL = "aftersales.certificate";
const STEPS = {
    ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
};

/**
 * The qualification matrix: technicians by skills, those of the law first.
 *
 * One cell is chosen at a time, by a click or the arrow keys; T, R and S do what the buttons do:
 * train, renew, stop dispatching. Enter opens the certificate.
 */
export class QualificationMatrix extends Component {
    static template = "aftersales_training.QualificationMatrix";
    static displayName = _t("Qualification Matrix");
    static components = { ControlPanel };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.table = useRef("table");
        this.state = useState({
            data: null,
            filters: { outlet_id: false, category_id: false, month: false },
            row: 0,
            column: 0,
        });
        onWillStart(() => this.load());
    }

    async load() {
        this.state.data = await this.orm.call(MODEL, "get_matrix", [{ ...this.state.filters }]);
        const { rows, columns } = this.state.data;
        this.state.row = Math.max(0, Math.min(this.state.row, rows.length - 1));
        this.state.column = Math.max(0, Math.min(this.state.column, columns.length - 1));
    }

    choose(name, value) {
        this.state.filters[name] = name === "month" ? value : Number(value) || false;
        return this.load();
    }

    // === WHAT IS SHOWN === //

    get data() {
        return this.state.data;
    }

    get chosenRow() {
        return this.data.rows[this.state.row];
    }

    get chosenColumn() {
        return this.data.columns[this.state.column];
    }

    get chosenCell() {
        return this.chosenRow && this.chosenColumn && this.chosenRow.cells[this.chosenColumn.id];
    }

    get choice() {
        return this.chosenRow && this.chosenColumn
            ? _t("%(person)s: %(skill)s", { person: this.chosenRow.name, skill: this.chosenColumn.name })
            : "";
    }

    isChosen(row, column) {
        return this.state.row === row && this.state.column === column;
    }

    classOf(cell) {
        return cell
            ? `o_matrix_${cell.state}${cell.kind === "temporary" ? " o_matrix_temporary" : ""}`
            : "o_matrix_none";
    }

    labelOf(row, column) {
        const cell = row.cells[column.id];
        const facts = { person: row.name, skill: column.name };
        if (!cell) {
            return _t("%(person)s, %(skill)s: no certificate", facts);
        }
        return _t("%(person)s, %(skill)s: %(kind)s %(number)s, %(until)s", {
            ...facts, kind: cell.kind_label, number: cell.number,
            until: cell.until_label || _t("without end"),
        });
    }

    // === KEYS === //

    select(row, column) {
        Object.assign(this.state, { row, column });
    }

    onKeydown(event) {
        const step = STEPS[event.key];
        if (step) {
            event.preventDefault();
            this.select(
                Math.max(0, Math.min(this.data.rows.length - 1, this.state.row + step[0])),
                Math.max(0, Math.min(this.data.columns.length - 1, this.state.column + step[1]))
            );
            this.focusChosen();
        } else if (event.key === "Enter") {
            event.preventDefault();
            this.openCertificate();
        } else if (this.data.can_act && !event.ctrlKey && !event.metaKey && !event.altKey) {
            const act = { t: this.train, r: this.renew, s: this.stop }[event.key.toLowerCase()];
            act?.call(this);
        }
    }

    focusChosen() {
        const cell = this.table.el.querySelector(
            `[data-row="${this.state.row}"][data-column="${this.state.column}"]`
        );
        cell?.focus();
        cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
    }

    // === WHERE IT LEADS === //

    openCertificate() {
        if (this.chosenCell?.id) {
            this.openAction({
                type: "ir.actions.act_window", res_model: MODEL, res_id: this.chosenCell.id,
                views: [[false, "form"]],
            });
        }
    }

    async train() {
        if (this.chosenRow && this.chosenColumn) {
            const count = await this.orm.call(MODEL, "action_train", [
                [this.chosenRow.id], this.chosenColumn.id,
            ]);
            this.notification.add(
                count ? _t("The training need is noted.") : _t("This need was dropped before."),
                { type: count ? "success" : "warning" }
            );
        }
    }

    async renew() {
        if (this.chosenRow && this.chosenColumn) {
            const action = await this.orm.call(MODEL, "action_renew", [
                this.chosenRow.id, this.chosenColumn.id,
            ]);
            if (action) {
                return this.openAction(action);
            }
            this.notification.add(_t("The course that renews it is noted as a training need."), {
                type: "success",
            });
        }
    }

    async stop() {
        if (this.chosenCell && this.chosenCell.state !== "revoked") {
            this.openAction(await this.orm.call(MODEL, "action_revoke", [[this.chosenCell.id]]));
        }
    }

    openAction(action) {
        return this.action.doAction(action, { onClose: () => this.load() });
    }

    print() {
        window.print();
    }
}

registry.category("actions").add("aftersales_qualification_matrix", QualificationMatrix);
