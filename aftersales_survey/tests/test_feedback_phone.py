from odoo.tests import HttpCase, tagged

from odoo.addons.aftersales_service.tests.visit.phone import Phone

from .common import SurveyCommon

# names of what is narrower or lower than a thumb, wider than the screen, or clipped
AMISS = '''[
    ...[...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea")]
        .filter((el) => el.offsetHeight < 44 || el.offsetWidth < 44).map((el) => el.outerHTML),
    ...[...document.querySelectorAll("select")].filter((el) => {
        const pen = document.createElement("canvas").getContext("2d");
        pen.font = getComputedStyle(el).font;
        return Math.max(...[...el.options].map((one) => pen.measureText(one.text).width)
            ) > el.clientWidth - 40;
    }).map((el) => el.outerHTML),
    ...(document.documentElement.scrollWidth > 390 ? ["too wide"] : []),
].join()'''


@tagged('post_install', '-at_install')
class TestFeedbackPhone(HttpCase, SurveyCommon):
    """A customer's telephone at 390 px: the tap in the message, reasons, the rest, a call."""

    def test_tap_in_the_message_then_the_rest(self):
        survey = self.env.ref('aftersales_survey.survey_after_repair')
        answers = self._create_answers(self._create_wave(survey_id=survey.id))
        address = answers._get_feedback_url(3).replace(answers.get_base_url(), '')
        self.env.flush_all()
        phone = Phone(self, None)
        phone.open(address)
        # the script sends what was tapped in the message
        phone.see('.o_feedback_thanks', "Your answer is saved")
        self.assertEqual(phone.ask(AMISS), "")
        phone.tap('.o_feedback_chip', "Not explained")
        phone.see('.o_feedback_saved', "Saved")
        with phone.at_rest():
            self.assertRecordValues(answers, [{'nps': 3, 'is_partial': True}])
            self.assertEqual(
                answers.user_input_line_ids.suggested_answer_id.value, "Not explained")
        phone.tap('.o_feedback_callback button', "Please call me")
        phone.see('.o_feedback_thanks', "We call you back on")
        phone.tap('fieldset .o_feedback_chip', "4")
        phone.settle()
        phone.hammer('.o_feedback_rest button', "Finish")
        phone.see('h1', "Thank you!")
        with phone.at_rest():
            self.assertRecordValues(answers, [{'state': 'done', 'csi': 80.0}])
            self.assertTrue(answers.date_callback)
