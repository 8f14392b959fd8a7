import { useRef, useState } from "@odoo/owl";
import { takePhoto } from "../photo";
import { _t } from "../translate";
import { Sheet } from "./sheet";

/** A report that carries one photo. */
export class PhotoSheet extends Sheet {
    setup() {
        this.camera = useRef("camera");
        this.state = useState({ description: "", image: "", error: "", ...this.facts });
    }

    async onPhoto(event) {
        const [file] = event.target.files;
        event.target.value = "";
        try {
            this.state.error = "";
            this.state.image = file
                ? await takePhoto(file, this.props.job, this.photoName)
                : this.state.image;
        } catch {
            this.state.error = _t("This file is not a photo.");
        }
    }

    get photoName() {
        return (this.props.order || this.props.job.orders[0])?.name || "";
    }

    save() {
        const { error, ...payload } = this.state;
        return this.props.submit(payload);
    }
}
