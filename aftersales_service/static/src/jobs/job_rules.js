/**
 * What a job looks like after an action, and what comes next: pure functions.
 *
 * The server decides; these rules only let the phone go on while it waits. What each kind of
 * action does and which steps there are is registered, see `registries.js`.
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
 * The one next step of a job, or null: the first answer of `steps`.
 *
 * @param {[string, Function][]} steps by sequence: `[key, (job, order, wasSeen) → step or null]`
 * @param {(key: string) => boolean} wasSeen says whether a step that may be left out was
 * @param {(key: string, order: Object) => boolean} isRefused says whether the server refused
 *     what was done in this step of a unit on site: it comes again
 */
export function nextStep(job, steps, wasSeen, isRefused = () => false) {
    const [order] = openOrders(job);
    const isOnSite = job.state === "on_site" && order;
    for (const [key, find] of steps) {
        const step =
            find(job, order, wasSeen) ||
            (isOnSite && isRefused(key, order) ? { kind: key, order } : null);
        if (step) {
            return step;
        }
    }
    return null;
}

/** The checklist of these phases as a step, or null when nothing in it is open. */
export function checkStep(order, phases) {
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
export function withActions(jobs, actions, getChange) {
    const copies = JSON.parse(JSON.stringify(jobs));
    for (const action of actions) {
        const job = copies.find((job) => job.id === action.visit_id);
        const order = job?.orders.find((order) => order.id === action.order_id);
        if (job && (order || !action.order_id)) {
            getChange(action.kind)?.(job, order, action.payload, action);
        }
    }
    return copies;
}

/** Return a copy of a further page's data as it is once its waiting actions are done. */
export function withPageActions(data, actions, getChange) {
    const copy = JSON.parse(JSON.stringify(data));
    for (const action of actions) {
        getChange(action.kind)?.(copy, action.payload, action);
    }
    return copy;
}

/** A unit is settled on this visit; the visit is over with its last unit. */
export function settle(job, order, state) {
    order.state = state;
    order.state_label = "";
    if (!openOrders(job).length) {
        job.state = "done";
    }
}
