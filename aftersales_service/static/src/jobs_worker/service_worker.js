/** Keeps the technician's page, its assets and today's jobs on the phone. */
/* eslint-disable no-restricted-globals -- "self" is the worker */
const CACHE = "aftersales-jobs-1";
const PAGE = "/my/jobs";
const DATA = "/my/jobs/data";
const LIBRARY = "/web/static/lib/zxing-library/zxing-library.js";

self.addEventListener("install", (event) => {
    event.waitUntil(keepPage().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
    event.waitUntil(dropOldCaches().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
    const url = new URL(event.request.url);
    if (event.request.method !== "GET" || url.origin !== self.location.origin) {
        return; // actions go straight to the server: the page queues them itself
    }
    if (url.pathname === PAGE) {
        event.respondWith(networkFirst(PAGE, event.request, keepPage));
    } else if (url.pathname === DATA || url.pathname.startsWith(`${DATA}/`)) {
        event.respondWith(
            networkFirst(url.pathname, event.request, (response) =>
                keepData(url.pathname, response)
            )
        );
    } else if (url.pathname.startsWith("/web/assets/") || url.pathname.includes("/static/")) {
        event.respondWith(cacheFirst(event.request));
    }
});

async function dropOldCaches() {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith("aftersales-jobs-") && name !== CACHE);
    return Promise.all(old.map((name) => caches.delete(name)));
}

/** Answer from the network and keep the answer; without network, answer what was kept. */
async function networkFirst(key, request, keep) {
    try {
        const response = await fetch(request);
        await keep(response.clone());
        return response;
    } catch (error) {
        const kept = await caches.match(key);
        if (!kept) {
            throw error;
        }
        const headers = new Headers(kept.headers);
        headers.set("X-Kept", "1"); // the page shows the technician how old this may be
        return new Response(kept.body, { headers });
    }
}

async function cacheFirst(request) {
    const kept = await caches.match(request);
    if (kept) {
        return kept;
    }
    const response = await fetch(request);
    if (response.ok) {
        const cache = await caches.open(CACHE);
        await cache.put(request, response.clone());
    }
    return response;
}

/** Keep the page and the scripts and styles that it names. */
async function keepPage(response) {
    const page = response || (await fetch(PAGE));
    if (!page.ok || page.redirected) {
        return;
    }
    const html = await page.clone().text();
    const cache = await caches.open(CACHE);
    await cache.put(PAGE, page);
    const assets = new Set(html.match(/\/web\/assets\/[^"'\s]+/g));
    if (!(await self.BarcodeDetector?.getSupportedFormats())?.length) {
        assets.add(LIBRARY); // a cellar has serial numbers, too
    }
    await Promise.all(
        [...assets].map(async (url) => (await cache.match(url)) || cache.add(url))
    );
}

/** Keep a page's data; forget it when somebody else, or no user, is logged in. */
async function keepData(key, response) {
    const cache = await caches.open(CACHE);
    if (response.ok && !response.redirected) {
        await cache.put(key, response);
    } else if (response.redirected || response.status === 404) {
        await cache.delete(key);
    }
}
