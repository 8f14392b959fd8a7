import { Component, useState } from "@odoo/owl";
import { buttons, changes, labels, notes, pages, sheets } from "@aftersales_service/jobs/registries";
import { canScan, Scanner } from "@aftersales_service/jobs/scanner";
import { _t } from "@aftersales_service/jobs/translate";
import { CountSheet, PassSheet, RequestSheet, TakeSheet } from "./parts_sheets";

/** Parts of the technician or the outlet: to ask for, to confirm, to give back, and in the van. */
export class PartsPage extends Component {
    static template = "aftersales_parts.PartsPage";
    static components = { Scanner };
    static props = { data: Object, act: Function, open: Function };

    setup() {
        this.canScan = canScan();
        this.state = useState({
            job: 0, words: "", found: null, unit: null, isScanning: false, note: "", asked: "",
        });
    }

    /** Where the parts are for: the chosen unit, else the van or the store. */
    get target() {
        if (this.state.unit && !this.state.unit.order_id) {
            return this.props.data.places[0] || null; // a unit of no job of the user
        }
        return this.props.data.jobs[this.state.job] || this.props.data.places[0] || null;
    }

    get parts() {
        return this.state.found || this.target?.parts?.filter((part) => part.id) || [];
    }

    get title() {
        const { unit } = this.state;
        const { product, name } = this.target || {};
        return _t("Parts for %(name)s", {
            name: unit ? `${unit.name} · ${unit.serial}` : product || name,
        });
    }

    chooseJob(job) {
        Object.assign(this.state, { job, unit: null, found: null, words: "" });
    }

    /** The customer of a job; with its order where a customer has several. */
    jobLabel({ customer, name }) {
        const isOnly =
            this.props.data.jobs.filter((job) => job.customer === customer).length === 1;
        return customer && isOnly ? customer : [customer, name].filter(Boolean).join(" · ");
    }

    askedBy({ technician }) {
        return _t("%(name)s needs parts from your van", { name: technician });
    }

    counted({ counted }) {
        return ` · ${_t("counted %(quantity)s", { quantity: counted })}`;
    }

    expected({ expected }) {
        return _t("Expected on %(day)s", { day: expected });
    }

    level(part) {
        const levels = [
            _t("Van %(quantity)s", { quantity: part.van }),
            _t("Outlet %(quantity)s", { quantity: part.outlet }),
            _t("Centre %(quantity)s", { quantity: part.centre }),
        ];
        if (part.incoming) {
            levels.push(
                _t("On the way %(quantity)s", { quantity: part.incoming }) +
                    (part.date ? ` (${part.date})` : "")
            );
        }
        return levels.join(" · ");
    }

    oldPartsDue({ count, days_left }) {
        if (days_left === null) {
            return _t("Old parts to return: %(count)s", { count });
        }
        return days_left < 0
            ? _t("Old parts to return: %(count)s, %(days)s days late", { count, days: -days_left })
            : _t("Old parts to return: %(count)s, %(days)s days left", { count, days: days_left });
    }

    returnDays({ days_left }) {
        return days_left < 0
            ? _t("Give back: %(days)s days late", { days: -days_left })
            : _t("Give back: %(days)s days left", { days: days_left });
    }

    async ask(part, quantity = 1) {
        const target = this.target;
        const isKept = await this.props.act("part_request", target, {
            product_id: part.id,
            code: part.id ? undefined : part.code,
            name: part.name,
            quantity,
            order_id: target.order_id,
        });
        this.state.asked = isKept ? _t("Requested: %(part)s", { part: part.name }) : "";
    }

    async search() {
        const words = this.state.words.trim();
        Object.assign(this.state, { note: "", unit: null });
        if (!words) {
            this.state.found = null;
            return;
        }
        try {
            const asked = new URLSearchParams({ words, order_id: this.target?.order_id || "" });
            const response = await fetch(`/my/jobs/parts/search?${asked}`);
            const { parts, unit } = response.ok ? await response.json() : { parts: [] };
            Object.assign(this.state, { found: parts, unit: unit || null });
            const job = this.props.data.jobs.findIndex((job) => job.order_id === unit?.order_id);
            this.state.job = job < 0 ? this.state.job : job;
        } catch {
            // without a network the number alone is sent, the server looks for it later
            this.state.found = [{ id: 0, name: words, code: words, isUnknown: true }];
        }
        if (!this.state.found.length) {
            this.state.note = _t("No part was found. Type its number, its name or its initials.");
        }
    }

