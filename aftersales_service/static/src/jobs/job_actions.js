import { labels } from "./registries";

/** How queued actions belong together: pure functions, see `labels` in `registries.js`. */

/** The key of the step that an action belongs to. */
export const stepOf = (kind) => labels.get(kind, {}).ofStep;

export const isOfStep = ({ kind }) => Boolean(stepOf(kind));

/** Not sent while what was done before on the unit stands refused. */
export const needsOthers = ({ kind }) => Boolean(labels.get(kind, {}).needsOthers);

export const isSameUnit = (one, other) =>
    Boolean(one.order_id) && one.visit_id === other.visit_id && one.order_id === other.order_id;

/** Where it is done; each check of a unit is answered for itself. */
export const subjectOf = ({ page, kind, res_model, res_id, order_id, payload }) =>
    JSON.stringify([page, kind, res_model, res_id, order_id, payload.check_id]);

/** One does the work of the other: a price is refused in place of being accepted. */
export const isSameDoing = (one, other) =>
    [one, other].every(({ kind }) => labels.get(kind, {}).isReplaced) &&
    stepSubject(one) === stepSubject(other);

const stepSubject = (action) =>
    subjectOf({ ...action, kind: stepOf(action.kind) || action.kind });

/**
 * What two taps of one thumb have in common: a sheet takes its quantity back after the first,
 * and lines move up under the thumb when the first of them is removed.
 */
export function contentOf({ kind, payload }) {
    return kind.endsWith("_off") ? "" : JSON.stringify({ ...payload, quantity: undefined });
}
