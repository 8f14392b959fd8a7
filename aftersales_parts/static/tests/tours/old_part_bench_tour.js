import { registry } from "@web/core/registry";

/** A scanner types tags and Enter, into whatever has the focus. */
function scan(code) {
    return {
        content: `Scan ${code}`,
        trigger: ".o_bench_scan",
        run() {
            const field = document.activeElement;
            if (!field.matches(".o_bench_scan")) {
                throw new Error("The field of the scanner has lost the focus");
            }
            field.value = code;
            field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
        },
    };
}

function press(key) {
    return {
        content: `Press ${key}`,
        trigger: ".o_bench_scan",
        run() {
            document.activeElement.dispatchEvent(
                new KeyboardEvent("keydown", { key, bubbles: true })
            );
        },
    };
}

/** A storekeeper scans a box, judges by keys and closes it with one part missing. */
registry.category("web_tour.tours").add("aftersales_old_part_bench", {
    steps: () => [
        { trigger: ".o_data_row:contains(North Station) button[name=action_open_bench]", run: "click" },
        { content: "Nothing is scanned yet", trigger: ".o_bench_counter:contains(0/3)" },
        scan("OP-TOUR-1"),
        { trigger: ".o_bench_counter:contains(1/3)" },
        { content: "The fault stands beside the tag", trigger: ".o_bench_current:contains(It does not cool)" },
        press("2"),
        { trigger: ".o_bench_scanned .badge:contains(Fault Not Reproduced)" },
        scan("OP-TOUR-1"),
        { content: "A tag is scanned once", trigger: ".o_bench_refusal:contains(scanned already)" },
        scan("OP-TOUR-2"),
        { trigger: ".o_bench_counter:contains(2/3)" },
        press("1"),
        { trigger: ".o_bench_scanned .badge:contains(Accepted)" },
        { content: "The missing one is named", trigger: ".o_bench_missing:contains(OP-TOUR-3)" },
        { trigger: ".o_bench_close:contains(1 Missing)", run: "click" },
        { content: "Closing charges: it asks", trigger: ".modal:contains(OP-TOUR-3) button:contains(Look Again)", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_bench_close:contains(1 Missing)", run: "click" },
        { trigger: ".modal button:contains(They Are Missing)", run: "click" },
        { trigger: ".alert:contains(This box is closed)" },
        { trigger: ".o_bench_differences:contains(OP-TOUR-3):contains(Missing from Box)" },
    ],
});
