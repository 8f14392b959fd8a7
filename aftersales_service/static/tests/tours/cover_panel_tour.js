import { registry } from "@web/core/registry";
import { inTime } from "./tour_steps";

const PANEL = ".o_aftersales_cover_panel[aria-busy=false]";
const hasColor = (name, color) => ({
    content: `${name} is ${color}`,
    trigger: `${PANEL} [data-name="${name}"][data-color=${color}]`,
});

// a picker of the browser's own: hoot types no dates into it
const suppose = (content, day) => ({
    content,
    trigger: `${PANEL} input[name=what_if_day]`,
    run({ anchor }) {
        anchor.value = day;
        anchor.dispatchEvent(new Event("change", { bubbles: true }));
    },
});

registry.category("web_tour.tours").add("aftersales_cover_panel", {
    steps: () => inTime([
        {
            content: "Open the warranty page of the order",
            trigger: ".o_notebook .nav-link[name=warranty]",
            run: "click",
        },
        hasColor("Whole unit", "success"),
        { trigger: `${PANEL} [name=remedies] [data-kind=refund]:contains(Art. 9)` },
        suppose("What if the claim came on day 12", "2026-01-22"),
        { trigger: `${PANEL} [name=failed]:contains(within 7 days - it is day 12)` },
        { trigger: `${PANEL} [name=remedies]:not(:has([data-kind=refund]))` },
        suppose("What if it came shortly before the end", "2027-01-05"),
        hasColor("Whole unit", "warning"),
        suppose("What if it came after the end", "2027-02-14"),
        hasColor("Whole unit", "danger"),
        hasColor("Compressor", "success"),
        { trigger: `${PANEL} [name=paid]` },
        {
            content: "A supposed verdict is not kept",
            trigger: `${PANEL}:not(:has(button[name=decide])) button[name=forget]`,
            run: "click",
        },
        hasColor("Whole unit", "success"),
        {
            content: "Keep the true one",
            trigger: `${PANEL} button[name=decide]`,
            run: "click",
        },
        { trigger: `${PANEL} [name=history] li:contains(Refund)` },
    ]),
});
