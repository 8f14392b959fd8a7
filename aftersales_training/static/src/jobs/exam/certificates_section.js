import { Component } from "@odoo/owl";
import { _t } from "@aftersales_service/jobs/translate";
import { sections } from "../training/sections";

/** The user's certificates and licences, what ends first on top. */
export class CertificatesSection extends Component {
    static template = "aftersales_training.CertificatesSection";
    static props = { data: Object, act: Function, open: Function };

    badge({ state }) {
        return { valid: "is-done", expiring: "is-on_way" }[state] || "is-missed";
    }

    until({ state, until, days_left }) {
        if (state === "valid") {
            return _t("Until %(day)s", { day: until });
        }
        return days_left >= 0
            ? _t("Until %(day)s, %(days)s days left", { day: until, days: days_left })
            : _t("Ended on %(day)s", { day: until });
    }
}

sections.add(
    "certificates",
    { label: _t("My Certificates"), component: CertificatesSection },
    { sequence: 30 }
);
