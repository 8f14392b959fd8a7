import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { getDataURLFromFile } from "@web/core/utils/urls";

import { Component, onMounted, onWillStart, useRef, useState } from "@odoo/owl";

const BOX = "aftersales.old.part.box";
const PART = "aftersales.old.part";
// what a scanner sends within this time goes to the server as one batch
const BATCH_MS = 150;

/**
 * The bench on which a box of old parts is judged: a scanner types the tags into a field that
 * always has the focus, the keys 1 to 5 give the verdict on the part scanned last.
 */
export class OldPartBench extends Component {
    static template = "aftersales_parts.OldPartBench";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.scan = useRef("scan");
        this.boxId = this.props.action.params?.box_id || this.props.action.context?.active_id;
        this.state = useState({ box: null, current: null, refusals: [], isBusy: false });
        this.codes = [];
        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", () => this.focus());
        onWillStart(async () => {
            await this.reload();
            this.state.current = this.scanned[this.scanned.length - 1]?.id;
        });
        onMounted(() => this.focus());
    }

    // === WHAT IS SHOWN === //

    get parts() {
        return this.state.box?.parts || [];
    }

    get scanned() {
        return this.parts.filter((part) => part.is_scanned);
    }

    get missing() {
        return this.parts.filter((part) => !part.is_scanned);
    }

    get toCheck() {
        return this.scanned.filter((part) => part.is_check_required && !part.verdict);
    }

    get differences() {
        return this.parts.filter((part) => part.verdict && part.verdict !== "accepted");
    }

    get current() {
        return this.parts.find((part) => part.id === this.state.current);
    }

    get isClosed() {
        return this.state.box?.state === "closed";
    }

    label(verdict) {
        return Object.fromEntries(this.state.box.verdicts)[verdict] || "";
    }

    show(box) {
        this.state.box = box;
        this.state.refusals = box.refusals || [];
        if (box.scanned?.length) {
            this.state.current = box.scanned[box.scanned.length - 1];
        }
    }

    focus() {
        if (!this.isAsking && document.activeElement?.dataset.bench !== "free") {
            this.scan.el?.focus();
        }
    }

    onBlur() {
        setTimeout(() => this.focus(), 200);
    }

    // === SCANNER AND KEYS === //

    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.read(ev.target.value);
            ev.target.value = "";
        } else if (/^[1-5]$/.test(ev.key) && !ev.target.value) {
            // a tag never begins with a digit: the key is a verdict
            ev.preventDefault();
            this.judge(this.state.box.verdicts[Number(ev.key) - 1][0]);
        }
    }

    onPaste(ev) {
        const text = ev.clipboardData.getData("text");
        if (/\s/.test(text.trim())) {
            ev.preventDefault();
            this.read(text);
        }
    }

    read(text) {
        this.codes.push(...text.split(/\s+/).filter(Boolean));
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.send(), BATCH_MS);
    }

    async send() {
        if (this.state.isBusy || !this.codes.length) {
            return;
        }
        await this.run(async () => {
            const codes = this.codes.splice(0);
            this.show(await this.orm.call(BOX, "action_scan", [this.boxId, codes]));
        });
        if (this.codes.length) {
            await this.send();
        }
    }

    // === STEPS === //

    /** Run one step after the other; the field gets the focus back, also after a refusal. */
    async run(step) {
        this.state.isBusy = true;
        try {
            await step();
        } finally {
            this.state.isBusy = false;
            this.focus();
        }
    }

    async reload() {
        this.show(await this.orm.call(BOX, "get_bench_data", [this.boxId]));
    }

    choose(part) {
        this.state.current = part.id;
        this.focus();
    }

    async judge(verdict) {
        const part = this.current;
        if (!part || this.isClosed) {
            return;
        }
        await this.run(async () => {
            await this.orm.call(PART, "action_judge", [[part.id], verdict]);
            await this.reload();
        });
    }

    async noteSerial(ev) {
        const serial = ev.target.value;
        ev.target.blur();
        if (serial) {
            await this.run(async () => {
                await this.orm.call(PART, "action_note_serial", [this.current.id, serial]);
                await this.reload();
            });
        }
    }

    async noteFinding(ev) {
        const note = ev.target.value;
        ev.target.blur();
        await this.run(async () => {
            await this.orm.write(PART, [this.current.id], { note });
            await this.reload();
        });
    }

    async addPhoto(ev) {
        const [file] = ev.target.files;
        ev.target.value = "";
        if (!file) {
            return;
        }
        const url = await getDataURLFromFile(file);
        await this.run(async () => {
            await this.orm.call(PART, "action_add_photo", [
                this.current.id,
                file.name,
                url.split(",")[1],
            ]);
            await this.reload();
        });
    }

    /** Close the box; what is missing is charged, so that the storekeeper is asked first. */
    close() {
        const missing = this.missing.filter((part) => part.verdict !== "missing");
        if (!missing.length) {
            return this.finish();
        }
        this.isAsking = true;
        this.dialog.add(
            ConfirmationDialog,
            {
                title: _t("Close with %s missing?", missing.length),
                body: _t(
                    "%(sender)s answers for what was not scanned: %(tags)s. Each part is charged, or its claim refused.",
                    {
                        sender: this.state.box.sender,
                        tags: missing.map((part) => part.tag).join(", "),
                    }
                ),
                confirmLabel: _t("They Are Missing"),
                confirm: () => this.finish(),
                cancel: () => {},
                cancelLabel: _t("Look Again"),
            },
            {
                onClose: () => {
                    this.isAsking = false;
                    this.focus();
                },
            }
        );
    }

    async finish() {
        await this.run(async () => {
            this.show(await this.orm.call(BOX, "action_close", [this.boxId]));
        });
    }

    async print() {
        this.action.doAction(
            await this.orm.call(BOX, "action_print_differences", [this.boxId])
        );
    }

    get closeLabel() {
        return this.missing.length
            ? _t("Close the Box: %s Missing", this.missing.length)
            : _t("Close the Box");
    }
}

registry.category("actions").add("aftersales_old_part_bench", OldPartBench);
