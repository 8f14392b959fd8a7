/**
 * What a sheet comes to, as the server judges it (`tools/practice.py`): pure.
 *
 * @returns {{ percent: number, isPassed: boolean, isDecided: boolean, isRed: boolean }}
 */
export function markSheet(items, passMark) {
    const applies = items.filter(({ result }) => result !== "na");
    const weigh = (some) => some.reduce((sum, { weight }) => sum + weight, 0);
    const total = weigh(applies);
    const passed = weigh(applies.filter(({ result }) => result === "passed"));
    const percent = total ? (100 * passed) / total : 0;
    const isRed = items.some(({ is_red_line, result }) => is_red_line && result === "failed");
    const isComplete = items.every(({ result }) => result);
    return {
        percent,
        isPassed: isComplete && !isRed && Boolean(total) && percent >= passMark - 1e-9,
        isDecided: isRed || isComplete,
        isRed,
    };
}
