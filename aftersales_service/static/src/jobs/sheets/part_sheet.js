import { useEffect, useState } from "@odoo/owl";
import { canScan, Scanner } from "../scanner";
import { Sheet } from "./sheet";

/** Parts used: pick one that fits the product, or scan or type its code. */
export class PartSheet extends Sheet {
    static template = "aftersales_service.PartSheet";
    static components = { Scanner };

    setup() {
        this.canScan = canScan();
        this.state = useState({ code: "", quantity: 1, isScanning: false });
        // a code that the server does not know is mended, not typed a second time
        useEffect(
            (code) => {
                this.state.code ||= code || "";
            },
            () => [this.refusedCode]
        );
    }

    get refusedCode() {
        return this.props.refusals?.findLast(({ kind }) => kind === "part")?.payload.code;
    }

    add(values) {
        const quantity = Number(this.state.quantity) || 1;
        Object.assign(this.state, { code: "", quantity: 1, isScanning: false });
        return this.props.submit({ ...values, quantity }, "part", false);
    }

    addCode() {
        const code = this.state.code.trim();
        return code && this.add({ code });
    }

    onCode(code) {
        Object.assign(this.state, { code, isScanning: false });
    }
}
