"""A technician's phone: Chromium at 390 px, tapped and typed on, with a network to cut."""
import json
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path

import websocket
from PIL import Image

from odoo.tests.common import ChromeBrowser, ChromeBrowserException, _registry_test_lock

_ONLINE = {'offline': False, 'latency': 0, 'downloadThroughput': -1, 'uploadThroughput': -1}
_PATIENCE = 5  # seconds for an answer of a service worker
_LOOKS = 12  # of five seconds each: a loaded machine is slow, a healthy one never waits
# the page itself looks again and again: no time of ours, no place that moves meanwhile
_LOOK = '''new Promise((resolve) => {
    const end = Date.now() + 5000;
    const look = async () => {
        const found = await (async () => (%s))().catch(() => false);
        return found || Date.now() > end ? resolve(Boolean(found)) : setTimeout(look, 50);
    };
    look();
})'''
_NO_DIALLER = '''addEventListener("click", (event) =>
    event.target.closest?.("a[href^='tel:']") && event.preventDefault(), true)'''
_COUNT_REQUESTS = '''(() => {
    const send = window.fetch;
    window.underWay = 0;
    window.fetch = (...request) => {
        window.underWay++;
        return send(...request).finally(() => window.underWay--);
    };
})()'''
_FIND = '''[...document.querySelectorAll(%s)].find((el) =>
    el.getClientRects().length && el.innerText.includes(%s))'''

_HAMMER = '''(async () => {
    const el = %s;
    for (let tap = 0; tap < 20 && el.isConnected; tap++) {
        el.click();
        await new Promise((resolve) => setTimeout(resolve, 5));
    }
})()'''


class _Chrome(ChromeBrowser):
    """Core's browser of a test, with switches of ours such as another camera."""

    def __init__(self, test_case, switches):
        self.switches = switches
        super().__init__(test_case)

    def _spawn_chrome(self, cmd):
        *command, url = cmd
        return super()._spawn_chrome([*command, *self.switches, url])


