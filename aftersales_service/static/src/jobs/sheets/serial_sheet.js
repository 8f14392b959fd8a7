import { useState } from "@odoo/owl";
import { canScan, Scanner } from "../scanner";
import { Sheet } from "./sheet";

/** The serial number on the unit, by camera or typed. */
export class SerialSheet extends Sheet {
    static template = "aftersales_service.SerialSheet";
    static components = { Scanner };

    setup() {
        this.canScan = canScan();
        this.state = useState({ serial: this.props.order.serial, isScanning: false });
    }

    onCode(serial) {
        Object.assign(this.state, { serial, isScanning: false });
    }

    save() {
        const serial = this.state.serial.trim();
        return serial && this.props.submit({ serial });
    }
}
