import { isOver, openChecks } from "../job_rules";
import { buttons, labels, sheets } from "../registries";
import { CheckSheet } from "../sheets/check_sheet";
import { PartSheet } from "../sheets/part_sheet";
import { SerialSheet } from "../sheets/serial_sheet";
import { SignSheet } from "../sheets/sign_sheet";
import { AgainSheet, MissSheet, ReportSheet } from "../sheets/text_sheets";
import { _t } from "../translate";

sheets
    .add("again", AgainSheet)
    .add("check", CheckSheet)
    .add("miss", MissSheet)
    .add("part", PartSheet)
    .add("report", ReportSheet)
    .add("serial", SerialSheet)
    .add("sign", SignSheet)
    .add("take_along", SignSheet);

labels
    .add("call", { name: _t("Customer called"), step: _t("Call the Customer"), isReplaced: true })
    .add("set_off", { name: _t("Set off"), step: _t("Set off"), isReplaced: true })
    .add("undo_set_off", { name: _t("Not on the way"), isReplaced: true })
    .add("arrive", { name: _t("Arrived"), step: _t("Arrive"), isReplaced: true })
    .add("miss", { name: _t("Visit failed"), isReplaced: true })
    .add("serial", { name: _t("Serial number"), isReplaced: true })
    .add("photo", { name: _t("Photo"), step: _t("Take a Photo") })
    .add("check", { name: _t("Check"), step: _t("Checklist"), isReplaced: true, ofStep: "check" })
    .add("part", { name: _t("Part"), step: _t("Parts Used"), ofStep: "part" })
    .add("part_off", { name: _t("Part removed"), ofStep: "part" })
    .add("report", { name: _t("Work report"), step: _t("Write the Report"), isReplaced: true, ofStep: "report" })
    .add("send_code", { name: _t("Send the Code"), isReplaced: true })
    .add("sign", { name: _t("Signature"), step: _t("Let the Customer Sign"), isReplaced: true, ofStep: "sign" })
    .add("take_along", { name: _t("Taken to shop"), isReplaced: true })
    .add("again", { name: _t("Further visit"), isReplaced: true })
    .add("complete", { name: _t("Completed"), step: _t("Complete"), isReplaced: true, needsOthers: true });

const tick = (isDone) => (isDone ? "✓" : "–");

buttons
    .add(
        "undo_set_off",
        {
            place: "trip",
            kind: "undo_set_off",
            label: _t("Not on the way yet"),
            className: "plain",
            isShown: (job) => job.state === "on_way",
        },
        { sequence: 8 }
    )
    .add(
        "miss",
        {
            place: "trip",
            kind: "miss",
            label: _t("Visit failed"),
            className: "plain",
            isShown: (job) => !isOver(job),
        },
        { sequence: 10 }
    )
    .add(
        "photo",
        {
            place: "tile",
            kind: "photo",
            label: _t("Photos"),
            value: (job, order) => order.photo_count,
        },
        { sequence: 10 }
    )
    .add(
        "serial",
        {
            place: "tile",
            kind: "serial",
            label: _t("Serial"),
            value: (job, order) => tick(order.serial),
        },
        { sequence: 20 }
    )
    .add(
        "check",
        {
            place: "tile",
            kind: "check",
            label: _t("Checklist"),
            isShown: (job, order) => order.checks.length,
            value: (job, order) =>
                `${order.checks.length - openChecks(order).length}/${order.checks.length}`,
        },
        { sequence: 30 }
    )
    .add(
        "part",
        {
            place: "tile",
            kind: "part",
            label: _t("Parts"),
            isShown: (job, order) => order.has_repair,
            value: (job, order) => order.parts.length,
        },
        { sequence: 40 }
    )
    .add(
        "report",
        {
            place: "tile",
            kind: "report",
            label: _t("Report"),
            value: (job, order) => tick(order.solution),
        },
        { sequence: 60 }
    )
    .add(
        "sign",
        {
            place: "tile",
            kind: "sign",
            label: _t("Sign"),
            isShown: (job, order) => order.needs_acceptance,
            value: (job, order) => tick(order.is_signed),
        },
        { sequence: 70 }
    )
    .add("again", { place: "unit", kind: "again", label: _t("Come again"), className: "plain" }, { sequence: 20 })
    .add(
        "take_along",
        {
            place: "unit",
            kind: "take_along",
            label: _t("Take to shop"),
            className: "plain",
            isShown: (job, order) => order.has_workshop,
        },
        { sequence: 30 }
    )
    .add(
        "test_run",
        {
            place: "slip",
            label: _t("Test-run Slip"),
            isNewTab: true,
            isShown: (job, order) => order.test_result,
            href: (job, order) => `/my/jobs/${job.id}/test-run/${order.id}`,
        },
        { sequence: 10 }
    );
