"""What axe-core finds on a page that a test has opened: people who see badly use it, too."""
import json
from importlib.util import find_spec
from pathlib import Path

# what stops people who use a screen reader, a keyboard or a large thumb
STOPPING = ('critical', 'serious')
# the conversation and the field to sign on are core's
CORES = ('#discussion', 'owl-component[name="portal.signature_form"]', '.o_portal_pager')
_RUN = '''axe.run(%s, {
    resultTypes: ["violations"],
    rules: { "target-size": { enabled: true } },
}).then(({ violations }) => violations.map(({ id, impact, nodes }) => ({
    id, impact, nodes: nodes.map(({ html, failureSummary }) => [html, failureSummary]),
})))'''


def find_violations(phone, within='body', without=()):
    """Return what stops people on the page that ``phone`` shows, one text each.

    :param within: the part of the page that is ours
    :param without: the parts in it that are not
    """
    source = Path(find_spec('axe_playwright_python').origin).with_name('axe.min.js')
    phone.ask(f'Boolean(window.axe || (0, eval)({json.dumps(source.read_text())}))')
    shown = [selector for selector in without if phone.ask(
        f'Boolean(document.querySelector({json.dumps(selector)}))')]
    context = {'include': [[within]], 'exclude': [[selector] for selector in shown]}
    found = phone.ask(_RUN % json.dumps(context))
    return [
        f"{violation['id']}: {html} {summary}" for violation in found
        if violation['impact'] in STOPPING for html, summary in violation['nodes']]


def check_page(test_case, phone, path, within='#wrap', without=(), see='#wrap'):
    """Assert that nothing on the page at ``path`` stops people; what is core's is left out."""
    phone.open(path)
    phone.see(see)
    # core's conversation comes later; a page that is left before says that it could not load it
    phone.wait('!document.querySelector(".o_portal_chatter") || '
               'Boolean(document.querySelector("#chatterRoot"))')
    phone.settle()
    with test_case.subTest(path.split('?')[0].rstrip('0123456789')):
        test_case.assertEqual(find_violations(phone, within, [*CORES, *without]), [])
