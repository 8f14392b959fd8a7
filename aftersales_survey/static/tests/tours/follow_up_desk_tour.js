import { registry } from "@web/core/registry";

function press(key, trigger = ".o_follow_up_desk") {
    return {
        content: `Press ${key}`,
        trigger,
        run() {
            (document.activeElement || document.body).dispatchEvent(
                new KeyboardEvent("keydown", { key, bubbles: true })
            );
        },
    };
}

/** An interviewer calls three customers: one answers, one does not, one puts the call off. */
registry.category("web_tour.tours").add("aftersales_follow_up_desk", {
    steps: () => [
        { content: "The oldest call is open", trigger: ".o_desk_job h3:contains(Anna Call)" },
        { trigger: ".o_desk_phone[href='tel:+16505550123']" },
        { content: "The first question is marked", trigger: ".o_desk_current:contains(recommend)" },
        press("1"),
        press("0"),
        { content: "A ten", trigger: ".o_desk_question:contains(recommend) .btn-primary:contains(/^10$/)" },
        press("4", ".o_desk_current:contains(friendly)"),
        { trigger: ".o_desk_question:contains(friendly) .btn-primary:contains(/^4$/)" },
        {
            content: "Words are typed at once: their letters are no commands",
            trigger: ".o_desk_current:contains(What else) textarea:focus",
            run: "edit xenial rb",
        },
        press("Escape", ".o_desk_current textarea"),
        { trigger: ".o_desk_remark", run: "edit Very friendly" },
        press("Escape", ".o_desk_remark"),
        press("r", "body:not(:has(.o_desk_remark:focus)) .o_follow_up_desk"),
        { content: "One key to the next", trigger: ".o_desk_job h3:contains(Bert Call)" },
        press("n"),
        { trigger: ".o_desk_job h3:contains(Cora Call)" },
        press("b"),
        { trigger: ".o_desk_put_off:contains(In an hour)" },
        press("1"),
        { content: "The queue is empty", trigger: ".o_desk_empty" },
    ],
});

/** Somebody else took the call that is clicked: a sentence, and the next one. */
registry.category("web_tour.tours").add("aftersales_follow_up_desk_taken", {
    steps: () => [
        { trigger: ".o_desk_job h3:contains(Other Ou)" },
        { trigger: ".o_desk_entry:contains(Wanted Wu):contains(Interviewer Ivy)", run: "click" },
        { trigger: ".o_desk_notice:contains(Interviewer Ivy is calling this customer right now)" },
        { content: "The next call is open", trigger: ".o_desk_job h3:contains(Other Ou)" },
        { content: "Leave the desk", trigger: ".o_navbar_apps_menu button", run: "click" },
        { trigger: "[data-menu-xmlid='mail.menu_root_discuss']", run: "click" },
        { trigger: ".o-mail-Discuss" },
    ],
});
