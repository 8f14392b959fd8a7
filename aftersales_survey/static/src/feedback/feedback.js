/** @odoo-module ignore */
// Saves at once what is tapped; without this file the page's own buttons do the same.
(function () {
    "use strict";

    /** A tap in the message chose the score: send it where a person looks at the page. */
    function sendTap(form) {
        const send = form.querySelector(".o_feedback_send button");
        if (form.dataset.score && send && document.visibilityState === "visible") {
            form.requestSubmit(send);
        }
    }

    /** Save each answer of the rest by itself: a half answer counts. */
    function saveAlong(form) {
        const status = form.querySelector(".o_feedback_saved");
        const words = form.querySelector(".o_feedback_words").content.querySelectorAll("p");
        let waiting = Promise.resolve();
        document.addEventListener("change", (ev) => {
            // the reasons stand above the form and belong to it
            if (ev.target.form !== form) {
                return;
            }
            const name = ev.target.name;
            const data = new URLSearchParams();
            for (const [key, value] of new FormData(form)) {
                if (key === name || key === "lang") {
                    data.append(key, value);
                }
            }
            if (!data.has(name)) {
                data.append(name, "");
            }
            waiting = waiting
                .then(() =>
                    fetch(form.dataset.save, {
                        method: "POST",
                        body: data,
                        headers: { Accept: "application/json" },
                    })
                )
                .then((response) => response.json())
                .then((answer) => {
                    status.textContent = answer.error || words[0].textContent;
                })
                .catch(() => {
                    status.textContent = words[1].textContent;
                });
        });
    }

    document.addEventListener("DOMContentLoaded", () => {
        document.querySelectorAll(".o_feedback_tap").forEach(sendTap);
        document.querySelectorAll(".o_feedback_rest").forEach(saveAlong);
        // a second tap while the first one is on its way sends nothing
        document.querySelectorAll("form").forEach((form) => {
            let isSent = false;
            form.addEventListener("submit", (ev) => {
                if (isSent) {
                    ev.preventDefault();
                }
                isSent = true;
            });
        });
    });
    // pages that the browser kept are shown again as they are now
    window.addEventListener("pageshow", (ev) => ev.persisted && window.location.reload());
})();
