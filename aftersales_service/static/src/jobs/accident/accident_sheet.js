import { PhotoSheet } from "../sheets/photo_sheet";

/** An accident: people first, then one sentence. */
export class AccidentSheet extends PhotoSheet {
    static template = "aftersales_service.AccidentSheet";

    get facts() {
        return { kind: "", injured_count: 0, is_help_called: false, measures: "" };
    }

    get kinds() {
        return window.jobsConfig.accident_kinds;
    }

    get isReady() {
        const { kind, description, injured_count } = this.state;
        return Boolean(kind && description.trim() && (kind !== "injury" || Number(injured_count) > 0));
    }

    save() {
        this.state.injured_count = Math.trunc(Number(this.state.injured_count)) || 0;
        return super.save();
    }
}
