from odoo.tests import HttpCase, tagged

from .common import VisitCommon
from .phone import Phone

CACHED = 'navigator.serviceWorker.controller && Boolean(await caches.match("/my/jobs/data"))'
# a module's page: its data, an action on one of its documents, and a sheet
PAGE = '''(() => {
    const modules = odoo.loader.modules;
    const { Component, xml } = modules.get("@odoo/owl");
    const { pages, sheets, changes, labels } = modules.get(
        "@aftersales_service/jobs/registries");
    class Tags extends Component {
        static template = xml`<div class="card tags">
            <p t-foreach="props.data.tags" t-as="tag" t-key="tag.id" class="tag"
               t-out="tag.name"/>
            <button class="scan" t-on-click="() => props.open('photo', props.data.tags[0])">
                Scan</button></div>`;
        static props = ["*"];
    }
    class TagSheet extends Component {
        static template = xml`<button class="big" t-on-click="() => props.submit(
            { name: 'Scanned' })" t-out="props.document.name"/>`;
        static props = ["*"];
    }
    changes.add("photo", (data, { name }, { res_id }) => {
        data.tags.find((tag) => tag.id === res_id).name = name;
    }, { force: true });
    sheets.add("photo", TagSheet);
    const fetched = window.fetch;
    window.fetch = (url, options) => url === "/my/jobs/data/tags"
        ? Promise.resolve(new Response(JSON.stringify({ tags: [
            { id: 7, name: "Tag seven", res_model: "res.partner", res_id: 7 }] })))
        : fetched(url, options);
    pages.add("tags", { label: "Tags", icon: "#", component: Tags });
})()'''


@tagged('post_install', '-at_install')
class TestJobsLate(HttpCase, VisitCommon):
    """Late work and further pages, on the phone itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._dispatch(date=cls.env.cr.now().replace(microsecond=0))
        cls.visit = cls.order.visit_ids

    def setUp(self):
        super().setUp()
        self.env.flush_all()
        self.phone = Phone(self, 'technician')

    def test_phone_says_that_late_work_is_kept_and_what_became_of_it(self):
        phone = self.phone
        with phone.at_rest():
            self.visit._set_state('on_site')
        phone.open(f'/my/jobs#job/{self.visit.id}')
        phone.wait(CACHED)
        phone.see('.tile', "Report")
        phone.cut_network()
        phone.tap('.tile', "Report")
        phone.type('textarea[name=solution]', "Capacitor changed")
        phone.tap('.sheet .big', "Save")
        phone.see('.queue-badge.is-waiting', "↑ 1")
        phone.tap('.tile', "Serial")
        phone.type('.sheet input[name=serial]', "SN-9")
        phone.tap('.sheet .big', "Save")
        phone.see('.queue-badge.is-waiting', "↑ 2")
        with phone.at_rest():  # meanwhile the desk gives the job away
            self.visit.technician_id = self.other_technician
        phone.restore_network()
        phone.see('.notice.is-late', "the dispatcher decides")
        with phone.at_rest():
            self.assertFalse(self.order.solution)
            work = self.env['aftersales.late.work'].search([])
            self.assertEqual(sorted(work.action_ids.mapped('kind')), ['report', 'serial'])
            work.with_user(self.dispatcher).action_apply()
            self.assertEqual(self.order.solution, "Capacitor changed")
        phone.open('/my/jobs')
        phone.see('.notice.is-late', "has decided")
        phone.tap('.notice.is-late a')
        phone.see('.queue-line.is-reviewed', "Applied by the dispatcher")
        phone.tap('.queue-line button', "Drop")
        phone.tap('.queue-line button', "Delete")
        phone.see('.empty', "Everything has been sent")

    def test_module_registers_a_page_with_data_and_a_sheet(self):
        phone = self.phone
        phone.open('/my/jobs')
        phone.see('.card.job', "Li Na")
        phone.ask(PAGE)
        phone.ask('document.dispatchEvent(new Event("visibilitychange"))')
        phone.tap('.pages a', "Tags")
        phone.see('.tag', "Tag seven")
        phone.cut_network()
        phone.tap('.tags .scan')
        phone.tap('.sheet .big', "Tag seven")
        phone.see('.tag', "Scanned")
        phone.see('.queue-badge.is-waiting', "↑ 1")
        phone.tap('.pages a', "My Jobs")
        phone.see('.card.job', "Li Na")
