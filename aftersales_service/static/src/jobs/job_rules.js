/**
 * What a job looks like after an action, and what comes next: pure functions.
 *
 * The server decides; these rules only let the phone go on while it waits.
 */

const OVER = ["done", "missed"];
export const PHASES = ["before_leaving", "before_work", "during", "after"];

export function isOver(job) {
    return OVER.includes(job.state);
}

/** The units that still need work on this visit. */
export function openOrders(job) {
    return job.orders.filter((order) => ["dispatched", "on_site"].includes(order.state));
}

/** The checks that still want an answer, or its photo; of some phases only, if given. */
export function openChecks(order, phases = PHASES) {
    return order.checks.filter(
        (check) =>
            phases.includes(check.phase) &&
            (!check.result || (check.needs_photo && !check.has_photo && check.result !== "na"))
    );
}

/**
 * The one next step of a job: `{ kind, order }`, without order for the trip itself.
 *
 * A checklist has its `phases` and the `key` under which it is remembered as seen.
 *
 * @param {(key: string) => boolean} wasSeen tells whether a step that may be left out was
 */
export function nextStep(job, wasSeen) {
    if (job.state === "planned") {
        if (job.phone && !job.is_called) {
            return { kind: "call" };
        }
        // what is open before leaving reminds; it keeps nobody from the trip
        const step = openOrders(job)
            .map((order) => checkStep(order, ["before_leaving"]))
            .find((step) => step && !wasSeen(step.key));
        return step || { kind: "set_off" };
    }
    if (job.state === "on_way") {
        return { kind: "arrive" };
    }
    const order = job.state === "on_site" && openOrders(job)[0];
    return order ? nextOrderStep(order, wasSeen) : null;
}

function nextOrderStep(order, wasSeen) {
    const partKey = `part:${order.id}`;
    const isDue = (step) => step && (!wasSeen(step.key) || step.isMandatory);
    const before = checkStep(order, ["before_leaving", "before_work"]);
    const after = checkStep(order, PHASES);
    if (isDue(before)) {
        return before;
    }
    if (!order.photo_count) {
        return { kind: "photo", order };
    }
    if (order.has_repair && !order.parts.length && !wasSeen(partKey)) {
        return { kind: "part", order, key: partKey };
    }
    if (isDue(after)) {
        return after;
    }
    if (!order.solution) {
        return { kind: "report", order };
    }
    return { kind: order.needs_acceptance && !order.is_signed ? "sign" : "complete", order };
}

/** The checklist of these phases as a step, or null when nothing in it is open. */
function checkStep(order, phases) {
    const open = openChecks(order, phases);
    return open.length
        ? {
              kind: "check",
              order,
              phases,
              key: `check:${order.id}:${phases.at(-1)}`,
              isMandatory: open.some((check) => check.is_mandatory),
          }
        : null;
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
    quote: (job, order) => (order.can_quote = false),
    collect: (job, order) => (order.amount_due = 0),
    part_off: (job, order, { move_id }) =>
        (order.parts = order.parts.filter((part) => part.id !== move_id)),
    report: (job, order, { diagnosis, solution, test_result, test_note }) =>
        Object.assign(order, { diagnosis, solution, test_result, test_note }),
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
