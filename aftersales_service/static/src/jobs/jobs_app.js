import { Component, onMounted, onWillUnmount, useState } from "@odoo/owl";
import { isOver } from "./job_rules";
import { JobPage } from "./job_page";
import { PageHost } from "./page_host";
import { QueuePage } from "./queue_page";
import { _t } from "./translate";

/** The list of today's jobs; the address after `#` opens one of them, the queue or a further page. */
export class JobsApp extends Component {
    static template = "aftersales_service.JobsApp";
    static components = { JobPage, PageHost, QueuePage };
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

    /** The further page that the address names: `{ key, page }`, or null for the jobs. */
    get further() {
        const key = this.route.hash.match(/^#page\/(.+)$/)?.[1];
        const entry = this.store.pages.find(([name]) => name === key);
        return entry ? { key, page: entry[1] } : null;
    }

    get stateLabels() {
        return {
            planned: _t("Planned"),
            on_way: _t("On the Way"),
            on_site: _t("On Site"),
            done: _t("Done"),
            missed: _t("Failed Visit"),
        };
    }

    /** What the badge of the queue says to those who do not see its signs. */
    get queueLabel() {
        const { refused, waiting, late } = this.store;
        return [
            refused.length && _t("%(count)s refused", { count: refused.length }),
            waiting.length && _t("%(count)s waiting", { count: waiting.length }),
            late.length && _t("%(count)s kept for review", { count: late.length }),
        ].filter(Boolean).join(", ") || _t("Everything has been sent.");
    }

    isOver(job) {
        return isOver(job);
    }
}
