import { App, whenReady } from "@odoo/owl";
import { getTemplate } from "@web/core/templates";
import { JobsApp } from "./jobs_app";
import { createStore } from "./jobs_store";
import { findUnknownKinds } from "./registries";
import { ignoreTapThrough } from "./tap_through";
import { _t } from "./translate";

whenReady(async () => {
    findUnknownKinds(window.jobsConfig.kinds).forEach((problem) => console.error(problem));
    ignoreTapThrough(window);
    const store = createStore();
    const app = new App(JobsApp, {
        getTemplate,
        props: { store },
        translateFn: (text) => _t(text),
        translatableAttributes: ["placeholder", "title", "aria-label", "alt"],
    });
    await app.mount(document.body);
    await store.start();
    // without a worker (some WebViews) the page needs a network to open; the queue does not
    // the first worker starts after the first reading: read again, so that it keeps the jobs
    navigator.serviceWorker?.addEventListener("controllerchange", () => store.load());
    navigator.serviceWorker
        ?.register("/my/jobs/service-worker.js", { scope: "/my/jobs" })
        .catch((error) => console.warn("jobs: no service worker", error));
});
