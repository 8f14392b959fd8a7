import { _t } from "./translate";

/** There is no network, or the server does not answer: try again later. */
export class OfflineError extends Error {}
/** The session ended: the technician has to log in, the queue waits. */
export class LoginError extends Error {}

async function call(url, options) {
    let response;
    try {
        response = await fetch(url, options);
    } catch {
        throw new OfflineError();
    }
    if (response.redirected || response.status === 403) {
        throw new LoginError();
    }
    if ([502, 503, 504].includes(response.status)) {
        throw new OfflineError();
    }
    if (!response.ok) {
        throw new Error(_t("The server answered with error %(code)s.", { code: response.status }));
    }
    return response;
}

/** Today's jobs; `isKept` if they come from the phone, for want of a network. */
export async function readJobs() {
    const response = await call("/my/jobs/data");
    return { ...(await response.json()), isKept: response.headers.has("X-Kept") };
}

/** The data of a further page; the jobs were read before, so the session is the user's. */
export async function readPage(key) {
    const response = await call(`/my/jobs/data/${key}`);
    return response.json();
}

/** Now in UTC, without zone, as the server reads and keeps times. */
export const utcNow = () => new Date().toISOString().slice(0, 19).replace("T", " ");

/** Send actions and return the answer to each of them. */
export async function sendActions(actions) {
    const params = {
        actions: actions.map(
            ({ uuid, kind, visit_id, order_id, res_model, res_id, at, payload }) => ({
                uuid, kind, visit_id, order_id, res_model, res_id, at, payload,
            })
        ),
        // read when sent: the server corrects a clock that is slow or fast
        now: utcNow(),
    };
    const response = await call("/my/jobs/actions", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ jsonrpc: "2.0", method: "call", params }),
    });
    const { result, error } = await response.json();
    if (error) {
        if (error.code === 100) {
            throw new LoginError();
        }
        throw new Error(error.data?.message || error.message);
    }
    return result;
}
