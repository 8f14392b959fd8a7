import { Component, onMounted, onWillUnmount, useRef, xml } from "@odoo/owl";

const INTERVAL_MS = 250;

/** Whether this browser reads codes with the camera; else the technician types them. */
export const canScan = () => "BarcodeDetector" in window && Boolean(navigator.mediaDevices);

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
            this.detector = new window.BarcodeDetector();
            this.timer = setInterval(() => this.look(), INTERVAL_MS);
        } catch {
            this.props.onFailure(); // no camera, or not allowed
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
