import { Component, onMounted, onWillUnmount, useState } from "@odoo/owl";
import { isOver } from "./job_rules";
import { JobPage } from "./job_page";
import { QueuePage } from "./queue_page";
import { _t } from "./translate";

/** The list of today's jobs; the address after `#` opens one of them or the queue. */
export class JobsApp extends Component {
    static template = "aftersales_service.JobsApp";
    static components = { JobPage, QueuePage };
    static props = { store: Object };

    setup() {
        this.store = useState(this.props.store);
        this.route = useState({ hash: location.hash });
        const onHash = () => {
            this.route.hash = location.hash;
            window.scrollTo(0, 0);
        };
        onMounted(() => window.addEventListener("hashchange", onHash));
        onWillUnmount(() => window.removeEventListener("hashchange", onHash));
    }

    get job() {
        const id = Number(this.route.hash.match(/^#job\/(\d+)$/)?.[1]);
        return id && this.store.jobs.find((job) => job.id === id);
    }

    get isQueue() {
        return this.route.hash === "#queue";
    }

    get stateLabels() {
        return {
            planned: _t("Planned"),
            on_way: _t("On the Way"),
            on_site: _t("On Site"),
            done: _t("Done"),
            missed: _t("In Vain"),
        };
    }

    isOver(job) {
        return isOver(job);
    }
}
