"""One Chrome for all browser tests of a worker: core starts and stops one for each test.

A third of a browser test's time went into that, and each fresh profile loaded all scripts
again. Here a test gets a tab of its own in a Chrome that runs already. Before the tab goes,
everything that a page can leave behind is cleared: cookies, storage, service workers; only
the cache of files stays, whose addresses change with what is in them.
"""
import json
import shutil
import signal
import time
from urllib.request import urlopen

_LOOKS, _PAUSE = 20, 0.1  # seconds for a service worker to go
_running = {}  # command line without the profile -> Chrome, port, profile


def install():
    """Let core's ``ChromeBrowser`` use the shared browser from now on."""
    from odoo.tests import common  # only workers have an Odoo at hand

    browser = common.ChromeBrowser
    spawn = browser._spawn_chrome

    def spawn_once(self, command):
        """Return Chrome and port of what runs with these switches, or start it."""
        profile_switch = f'--user-data-dir={self.user_data_dir}'
        key = tuple(part for part in command if part != profile_switch)
        chrome, port, profile = _running.get(key, (None, None, None))
        if chrome and chrome.poll() is None and not _is_clean(port):
            chrome.kill()
            shutil.rmtree(profile, ignore_errors=True)
        elif chrome and chrome.poll() is None:
            shutil.rmtree(self.user_data_dir, ignore_errors=True)  # made for a Chrome of its own
            self.user_data_dir = profile
            return chrome, port
        # core ends the children of a test class when the class is over: this is none
        launcher, port = spawn(self, ['setsid', '--fork', *command])
        launcher.wait()
        chrome = _Chrome(profile_switch)
        _running[key] = chrome, port, self.user_data_dir
        return chrome, port

    browser._spawn_chrome = spawn_once
    browser.stop = lambda self: _leave(self, common)


def _is_clean(port):
    """Return whether no service worker of an earlier page lives on in a Chrome.

    They go with their page, but now and then one stays for good, and answers nothing: the next
    test that takes the network away would ask it, or wait for it.
    """
    for __ in range(_LOOKS):
        with urlopen(f'http://127.0.0.1:{port}/json/list', timeout=10) as answer:
            if all(target['type'] != 'service_worker' for target in json.load(answer)):
                return True
        time.sleep(_PAUSE)
    return False


class _Chrome:
    """A Chrome that is no child of this process, found by its profile, as core's tests ask it."""

    def __init__(self, profile_switch):
        import psutil  # Odoo's own requirement, only workers have it

        self._gone = psutil.NoSuchProcess, psutil.ZombieProcess
        self._process = next(
            process for process in psutil.process_iter(['cmdline'])
            if profile_switch in (process.info['cmdline'] or ())
            and not any(part.startswith('--type=') for part in process.info['cmdline']))
        self.pid = self._process.pid

    def poll(self):
        """Return ``None`` while it runs."""
        try:
            return None if self._process.status() != 'zombie' else 0
        except self._gone:
            return 0

    def kill(self):
        """End it, whatever it does."""
        try:
            self._process.kill()
        except self._gone:
            pass


def _leave(browser, common):
    """Clear what the page left, open the next test's tab and close this one."""
    try:
        if hasattr(browser, 'ws'):
            _clear(browser, common)
            browser.ws.close()
    except (common.ChromeBrowserException, TimeoutError, OSError,
            common.websocket.WebSocketException):
        browser._logger.info("The shared Chrome does not answer", exc_info=True)
        browser.chrome.kill()  # the next test starts another one
    if browser.sigxcpu_handler:
        signal.signal(signal.SIGXCPU, browser.sigxcpu_handler)


def _clear(browser, common):
    """Leave a Chrome behind in which nothing was done yet."""
    ask = browser._websocket_request
    browser.screencaster.stop()
    ask('Runtime.evaluate', params={'expression': '0'})  # what the test's page said was heard
    for event in ('Runtime.consoleAPICalled', 'Runtime.exceptionThrown'):
        browser._handlers.pop(event, None)  # requests that end below are no fault of the page
    ask('Page.stopLoading')
    ask('Runtime.evaluate', params={
        'expression': "('serviceWorker' in navigator) && navigator.serviceWorker"
                      ".getRegistrations().then((all) => Promise.all(all.map("
                      "(registration) => registration.unregister())))",
        'awaitPromise': True})
    common.wait(browser._responses.values(), 10)  # a picture may be on its way
    # a page that still runs would complain of the storage that goes
    ask('Page.navigate', params={'url': 'about:blank'})
    ask('Storage.clearDataForOrigin', params={
        'origin': browser.test_case.base_url(), 'storageTypes': 'all'})
    ask('Network.clearBrowserCookies')
    mine = ask('Target.getTargetInfo')['targetInfo']['targetId']
    ask('Target.createTarget', params={'url': 'about:blank'})
    browser._result.cancel()  # before the tab goes: its end is no failure
    browser._websocket_send('Target.closeTarget', params={'targetId': mine})


def close_all():
    """End every shared browser and remove its profile."""
    for chrome, __, profile in _running.values():
        chrome.kill()
        shutil.rmtree(profile, ignore_errors=True)
    _running.clear()
