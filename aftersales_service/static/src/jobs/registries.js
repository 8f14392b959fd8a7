import { registry } from "@web/core/registry";

/**
 * What rooms and modules add to the phone page; read when the page is drawn.
 *
 * - `sheets`: kind → OWL component over the page (see `Sheet` for its props).
 * - `changes`: kind → what a queued action does to the phone's copy of the data, until the
 *   server has answered: `(job, order, payload, action)`, or `(data, payload, action)` for an action
 *   of a further page. It changes the copy that it is given and nothing else.
 * - `labels`: kind → `{ name, step, icon, isReplaced, ofStep, needsOthers }`: its name in the
 *   queue, and on the big button. `isReplaced`: a new action takes the place of one that the
 *   server refused on the same unit. `ofStep`: the key of the step that comes again when the
 *   server refuses the action. `needsOthers`: not sent while what was done before on the unit
 *   stands refused.
 * - `steps`: `(job, order, wasSeen)` → the next step or null, asked by sequence; the first
 *   that answers is it. Pure functions; `order` is the first unit that still needs work.
 *   A step is `{ kind, order, label, href, hint, isBlocked, phases, key }`: all but `kind` may
 *   be left out. A step with a `key` is over once its sheet was closed (`wasSeen(key)`).
 *   A step that comes again after a refusal opens the kind that its registry key names.
 * - `buttons`: `{ place, kind, label, isShown(job, order), value(job, order), href(job, order),
 *   className, isNewTab }`; place is `trip` (the job's card), `tile` or `unit` (a unit under work),
 *   `order` or `slip` (a unit at any time). A tap follows `href`, opens the sheet of the kind,
 *   or queues it. `isNewTab`: the server answers with a paper, which needs a network.
 * - `notes`: `{ place, text(job, order), className }`; place is `trip` or `unit`.
 * - `pages`: key → `{ label, icon, component, isShown(config) }`: a page of the bottom bar. Its
 *   data is `/my/jobs/data/<key>`, kept without network; see `PageHost` for its props.
 */
const phone = registry.category("aftersales_phone");

export const sheets = phone.category("sheets");
export const changes = phone.category("changes");
export const labels = phone.category("labels");
export const steps = phone.category("steps");
export const buttons = phone.category("buttons");
export const notes = phone.category("notes");
export const pages = phone.category("pages");

/** Return what is wrong with the entries, in sentences: a kind that the server does not know. */
export function findUnknownKinds(kinds) {
    const registered = [
        ...changes.getEntries().map(([kind]) => ["changes", kind]),
        ...labels.getEntries().map(([kind]) => ["labels", kind]),
        ...sheets.getEntries().map(([kind]) => ["sheets", kind]),
        ...buttons
            .getEntries()
            .filter(([, button]) => button.kind)
            .map(([key, button]) => [`buttons (${key})`, button.kind]),
    ];
    return registered
        .filter(([, kind]) => !kinds.includes(kind))
        .map(([category, kind]) => `phone: ${category} name the unknown kind of action "${kind}"`);
}
