import { buttons, labels, sheets } from "../registries";
import { _t } from "../translate";
import { AccidentSheet } from "./accident_sheet";

sheets.add("accident", AccidentSheet);
labels.add("accident", { name: _t("Accident") });
buttons.add(
    "accident",
    { place: "trip", kind: "accident", label: _t("Accident"), className: "danger" },
    { sequence: 90 }
);
