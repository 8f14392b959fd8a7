/** The queue on the device: actions wait in IndexedDB until the server has answered. */
const NAME = "aftersales-jobs";
const STORE = "actions";
let opening;

function open() {
    opening ||= new Promise((resolve, reject) => {
        const request = indexedDB.open(NAME, 1);
        request.onupgradeneeded = () =>
            request.result.createObjectStore(STORE, { keyPath: "id", autoIncrement: true });
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
    return opening;
}

async function run(mode, work) {
    const database = await open();
    return new Promise((resolve, reject) => {
        const transaction = database.transaction(STORE, mode);
        const request = work(transaction.objectStore(STORE));
        // an action counts as queued only when the device has written it
        transaction.oncomplete = () => resolve(request.result);
        transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
}

/** The user's actions in the order of the taps. */
export async function readActions(userId) {
    const actions = await run("readonly", (store) => store.getAll());
    return actions.filter((action) => action.user_id === userId);
}

/** Add or replace an action; returns its key. */
export const saveAction = (action) => run("readwrite", (store) => store.put(action));

export const dropAction = (id) => run("readwrite", (store) => store.delete(id));
