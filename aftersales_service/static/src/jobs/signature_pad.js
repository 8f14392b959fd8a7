import { Component, onMounted, useRef, xml } from "@odoo/owl";

// a dot or a tap is no signature: the finger travels further
const SHORTEST = 40;

/** A field to sign on with finger, pen or mouse. */
export class SignaturePad extends Component {
    static template = xml`
        <canvas t-ref="canvas" class="signature-pad"
            t-on-pointerdown="onDown" t-on-pointermove="onMove" t-on-pointerup="onUp"
            t-on-pointercancel="onUp"/>`;
    static props = { onChange: Function };

    setup() {
        this.canvas = useRef("canvas");
        this.length = 0;
        onMounted(() => {
            const { el } = this.canvas;
            el.width = el.clientWidth * 2; // sharp on a phone's screen
            el.height = el.clientHeight * 2;
            const context = (this.context = el.getContext("2d"));
            context.scale(2, 2);
            Object.assign(context, { lineWidth: 2, lineCap: "round", lineJoin: "round" });
        });
    }

    onDown(event) {
        this.canvas.el.setPointerCapture(event.pointerId);
        this.isDrawing = true;
        this.last = [event.offsetX, event.offsetY];
        this.context.beginPath();
        this.context.moveTo(event.offsetX, event.offsetY);
    }

    onMove(event) {
        if (this.isDrawing) {
            this.context.lineTo(event.offsetX, event.offsetY);
            this.context.stroke();
            const [x, y] = this.last;
            this.length += Math.hypot(event.offsetX - x, event.offsetY - y);
            this.last = [event.offsetX, event.offsetY];
        }
    }

    onUp() {
        this.isDrawing = false;
        if (this.length >= SHORTEST) {
            this.props.onChange(this.canvas.el.toDataURL("image/png"));
        }
    }
}
