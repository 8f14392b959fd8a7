import { registry } from "@web/core/registry";
import { inTime } from "./tour_steps";

registry.category("web_tour.tours").add("aftersales_portal", {
    steps: () => inTime([
        {
            content: "Open my service orders from the home page",
            trigger: ".o_portal_index_card a[href='/my/service']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Open the order",
            trigger: ".o_portal_my_doc_table tr:contains(On-site Repair) a",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The page shows unit and warranty",
            trigger: "#service_order_facts:contains(TOUR-7001):contains(Covered by)",
        },
        {
            content: "Write a message",
            trigger: "#chatterRoot:shadow .o-mail-Composer-input",
            run: "edit Please ring the lower bell",
        },
        {
            trigger: "#chatterRoot:shadow .o-mail-Composer-send:enabled",
            run: "click",
        },
        {
            content: "The message stands on the page",
            trigger: "#chatterRoot:shadow .o-mail-Message:contains(Please ring the lower bell)",
        },
    ]),
});
