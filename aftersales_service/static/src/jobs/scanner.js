import { Component, onMounted, onWillUnmount, status, useRef, xml } from "@odoo/owl";
import { buildZXingBarcodeDetector } from "@web/core/barcode/ZXingBarcodeDetector";

const INTERVAL_MS = 250;
const LIBRARY = "/web/static/lib/zxing-library/zxing-library.js";

/** Whether this browser gives us its camera; else the technician types the code. */
export const canScan = () => Boolean(navigator.mediaDevices?.getUserMedia);

/**
 * The browser's own reader of codes, else core's library, loaded when it is needed first.
 * Phones without Google's services have a reader that knows no code at all.
 */
async function createDetector() {
    if ((await window.BarcodeDetector?.getSupportedFormats())?.length) {
        return new window.BarcodeDetector();
    }
    if (!window.ZXing) {
        await new Promise((onload, onerror) =>
            document.head.append(
                Object.assign(document.createElement("script"), { src: LIBRARY, onload, onerror })
            )
        );
    }
    return new (buildZXingBarcodeDetector(window.ZXing))();
}

/** The camera's picture, until it shows a code. */
export class Scanner extends Component {
    static template = xml`<video t-ref="video" class="scanner" playsinline="1" muted="1"/>`;
    static props = { onCode: Function, onFailure: Function };

    setup() {
        this.video = useRef("video");
        onMounted(() => this.start());
        onWillUnmount(() => this.stop());
    }

    async start() {
        try {
            this.stream = await navigator.mediaDevices.getUserMedia({
                video: { facingMode: "environment" },
            });
            this.video.el.srcObject = this.stream;
            await this.video.el.play();
            this.detector = await createDetector();
            if (this.video.el) {
                this.timer = setInterval(() => this.look(), INTERVAL_MS);
            }
        } catch {
            this.stop();
            if (status(this) !== "destroyed") {
                this.props.onFailure(); // no camera, or not allowed
            }
        }
    }

    async look() {
        const [code] = await this.detector.detect(this.video.el).catch(() => []);
        if (code && this.timer) {
            this.stop();
            this.props.onCode(code.rawValue);
        }
    }

    stop() {
        clearInterval(this.timer);
        this.timer = null;
        this.stream?.getTracks().forEach((track) => track.stop());
    }
}
