"""A person's browser for pictures and checks: log in, go somewhere, wait, take a picture.

Runs in the environment (playwright), with Debian's Chromium.
"""
import json
import os
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import sync_playwright

# a page that is no web client is drawn at once; the web client shows its first action later
_DRAWN = """() => !document.querySelector('.o_web_client') || (
    document.querySelector('.o_action_manager > *') !== null
    && document.querySelector('.o_loading_indicator, .o_blockUI') === null)"""
_HEIGHTS = {True: 844, False: 900}  # phone, desk


@dataclass
class Visitor:
    """One logged-in person in a browser window of one width."""

    page: object
    address: str
    errors: list = field(default_factory=list)  # what the console reported

    def goto(self, url):
        """Open ``url`` and wait until nothing loads any more."""
        self.page.goto(self.address + url)
        self.settle()

    def settle(self):
        """Wait for requests, fonts and the web client's own drawing.

        The web client keeps talking to the server, so the network may never be idle.
        """
        with suppress(PlaywrightTimeout):
            self.page.wait_for_load_state('networkidle', timeout=4_000)
        try:
            self.page.wait_for_function(_DRAWN, timeout=90_000)
        except PlaywrightTimeout:
            self.errors.append("the page is not drawn after 90 seconds")
        self.page.evaluate("document.fonts.ready")
        self.page.wait_for_timeout(600)

    def call(self, model, method, *args):
        """Call a method of the server as this person."""
        answer = self.page.request.post(
            f'{self.address}/web/dataset/call_kw', headers={'Content-Type': 'application/json'},
            data=json.dumps({'params': {'model': model, 'method': method, 'args': list(args),
                                        'kwargs': {}}})).json()
        if 'error' in answer:
            raise RuntimeError(answer['error']['data']['message'])
        return answer['result']


def _log_in(visitor, login, password):
    page = visitor.page
    page.goto(f'{visitor.address}/web/login')
    page.fill('input[name=login]', login)
    page.fill('input[name=password]', password)
    page.click('.oe_login_form button[type=submit]')
    page.wait_for_load_state('load')
    if '/web/login' in page.url:
        raise RuntimeError(f"the login {login} is refused")


@contextmanager
def _language(visitor, language):
    """Show the person's pages in ``language``; give the person the old one back afterwards."""
    session = visitor.page.request.post(
        f'{visitor.address}/web/session/get_session_info',
        headers={'Content-Type': 'application/json'}, data='{"params": {}}').json()['result']
    user = session['uid']
    before = visitor.call('res.users', 'read', [user], ['lang'])[0]['lang']
    visitor.call('res.users', 'write', [user], {'lang': language})
    visitor.page.context.add_cookies(
        [{'name': 'frontend_lang', 'value': language, 'url': visitor.address}])
    try:
        yield
    finally:
        visitor.call('res.users', 'write', [user], {'lang': before})


@contextmanager
def visit(address, login='admin', password=None, language=None, width=1440):
    """Yield a ``Visitor``; without ``login`` it is a stranger. Passwords of the demo: the login."""
    phone = width < 600
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which('chromium'),
            args=['--no-sandbox'] if os.geteuid() == 0 else [])
        context = browser.new_context(
            viewport={'width': width, 'height': _HEIGHTS[phone]}, is_mobile=phone,
            has_touch=phone, device_scale_factor=2 if phone else 1)
        visitor = Visitor(context.new_page(), address)
        visitor.page.on('pageerror', lambda error: visitor.errors.append(str(error)))
        visitor.page.on('console', lambda message: visitor.errors.append(message.text)
                        if message.type == 'error' else None)
        try:
            if login:
                _log_in(visitor, login, password or login)
            if login and language:
                with _language(visitor, language):
                    yield visitor
            else:
                yield visitor
        finally:
            browser.close()


def take(address, shot, target):
    """Take one picture, described by the keys of ``shots.toml``; return the console's errors."""
    with visit(address, shot.get('login', 'admin'), shot.get('password'), shot.get('lang'),
               shot.get('width', 1440)) as visitor:
        visitor.goto(shot['url'])
        for selector in shot.get('click', []):
            visitor.page.click(selector)
            visitor.settle()
        target.parent.mkdir(parents=True, exist_ok=True)
        visitor.page.screenshot(path=target, full_page=shot.get('full', False))
        return visitor.errors
