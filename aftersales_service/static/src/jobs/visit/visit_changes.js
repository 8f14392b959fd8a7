import { settle } from "../job_rules";
import { changes } from "../registries";

/** What a new line says about its action: who noted it may take it back while it waits. */
export const held = ({ uuid, status, isUnderWay }) => ({
    uuid,
    can_be_removed: status === "waiting" && !isUnderWay,
});

changes
    .add("call", (job) => Object.assign(job, { is_called: true, call_result: "" }))
    .add("set_off", (job) => (job.state = "on_way"))
    .add("undo_set_off", (job) => (job.state = "planned"))
    .add("miss", (job) => (job.state = "missed"))
    .add("arrive", (job) => {
        job.state = "on_site";
        for (const order of job.orders) {
            order.state = order.state === "dispatched" ? "on_site" : order.state;
        }
    })
    .add("serial", (job, order, { serial }) => (order.serial = serial))
    .add("photo", (job, order) => (order.photo_count += 1))
    .add("part", (job, order, { product_id, name, code, quantity }, action) =>
        order.parts.push({ ...held(action), product_id, name: name || code, quantity })
    )
    .add(
        "part_off",
        (job, order, { move_id }) =>
            (order.parts = order.parts.filter((part) => part.id !== move_id))
    )
    .add("report", (job, order, payload) => Object.assign(order, payload))
    .add("sign", (job, order) => (order.is_signed = true))
    .add("check", (job, order, { check_id, result, note, image }) => {
        const check = order.checks.find((check) => check.id === check_id);
        if (check) {
            Object.assign(check, { result, note, has_photo: check.has_photo || Boolean(image) });
        }
    })
    .add("complete", (job, order) => settle(job, order, "done"))
    .add("again", (job, order) => settle(job, order, "scheduled"))
    .add("take_along", (job, order) => settle(job, order, "taken_to_shop"));
