const CODE = /(?:^|[?&]sign_in=)(\d+-\d+-[0-9a-f]+)(?:$|[&#])/;
const DEVICE = "aftersales_device";

/** The code in what was scanned: an address with `sign_in=…`, or the code alone; else null. */
export function readCode(scanned) {
    return scanned?.match(CODE)?.[1] || null;
}

/** The number of the session that a code names, or null. */
export function readSession(code) {
    return code ? Number(code.split("-")[0]) : null;
}

/** The number that this phone made for itself, by which it signs in one person per session. */
export function getDevice() {
    let device = localStorage.getItem(DEVICE);
    if (!device) {
        const bytes = crypto.getRandomValues(new Uint8Array(16));
        device = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        localStorage.setItem(DEVICE, device);
    }
    return device;
}
