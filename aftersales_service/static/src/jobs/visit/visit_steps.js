import { checkStep, openOrders, PHASES } from "../job_rules";
import { steps } from "../registries";

/** The way of every job: call, drive, and on site one unit after the other. */

const BEFORE_WORK = ["before_leaving", "before_work"];

/** A step of the unit at hand, on site only. */
export const onSite = (find) => (job, order, wasSeen) =>
    job.state === "on_site" && order ? find(order, wasSeen) : null;

/** The checklist of these phases, if something there is open that may not be left out. */
const dueChecks = (phases) =>
    onSite((order, wasSeen) => {
        const step = checkStep(order, phases);
        return step && (!wasSeen(step.key) || step.isMandatory) ? step : null;
    });

/** What is open before leaving reminds; it keeps no technician from the trip. */
function checksBeforeLeaving(job, order, wasSeen) {
    const reminders = job.state === "planned" ? openOrders(job) : [];
    return reminders
        .map((order) => checkStep(order, ["before_leaving"]))
        .find((step) => step && !wasSeen(step.key));
}

steps
    .add(
        "call",
        (job) =>
            job.state === "planned" && job.dial && !job.is_called
                ? { kind: "call", href: job.dial }
                : null,
        { sequence: 10 }
    )
    .add("check_before_leaving", checksBeforeLeaving, { sequence: 20 })
    .add("set_off", (job) => (job.state === "planned" ? { kind: "set_off" } : null), {
        sequence: 30,
    })
    .add("arrive", (job) => (job.state === "on_way" ? { kind: "arrive" } : null), {
        sequence: 40,
    })
    .add("check_before_work", dueChecks(BEFORE_WORK), { sequence: 50 })
    .add(
        "photo",
        onSite((order) => (order.photo_count ? null : { kind: "photo", order })),
        { sequence: 60 }
    )
    .add(
        "part",
        onSite((order, wasSeen) => {
            const key = `part:${order.id}`;
            const isOpen = order.has_repair && !order.parts.length && !wasSeen(key);
            return isOpen ? { kind: "part", order, key } : null;
        }),
        { sequence: 70 }
    )
    .add("check", dueChecks(PHASES), { sequence: 80 })
    .add(
        "report",
        onSite((order) => (order.solution ? null : { kind: "report", order })),
        { sequence: 90 }
    )
    .add(
        "sign",
        onSite((order) =>
            order.needs_acceptance && !order.is_signed ? { kind: "sign", order } : null
        ),
        { sequence: 100 }
    )
    .add("complete", onSite((order) => ({ kind: "complete", order })), { sequence: 110 });