class Phone:
    """One browser of a test, driven through Chrome's DevTools.

    The test may touch its database only ``at_rest``, when no request of the page runs.
    """

    def __init__(self, test_case, login, size='390x844', session_extra=None, switches=()):
        self.test_case = test_case
        self.taps = count(1)
        self.messages = count(1)
        self.workers = {}  # how we listen to each
        stack = ExitStack()
        self.close = stack.close
        test_case.addCleanup(self.close)
        stack.callback(setattr, test_case, 'browser_size', test_case.browser_size)
        stack.callback(setattr, test_case, 'touch_enabled', test_case.touch_enabled)
        test_case.browser_size = size
        test_case.touch_enabled = True
        self.browser = _Chrome(test_case, switches)
        stack.enter_context(test_case.allow_requests(browser=self.browser))
        stack.callback(test_case._wait_remaining_requests)
        stack.callback(self.browser.stop)
        with self.at_rest():
            test_case.authenticate(
                login, login, browser=self.browser, session_extra=session_extra)
        self._command('Network.enable')
        # the harness would answer requests itself, which a page without network never makes
        self._command('Fetch.disable')
        # a browser without a dialler asks which program calls, and takes no more input
        self.run_first(_NO_DIALLER)
        self.run_first(_COUNT_REQUESTS)

    def _command(self, method, **params):
        return self.browser._websocket_request(method, params=params, timeout=30)

    def run_first(self, script):
        """Run a script in each page that is opened from now on, before its own."""
        self._command('Page.addScriptToEvaluateOnNewDocument', source=script)

    # === LOOKING === #

    @contextmanager
    def at_rest(self):
        """Hold requests back while the test itself reads or writes, with fresh values."""
        if not _registry_test_lock.acquire(timeout=60):
            self.test_case.fail("A request of the phone does not end")
        try:
            self.test_case.env.invalidate_all()
            yield
            self.test_case.env.flush_all()
        finally:
            _registry_test_lock.release()

    def ask(self, expression):
        """Return the value of a JavaScript expression."""
        return self._command(
            'Runtime.evaluate', expression=expression, awaitPromise=True, returnByValue=True,
        )['result'].get('value')

    def wait(self, condition):
        """Wait until the JavaScript ``condition`` is true."""
        for __ in range(_LOOKS):
            try:
                if self.ask(_LOOK % condition):
                    return
            except (ChromeBrowserException, TimeoutError):
                continue  # the page was on its way to another one
        self.test_case.fail(
            f"never true on the phone: {condition}\nIt shows: "
            f"{self.ask('location.href + document.body.innerText')}")

    def see(self, selector, text=''):
        """Wait until an element is shown, with ``text`` in it."""
        self.wait(_FIND % (json.dumps(selector), json.dumps(text)))

    def settle(self):
        """Wait until the page asks for nothing more."""
        self.wait('(() => { const had = window.lastRequests; window.lastRequests = '
                  'performance.getEntriesByType("resource").length; '
                  'return !window.underWay && had === window.lastRequests; })()')

    def miss(self, selector):
        """Wait until no such element is there any more."""
        self.wait(f'!document.querySelector({json.dumps(selector)})')

    # === DOING === #

    def open(self, path):
        self.browser.navigate_to(self.test_case.base_url() + path)

    def tap(self, selector, text=''):
        """Tap the first element that is shown, enabled and holds ``text``, exactly once.

        Finding and tapping are one task of the page: nothing is drawn in between.
        """
        element = _FIND % (json.dumps(f'{selector}:not(:disabled)'), json.dumps(text))
        tap = next(self.taps)
        self.wait(f'''(() => {{
            const el = window.lastTap !== {tap} && {element};
            if (el) {{
                window.lastTap = {tap};
                el.click();
            }}
            return window.lastTap === {tap};
        }})()''')

    def hammer(self, selector, text=''):
        """Tap an element again and again at once, until it is gone: a thumb that taps twice."""
        self.see(selector, text)
        with suppress(ChromeBrowserException):  # gone with its page
            self.ask(_HAMMER % (_FIND % (json.dumps(selector), json.dumps(text))))

    def tap_twice(self, selector, text, see):
        """Tap a place of the screen twice with one thumb; the first tap shows ``see`` there."""
        self.see(selector, text)
        box = self.ask(f'''(() => {{
            const el = {_FIND % (json.dumps(selector), json.dumps(text))};
            el.scrollIntoView({{ block: "center" }});
            const box = el.getBoundingClientRect();
            return {{ x: box.x + box.width / 2, y: box.y + box.height / 2 }};
        }})()''')
        for number in (1, 2):
            for kind in ('mousePressed', 'mouseReleased'):
                self._command('Input.dispatchMouseEvent', type=kind, button='left',
                              clickCount=number, **box)
            self.see(*see)

    def enter(self, selector, value):
        """Put ``value`` in the place of what a field holds."""
        self.see(selector)
        self.ask(f'''(() => {{
            const el = document.querySelector({json.dumps(selector)});
            el.value = {json.dumps(value)};
            el.dispatchEvent(new Event("input", {{ bubbles: true }}));
        }})()''')

    def type(self, selector, text):
        self.see(selector)
        self.ask(f'document.querySelector({json.dumps(selector)}).focus()')
        self._command('Input.insertText', text=text)

    def draw(self, selector):
        """Draw a line across an element, as a finger does."""
        self.see(selector)
        box = self.ask(f'''(() => {{
            const el = document.querySelector({json.dumps(selector)});
            el.scrollIntoView({{ block: "center" }});
            const box = el.getBoundingClientRect();
            return {{ x: box.x, y: box.y, width: box.width, height: box.height }};
        }})()''')
        steps = [(box['x'] + box['width'] * part, box['y'] + box['height'] * (0.3 + part / 2))
                 for part in (0.2, 0.4, 0.6, 0.8)]
        self._touch('touchStart', steps[0])
        for step in steps[1:]:
            self._touch('touchMove', step)
        self._touch('touchEnd')

    def _touch(self, kind, *points):
        self._command('Input.dispatchTouchEvent', type=kind,
                      touchPoints=[{'x': x, 'y': y} for x, y in points])

    def choose_file(self, selector, path):
        """Give a file input the picture that the camera would have taken."""
        node = self._command(
            'Runtime.evaluate', expression=f'document.querySelector({json.dumps(selector)})')
        self._command('DOM.setFileInputFiles', files=[str(path)],
                      objectId=node['result']['objectId'])

    # === ON THE PAGE OF A JOB === #

    def next(self, label):
        """Tap the one big button, once no sheet lies over it and it says ``label``."""
        self.miss('.sheet')
        self.tap('.next .big', label)

    def take_photo(self, size=(800, 600)):
        """Take the first photo of the unit; a plain picture stands for what is seen."""
        self.see('.next .big', "Take a Photo")
        # the camera's own window is no part of the page: a test stands in for it
        self.ask('document.querySelector("input.camera").click = () => {}')
        self.next("Take a Photo")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / 'photo.jpg'
            Image.new('RGB', size, (90, 140, 90)).save(path)
            self.choose_file('input.camera', path)
            self.see('.tile', "Photos\n1")

    def answer_checks(self, phases):
        """Answer what is open in the first ``phases`` that the checklist shows with OK."""
        self.next("Checklist")
        for number in range(1, phases + 1):
            self.tap(f'.sheet section:nth-of-type({number}) .all-ok')
        self.miss('.sheet .check:not(:has(.is-chosen))')
        self.tap('.sheet .big', "Ready")

    def drive_there(self):
        """Call the customer of the open job, drive there and look around."""
        self.next("Call")
        self.answer_checks(1)
        self.next("Set off")
        self.next("Arrive")
        self.answer_checks(2)

    def repair_with(self, code, is_paid=False):
        """Work on the open job, from the photo over the part of ``code`` to the signature.

        :param is_paid: the customer pays, and decides later
        """
        self.take_photo()
        self.next("Parts Used")
        self.type('input[name=code]', code)
        self.tap('.sheet .add', "Add")
        self.see('.part-line', "1 ×")
        self.tap('.sheet .big', "Ready")
        if is_paid:
            self.next("Labour and Trip")
            self.tap('.sheet .big', "No labour")
            self.next("Show the Price")
            self.tap('.sheet .later')
        self.answer_checks(4)
        self.next("Write the Report")
        self.type('textarea[name=diagnosis]', "Capacitor dead")
        self.type('textarea[name=solution]', "Capacitor changed")
        self.tap('.sheet .big', "Save")
        self.next("Let the Customer Sign")
        self.draw('.signature-pad')
        self.tap('.sheet .big', "Save")

    # === NETWORK === #

    def cut_network(self):
        """Take the network away from the page and from its service worker.

        What a page sends while it opens slips past Chrome's emulation: it is stopped here.
        """
        self._set_network(_ONLINE | {'offline': True})
        self._answer_paused(lambda: 'InternetDisconnected')
        self._command('Fetch.enable', patterns=[{'urlPattern': '*/my/jobs/actions'}])

    def restore_network(self, is_announced=True):
        """Give the network back; a phone announces it to its pages, but not all phones do."""
        self._command('Fetch.disable')
        self._set_network(_ONLINE)
        if is_announced:  # the browser without a screen does not
            self.ask('dispatchEvent(new Event("online"))')

    def lose_next_answer(self, path):
        """Let the server do what it is asked at ``path``, but drop its answer on the way."""
        failures = ['ConnectionAborted']
        self._answer_paused(lambda: failures.pop() if failures else None)
        self._command('Fetch.enable', patterns=[
            {'urlPattern': f'*{path}', 'requestStage': 'Response'}])

    def _answer_paused(self, get_failure):
        """Let each request that is paused fail with a reason, or go on without one."""
        def answer(**event):
            params, reason = {'requestId': event['requestId']}, get_failure()
            if reason:
                self.browser._websocket_send(
                    'Fetch.failRequest', params=params | {'errorReason': reason})
            else:
                self.browser._websocket_send('Fetch.continueRequest', params=params)

        self.browser._handlers['Fetch.requestPaused'] = answer

    def _set_network(self, conditions):
        # the worker first: what the page asks when it is back shall find its way
        for __ in range(3):
            answers = [self._message_worker(target['webSocketDebuggerUrl'], conditions)
                       for target in self.browser._json_command('list')
                       if target['type'] == 'service_worker']
            if all(answers):
                break
        self._command('Network.emulateNetworkConditions', **conditions)

    def _message_worker(self, url, conditions):
        """The worker has a network of its own: its conditions last as long as we listen.

        Who listens decides: what one connection took away, no other gives back.

        :return: whether it answered; a worker of an earlier page that is just going is listed
            for a moment, but never answers
        """
        try:
            if url not in self.workers:
                self.workers[url] = websocket.create_connection(
                    url, suppress_origin=True, timeout=_PATIENCE)
                self.test_case.addCleanup(self.workers[url].close)
            connection = self.workers[url]
            for method, params in (
                    ('Network.enable', {}), ('Network.emulateNetworkConditions', conditions)):
                number = next(self.messages)
                connection.send(json.dumps({'id': number, 'method': method, 'params': params}))
                while json.loads(connection.recv()).get('id') != number:
                    pass
        except (websocket.WebSocketException, OSError):
            self.workers.pop(url, None)
            return False
        return True