    onCode(code) {
        Object.assign(this.state, { words: code, isScanning: false });
        return this.search();
    }

    stopScanning() {
        this.state.isScanning = false;
        this.canScan = false;
    }
}

pages.add(
    "parts",
    {
        label: _t("Parts"),
        icon: "⚙",
        component: PartsPage,
        isShown: (config) => config.has_parts,
    },
    { sequence: 20 }
);

sheets
    .add("part_request", RequestSheet)
    .add("part_count", CountSheet)
    .add("part_take", TakeSheet)
    .add("part_pass", PassSheet);

labels
    .add("part_request", { name: _t("Part requested") })
    .add("part_send", { name: _t("Parts handed out"), isReplaced: true })
    .add("part_take", { name: _t("Parts taken"), isReplaced: true })
    .add("part_return", { name: _t("Parts given back"), isReplaced: true })
    .add("part_lend", { name: _t("Lent to the customer"), isReplaced: true })
    .add("part_regain", { name: _t("Back from the customer"), isReplaced: true })
    .add("part_cancel", { name: _t("Part request cancelled"), isReplaced: true })
    .add("part_pass", { name: _t("Part given to a colleague") })
    .add("part_count", { name: _t("Part counted") });

/** Let a request stand in the page as it will when the server has answered. */
const moveTo = (state, label) => (data, payload, action) => {
    const request = data.requests.find((item) => item.res_id === action.res_id);
    if (request) {
        Object.assign(request, { state, state_label: label, is_late: false });
    }
};

const findRow = (data, payload, action) =>
    data.places
        .find((place) => place.res_id === action.res_id)
        ?.parts.find((row) => row.product_id === payload.product_id);

changes
    .add("part_request", (...given) => {
        const action = given.at(-1);
        if (!action.page) {
            const [, order, { name, code }] = given;
            order.part_asked = name || code;
            return;
        }
        const [data, { name, code, quantity }] = given;
        data.requests.unshift({
            res_id: action.uuid, name: "", state: "waiting", state_label: _t("Requested"),
            kind: "", order: "", customer: "", expected: "", days_left: null, to_return: 0,
            lines: [{ id: 0, name: name || code, quantity }],
        });
    })
    .add("part_send", (data, payload, action) => {
        data.asked = data.asked.filter((item) => item.res_id !== action.res_id);
    })
    .add("part_take", moveTo("handed_over", _t("Handed Over")))
    .add("part_return", moveTo("returning", _t("Coming Back")))
    .add("part_lend", moveTo("lent", _t("With the Customer")))
    .add("part_regain", moveTo("used", _t("Used")))
    .add("part_cancel", moveTo("cancelled", _t("Cancelled")))
    .add("part_pass", (data, payload, action) => {
        const row = findRow(data, payload, action);
        if (row) {
            row.quantity -= payload.quantity;
        }
    })
    .add("part_count", (data, payload, action) => {
        const row = findRow(data, payload, action);
        if (row) {
            row.counted = payload.quantity;
            return;
        }
        // what the books do not know here
        data.places.find((place) => place.res_id === action.res_id)?.parts.push({
            product_id: payload.product_id || payload.code, name: payload.name, code: "",
            quantity: 0, counted: payload.quantity, tracking: "none", numbers: [],
        });
    });

buttons.add(
    "part_request",
    {
        place: "unit",
        kind: "part_request",
        label: _t("Request a part"),
        className: "plain",
        isShown: (job, order) => order.has_repair,
    },
    { sequence: 25 }
);
notes.add("part_asked", {
    place: "unit",
    text: (job, order) =>
        order.part_asked
            ? _t("Requested: %(part)s", { part: order.part_asked })
            : order.parts_wait || "",
    className: "hint",
});
