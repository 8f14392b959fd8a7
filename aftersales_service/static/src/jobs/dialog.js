import { useEffect, useRef } from "@odoo/owl";

const FOCUSABLE = "a[href], button, input:not(.camera), select, textarea, summary";

/**
 * Let a sheet be a dialog: it takes the focus and keeps it, Escape closes it, and the focus goes
 * back to where it came from.
 *
 * @returns {(event: KeyboardEvent) => void} the sheet's handler of keys
 */
export function useDialog(refName, isOpen, close) {
    const sheet = useRef(refName);
    useEffect(
        (isShown) => {
            if (!isShown) {
                return;
            }
            const before = document.activeElement;
            sheet.el?.focus();
            return () => before?.isConnected && before.focus();
        },
        () => [isOpen()]
    );
    return (event) => {
        if (event.key === "Escape") {
            close();
        } else if (event.key === "Tab") {
            const places = [...sheet.el.querySelectorAll(FOCUSABLE)].filter(
                (el) => !el.disabled && el.getClientRects().length);
            const [first, last] = [places[0], places.at(-1)];
            const isOut = event.shiftKey
                ? [first, sheet.el].includes(document.activeElement)
                : document.activeElement === last;
            if (isOut) {
                event.preventDefault();
                (event.shiftKey ? last : first)?.focus();
            }
        }
    };
}
