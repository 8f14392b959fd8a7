/** Photos: made smaller on the phone and marked with time and place. */
const config = window.jobsConfig;
const JPEG_QUALITY = 0.8;

/** Where the phone is, or null: not wanted for this job, not allowed, or not known. */
export function readPosition(job) {
    if (!job.wants_position || !navigator.geolocation) {
        return Promise.resolve(null);
    }
    return new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
            ({ coords }) => resolve({ latitude: coords.latitude, longitude: coords.longitude }),
            () => resolve(null),
            { timeout: 5000, maximumAge: 60000 }
        )
    );
}

/** Return the file as a JPEG data URL, no larger than the company's limit, with `lines` on it. */
export async function shrinkPhoto(file, lines) {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, config.photo_side / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    drawMark(canvas, lines);
    return canvas.toDataURL("image/jpeg", JPEG_QUALITY);
}

/** Write the lines into the lower left corner, white with a dark edge. */
function drawMark(canvas, lines) {
    const context = canvas.getContext("2d");
    const size = Math.max(10, Math.round(canvas.width / 40));
    context.font = `${size}px sans-serif`;
    context.lineWidth = size / 5;
    context.strokeStyle = "rgba(0, 0, 0, 0.7)";
    context.fillStyle = "#fff";
    lines.forEach((line, index) => {
        const y = canvas.height - size * (1.4 * (lines.length - index) - 0.6);
        context.strokeText(line, size, y);
        context.fillText(line, size, y);
    });
}

/** Shrink a photo of the camera and mark it with time, order and, if wanted, place. */
export async function takePhoto(file, job, orderName) {
    const position = await readPosition(job);
    return shrinkPhoto(file, [
        new Date().toLocaleString(config.lang),
        orderName,
        ...(position ? [`${position.latitude.toFixed(5)}, ${position.longitude.toFixed(5)}`] : []),
    ]);
}
