import { registry } from "@web/core/registry";

/**
 * The sections of the page "My Training", read when the page is drawn.
 *
 * `sections`: key → `{ label, component, isShown(data), className }`, shown by `sequence`: sessions
 * (10), people whom the user coaches (20); certificates, exams, scores, notices, tools and
 * knowledge follow from 30 on. `data` is what `res.users._prepare_mobile_training()` answered; the
 * component gets it with `act(kind, document, payload)` and `open(kind, document)`, as a page does
 * (see `PageHost` of aftersales_service); a document is `{ res_model, res_id, name, … }`. Without
 * `isShown` the section is shown always.
 */
export const sections = registry.category("aftersales_phone").category("training_sections");
