"""A technician's phone: Chromium at 390 px, tapped and typed on, with a network to cut."""
import json
from contextlib import ExitStack

import websocket

from odoo.tests.common import ChromeBrowser, ChromeBrowserException

_ONLINE = {'offline': False, 'latency': 0, 'downloadThroughput': -1, 'uploadThroughput': -1}
_LOOKS = 12  # of five seconds each, on a slow machine
_LOOK = '''new Promise((resolve) => {
    const end = Date.now() + 5000;
    const look = async () => {
        const isTrue = await (async () => (%s))().catch(() => false);
        return isTrue || Date.now() > end ? resolve(isTrue) : setTimeout(look, 50);
    };
    look();
})'''


class Phone:
    """One browser of a test, driven by real input events through Chrome's DevTools."""

    def __init__(self, test_case, login):
        test_case.browser_size = '390x844'
        self.test_case = test_case
        self.browser = ChromeBrowser(test_case)
        stack = ExitStack()
        test_case.addCleanup(stack.close)
        stack.enter_context(test_case.allow_requests(browser=self.browser))
        stack.callback(test_case._wait_remaining_requests)
        stack.callback(self.browser.stop)
        test_case.authenticate(login, login, browser=self.browser)
        self._command('Network.enable')
        # the harness would answer requests itself, which a page without network never makes
        self._command('Fetch.disable')

    def _command(self, method, **params):
        return self.browser._websocket_request(method, params=params)

    def open(self, path):
        self.test_case.env.flush_all()
        self.test_case.env.invalidate_all()
        self.browser.navigate_to(self.test_case.base_url() + path)

    def ask(self, expression):
        """Return the value of a JavaScript expression."""
        return self._command(
            'Runtime.evaluate', expression=expression, awaitPromise=True, returnByValue=True,
        )['result'].get('value')

    def wait(self, condition):
        """Wait until the JavaScript ``condition`` is true; the page itself keeps looking."""
        for __ in range(_LOOKS):
            try:
                if self.ask(_LOOK % condition):
                    return
            except (ChromeBrowserException, TimeoutError):
                continue  # the page was on its way to another one
        self.test_case.fail(
            f"never true on the phone: {condition}\nIt shows: "
            f"{self.ask('location.href + document.body.innerText')}")

    def is_true(self, condition):
        """Whether the JavaScript ``condition`` becomes true within a few seconds."""
        return bool(self.ask(_LOOK % f'Boolean({condition})'))

    def see(self, selector, text=''):
        """Wait until an element is shown, with ``text`` in it."""
        self.wait(f'''[...document.querySelectorAll({json.dumps(selector)})].some(
            (el) => el.getClientRects().length && el.innerText.includes({json.dumps(text)}))''')

    def tap(self, selector, text=''):
        """Tap the first element that is shown, enabled and holds ``text``."""
        self.see(f'{selector}:not(:disabled)', text)
        place = self.ask(f'''(() => {{
            const el = [...document.querySelectorAll({json.dumps(selector)})].find((el) =>
                el.getClientRects().length && el.innerText.includes({json.dumps(text)}));
            el.scrollIntoView({{ block: "center" }});
            const box = el.getBoundingClientRect();
            return {{ x: box.x + box.width / 2, y: box.y + box.height / 2 }};
        }})()''')
        self._mouse('mousePressed', **place)
        self._mouse('mouseReleased', **place)

    def _mouse(self, kind, x, y):
        self._command('Input.dispatchMouseEvent', type=kind, x=x, y=y, button='left',
                      buttons=0 if kind == 'mouseReleased' else 1, clickCount=1)

    def rest(self):
        """Wait until the server has answered, before the test itself writes."""
        self.test_case._wait_remaining_requests()

    def type(self, selector, text):
        self.tap(selector)
        self._command('Input.insertText', text=text)

    def draw(self, selector):
        """Draw a line across an element, as a finger does."""
        self.see(selector)
        box = self.ask(f'''(() => {{
            const box = document.querySelector({json.dumps(selector)}).getBoundingClientRect();
            return {{ x: box.x, y: box.y, width: box.width, height: box.height }};
        }})()''')
        steps = [(box['x'] + box['width'] * part, box['y'] + box['height'] * (0.3 + part / 2))
                 for part in (0.2, 0.4, 0.6, 0.8)]
        self._mouse('mousePressed', *steps[0])
        for step in steps:
            self._mouse('mouseMoved', *step)
        self._mouse('mouseReleased', *steps[-1])

    def choose_file(self, selector, path):
        """Give a file input the picture that the camera would have taken."""
        node = self._command(
            'Runtime.evaluate', expression=f'document.querySelector({json.dumps(selector)})')
        self._command('DOM.setFileInputFiles', files=[str(path)],
                      objectId=node['result']['objectId'])

    def cut_network(self):
        """Take the network away from the page and from its service worker."""
        self._set_network(_ONLINE | {'offline': True})

    def restore_network(self):
        self._set_network(_ONLINE)

    def _set_network(self, conditions):
        self._command('Network.emulateNetworkConditions', **conditions)
        for target in self.browser._json_command('list'):
            if target['type'] == 'service_worker':
                self._tell_worker(target['webSocketDebuggerUrl'], conditions)

    def _tell_worker(self, url, conditions):
        """The worker has a network of its own: its conditions last as long as we listen."""
        connection = websocket.create_connection(url, suppress_origin=True)
        self.test_case.addCleanup(connection.close)
        for number, (method, params) in enumerate((
                ('Network.enable', {}), ('Network.emulateNetworkConditions', conditions))):
            connection.send(json.dumps({'id': number, 'method': method, 'params': params}))
            while json.loads(connection.recv()).get('id') != number:
                pass
