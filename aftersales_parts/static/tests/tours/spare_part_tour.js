import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";
import {
    choose,
    inTime,
    isInStage,
    openPage,
} from "@aftersales_service/../tests/tours/tour_steps";

const tours = registry.category("web_tour.tours");
const lines = ".o_field_widget[name=part_ids]";
const card = ".o_kanban_record:contains(Control Board)";

/** An old number is entered on an order, which says what stands in its place. */
tours.add("aftersales_parts_desk", {
    steps: () =>
        inTime([
            ...openPage("parts"),
            { trigger: `${lines} .o_field_x2many_list_row_add a`, run: "click" },
            ...choose("product_id", "PCB-1", `${lines} .o_selected_row`),
            ...stepUtils.saveForm(),
            {
                content: "The current part is offered",
                trigger: `${lines} .o_data_row:contains(Replaced by [PCB-2] Control Board)`,
            },
            { trigger: `${lines} button[name=action_use_offered_part]`, run: "click" },
            {
                content: "One click exchanges it",
                trigger: `${lines} .o_data_row .o_data_cell[name=product_id]:contains(PCB-2)`,
            },
        ]),
});

tours.add("aftersales_parts_store_orders", {
    steps: () =>
        inTime([
            { trigger: `${card} button[name=action_reserve]`, run: "click" },
            {
                content: "It lies nowhere: it is ordered",
                trigger: `.o_kanban_group:contains(Ordered) ${card}`,
            },
        ]),
});

tours.add("aftersales_parts_planner_buys", {
    steps: () =>
        inTime([
            { trigger: "button[name=button_confirm]:enabled", run: "click" },
            isInStage("Purchase Order"),
        ]),
});

tours.add("aftersales_parts_store_receives", {
    steps: () =>
        inTime([
            { trigger: "button[name=button_validate]:enabled", run: "click" },
            {
                content: "It is inspected first",
                trigger: ".oe_title:contains(Check all 1, accept up to 0)",
            },
            { trigger: "button[name=action_accept]", run: "click" },
            {
                content: "Back at the receipt",
                trigger: "button[name=button_validate]:enabled",
                run: "click",
            },
            isInStage("Done"),
        ]),
});

tours.add("aftersales_parts_store_hands_out", {
    steps: () =>
        inTime([
            { trigger: `${card} button[name=action_send]`, run: "click" },
            {
                content: "It is on its way",
                trigger: `.o_kanban_group:contains(In Transit) ${card}`,
            },
        ]),
});

const row = ".o_data_row:contains(OP-TOUR)";
const press = (key) => ({
    content: `The scanner or the keyboard sends ${key}`,
    trigger: ".o_bench_scan",
    run() {
        const field = document.activeElement;
        field.value = key === "Enter" ? "OP-TOUR" : field.value;
        field.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    },
});

tours.add("aftersales_parts_old_part", {
    steps: () =>
        inTime([
            { content: "What no outlet has to return", trigger: ".o_group_header", run: "click" },
            { trigger: `${row} .o_list_record_selector input`, run: "click" },
            { trigger: ".o_control_panel button[name=action_pack]", run: "click" },
            {
                content: "It lies in the box of this month",
                trigger: "button[name=action_send]:enabled",
                run: "click",
            },
            { trigger: "button[name=action_open_bench].btn-primary", run: "click" },
            { trigger: ".o_bench_counter:contains(0/1)" },
            press("Enter"),
            { trigger: ".o_bench_counter:contains(1/1)" },
            press("1"),
            { trigger: ".o_bench_scanned .badge:contains(Accepted)" },
            { trigger: ".o_bench_close", run: "click" },
            { trigger: ".alert:contains(This box is closed)" },
        ]),
});

tours.add("aftersales_parts_planner_applies", {
    steps: () =>
        inTime([
            {
                content: "The reason stands beside the numbers",
                trigger: ".o_data_row:contains(PCB-2):contains(Seldom asked for)",
            },
            {
                trigger: ".o_data_row:contains(PCB-2) .o_list_record_selector input",
                run: "click",
            },
            { trigger: ".o_control_panel button[name=action_apply]", run: "click" },
            {
                content: "What is decided leaves the list",
                trigger: ".o_view_nocontent_smiling_face:contains(No suggestion waits)",
            },
        ]),
});
