import { Component, onMounted, useRef, xml } from "@odoo/owl";

/** A field to sign on with finger, pen or mouse. */
export class SignaturePad extends Component {
    static template = xml`
        <canvas t-ref="canvas" class="signature-pad"
            t-on-pointerdown="onDown" t-on-pointermove="onMove" t-on-pointerup="onUp"
            t-on-pointercancel="onUp"/>`;
    static props = { onChange: Function };

    setup() {
        this.canvas = useRef("canvas");
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
        this.context.beginPath();
        this.context.moveTo(event.offsetX, event.offsetY);
    }

    onMove(event) {
        if (this.isDrawing) {
            this.context.lineTo(event.offsetX, event.offsetY);
            this.context.stroke();
            this.isSigned = true;
        }
    }

    onUp() {
        this.isDrawing = false;
        if (this.isSigned) {
            this.props.onChange(this.canvas.el.toDataURL("image/png"));
        }
    }
}
