/** How far, in pixels, and how long, in milliseconds, the second tap of a thumb may be off. */
const REACH = 24;
const PAUSE_MS = 500;

/**
 * Ignore the second tap of a thumb on whatever the first has moved under it.
 *
 * A sheet opens or closes, or a new line pushes the buttons down: the second tap was never
 * about what lies there now. Taps elsewhere count, however fast they are; in a field a second
 * tap chooses a word.
 */
export function ignoreTapThrough(target) {
    let last = { x: 0, y: 0, at: -Infinity };
    target.addEventListener("click", (event) => {
        const { clientX: x, clientY: y, timeStamp: at } = event;
        const isNear = Math.hypot(x - last.x, y - last.y) < REACH;
        const isSecond = isNear && (event.detail > 1 || at - last.at < PAUSE_MS);
        if (x || y) { // not of a script or a key
            last = { x, y, at };
        }
        if (isSecond && !event.target.closest("input, textarea, select, label")) {
            event.preventDefault();
            event.stopImmediatePropagation();
        }
    }, { capture: true });
}
