import { registry } from "@web/core/registry";
import { formatPercentage } from "@web/views/fields/formatters";

/**
 * Format a share of what was judged. Where nothing was judged there is no share: the
 * formatter of core would show 0 %, which reads as the worst result.
 */
export function formatShare(value, options) {
    return value === false || value === null ? "" : formatPercentage(value, options);
}
formatShare.extractOptions = formatPercentage.extractOptions;

registry.category("formatters").add("share", formatShare);
