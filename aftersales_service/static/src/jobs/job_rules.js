/**
 * What a job looks like after an action, and what comes next: pure functions.
 *
 * The server decides; these rules only let the phone go on while it waits.
 */

const OVER = ["done", "missed"];

export function isOver(job) {
    return OVER.includes(job.state);
}

/** The units that still need work on this visit. */
export function openOrders(job) {
    return job.orders.filter((order) => ["dispatched", "on_site"].includes(order.state));
}

export function openChecks(order, isMandatory = false) {
    return order.checks.filter(
        (check) =>
            (!check.result || (check.needs_photo && !check.has_photo && check.result !== "na")) &&
            (!isMandatory || check.is_mandatory)
    );
}

/**
 * The one next step of a job: `{ kind, order }`, without order for the trip itself.
 *
 * @param {(key: string) => boolean} wasSeen tells whether a step that may be left out was
 */
export function nextStep(job, wasSeen) {
    if (job.state === "planned") {
        return { kind: job.phone && !job.is_called ? "call" : "set_off" };
    }
    if (job.state === "on_way") {
        return { kind: "arrive" };
    }
    const order = job.state === "on_site" && openOrders(job)[0];
    return order ? { kind: nextOrderStep(order, wasSeen), order } : null;
}

function nextOrderStep(order, wasSeen) {
    if (!order.photo_count) {
        return "photo";
    }
    if (order.has_repair && !order.parts.length && !wasSeen(`part:${order.id}`)) {
        return "part";
    }
    if (openChecks(order, true).length || (openChecks(order).length && !wasSeen(`check:${order.id}`))) {
        return "check";
    }
    if (!order.solution) {
        return "report";
    }
    return order.needs_acceptance && !order.is_signed ? "sign" : "complete";
}

/** Return copies of the jobs as they are once the waiting actions are done. */
export function withActions(jobs, actions) {
    const copies = JSON.parse(JSON.stringify(jobs));
    for (const action of actions) {
        const job = copies.find((job) => job.id === action.visit_id);
        const order = job?.orders.find((order) => order.id === action.order_id);
        if (job && (order || !action.order_id)) {
            CHANGES[action.kind]?.(job, order, action.payload);
        }
    }
    return copies;
}

const CHANGES = {
    call: (job) => Object.assign(job, { is_called: true, call_result: "" }),
    call_result: (job, order, { result }) => Object.assign(job, { is_called: true, call_result: result }),
    set_off: (job) => (job.state = "on_way"),
    miss: (job) => (job.state = "missed"),
    arrive(job) {
        job.state = "on_site";
        for (const order of job.orders) {
            order.state = order.state === "dispatched" ? "on_site" : order.state;
        }
    },
    serial: (job, order, { serial }) => (order.serial = serial),
    photo: (job, order) => (order.photo_count += 1),
    part: (job, order, { name, code, quantity }) =>
        order.parts.push({ name: name || code, quantity }),
    report: (job, order, { diagnosis, solution }) => Object.assign(order, { diagnosis, solution }),
    quote: (job, order) => (order.can_quote = false),
    collect: (job, order) => (order.amount_due = 0),
    sign: (job, order) => (order.is_signed = true),
    check(job, order, { check_id, result, note, image }) {
        const check = order.checks.find((check) => check.id === check_id);
        if (check) {
            Object.assign(check, { result, note, has_photo: check.has_photo || Boolean(image) });
        }
    },
    delivery: (job, order, payload) => Object.assign(order, payload),
    damage: (job, order) => (order.has_damage = true),
    complete: (job, order) => settle(job, order, "done"),
    again: (job, order) => settle(job, order, "scheduled"),
    take_along: (job, order) => settle(job, order, "taken_to_shop"),
};

function settle(job, order, state) {
    order.state = state;
    order.state_label = "";
    if (!openOrders(job).length) {
        job.state = "done";
    }
}
