import { onMounted, onWillUnmount, useEffect } from "@odoo/owl";

/**
 * Let the phone's own Back close what lies over the page, before it leaves the page.
 *
 * An entry of the history stands for the sheet. It is left there when the sheet is closed by a
 * button, and serves the next sheet; Back over an entry without a sheet goes on at once.
 */
export function useBack(isOpen, close) {
    let hash = null; // of the page on which the entry was made
    const onPop = () => {
        if (hash === null || location.hash !== hash) {
            return; // a link was followed
        }
        hash = null;
        if (isOpen()) {
            close();
        } else {
            history.back();
        }
    };
    useEffect(
        (isShown) => {
            if (isShown && hash === null) {
                hash = location.hash;
                history.pushState({}, "");
            }
        },
        () => [isOpen()]
    );
    onMounted(() => window.addEventListener("popstate", onPop));
    onWillUnmount(() => window.removeEventListener("popstate", onPop));
}
