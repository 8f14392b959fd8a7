/**
 * What the customer pays for a unit, as the phone knows it: pure functions.
 *
 * Lines that the server knows have its figures; what was added without network has those of
 * the price list that the phone keeps. The server's figures count: it quotes again.
 */

/** An amount of money in the currency of the order. */
export function formatMoney({ currency }, amount) {
    const number = amount.toLocaleString(window.jobsConfig?.lang, {
        minimumFractionDigits: currency.digits,
        maximumFractionDigits: currency.digits,
    });
    return currency.position === "before"
        ? `${currency.symbol} ${number}`
        : `${number} ${currency.symbol}`;
}

/** The lines of the price: `{ name, quantity, untaxed, total, isKnown }`. */
export function priceLines(order) {
    const isHere = (key, model, lines) =>
        !key.startsWith(model) || lines.some(({ id }) => `${model},${id}` === key);
    const shares = workShares(order);
    return [
        ...order.price_lines
            .filter(({ key }) => isHere(key, "stock.move", order.parts))
            .filter(({ key }) => isHere(key, "aftersales.labour", order.labour))
            .map((line) => ({ ...line, ...priceWork(line, line.quantity, shares), isKnown: true })),
        ...newLines(order.labour, order.labour_choices, shares),
        ...newLines(order.parts, order.part_choices),
    ];
}

/** How much of labour and trip is covered by the main parts that were added, in per cent. */
function workShares({ parts, part_choices }) {
    const added = parts
        .filter(({ id }) => !id)
        .map(({ product_id }) => part_choices.find(({ id }) => id === product_id)?.work_shares)
        .filter(Boolean);
    return added.length
        ? {
              labour: Math.max(...added.map(({ labour }) => labour)),
              travel: Math.max(...added.map(({ travel }) => travel)),
          }
        : null;
}

/** The price of `quantity` units of work, where an added part bears some of it. */
function priceWork({ full, is_trip, untaxed }, quantity, shares) {
    if (!full || !shares) {
        return {};
    }
    const rest = 1 - (is_trip ? shares.travel : shares.labour) / 100;
    const [fullUntaxed, fullTotal] = full;
    return fullUntaxed * rest * quantity < untaxed
        ? { untaxed: fullUntaxed * rest * quantity, total: fullTotal * rest * quantity }
        : {};
}

/** What was added since the server was asked, with the prices of `choices`. */
function newLines(lines, choices, shares) {
    return lines
        .filter(({ id }) => !id)
        .map(({ product_id, name, quantity }) => {
            const choice = choices.find(({ id, total }) => id === product_id && total >= 0);
            const price = {
                untaxed: (choice?.untaxed || 0) * quantity,
                total: (choice?.total || 0) * quantity,
            };
            return {
                name,
                quantity,
                ...price,
                ...(choice && priceWork({ ...choice, ...price }, quantity, shares)),
                isKnown: Boolean(choice),
            };
        });
}

/** The sum of the lines; not `isKnown` while the price of one is missing on the phone. */
export function priceTotal(order) {
    const lines = priceLines(order);
    const sum = (name) => round(order, lines.reduce((total, line) => total + line[name], 0));
    const [untaxed, total] = [sum("untaxed"), sum("total")];
    return {
        untaxed, total, taxes: round(order, total - untaxed),
        isKnown: lines.every(({ isKnown }) => isKnown),
    };
}

/** Whether the customer agreed to all that is to be paid; also where nothing is. */
export function isPriceAccepted(order) {
    const { total, isKnown } = priceTotal(order);
    const slack = priceLines(order).length / 10 ** order.currency.digits;
    // whether a part of a free job is covered, the server knows
    const isSure = isKnown || !order.is_charged;
    return isSure && total <= order.accepted_total + (order.accepted_total && slack);
}

function round({ currency }, amount) {
    return Number(amount.toFixed(currency.digits));
}
