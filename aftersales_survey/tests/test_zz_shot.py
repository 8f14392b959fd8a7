from datetime import timedelta
from odoo import fields
from odoo.tests import HttpCase, tagged
from .call_common import CallCommon

@tagged('post_install', '-at_install')
class TestZzShot(HttpCase, CallCommon):
    browser_size = '1024x768'

    def test_shot(self):
        now = fields.Datetime.now()
        survey = self.env.ref('aftersales_survey.survey_after_repair')
        self.wave.survey_id = survey
        calls = []
        for n, (name, kw) in enumerate([
                ("王芳 Wang Fang", {'call_result': 'call_back'}), ("李娜 Li Na", {}), ("赵敏 Zhao Min", {'reason': 'paid'}),
                ("Emily Carter", {'reason': 'silent'}), ("张伟 Zhang Wei", {})]):
            order = self._create_done_order(
                partner_id=self.env['res.partner'].create({'name': name, 'phone': f'+86 138 0000 016{n}'}).id,
                product_id=self.conditioner.id)
            order.solution = "更换电容，检查制冷剂压力，运行半小时正常"
            calls.append(self._create_call(order, due=now - timedelta(minutes=5, days=2 if n in (1, 2) else 0), **kw))
        first = calls[1]
        self._interview_low(first)
        self.interviewer.password = 'interviewer'
        self.start('/odoo/follow-up-desk', ".o_desk_job", 'interviewer')

    def _interview_low(self, call):
        self.wave.survey_id
        call.write({'attempt_count': 1})
        self.env['aftersales.survey.call'].create({
            'invitation_id': call.id, 'company_id': call.company_id.id, 'user_id': self.interviewer.id,
            'date_call': fields.Datetime.now() - timedelta(hours=5), 'result': 'no_answer', 'number': 1})

    def start(self, url, ready, login, name='desk'):
        import base64, time
        from unittest.mock import patch
        from odoo.tests.common import ChromeBrowser
        def shot(browser, *args, **kwargs):
            time.sleep(2)
            data = browser._websocket_request('Page.captureScreenshot')['data']
            open(f'/tmp/sv3_{name}.png', 'wb').write(base64.b64decode(data))
        with patch.object(ChromeBrowser, '_wait_code_ok', shot):
            self.browser_js(url, "1", ready=f"!!document.querySelector('{ready}')", login=login)
