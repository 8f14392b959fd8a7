from odoo.tests import tagged

from .result_common import ResultCommon


@tagged('post_install', '-at_install')
class TestFigurePlaces(ResultCommon):
    """The same figure stands on the board, in the e-mail, at the outlet and in the evidence."""

    def _get_evidence(self):
        self.env.flush_all()
        evaluation = self.env['aftersales.evaluation'].create({
            'standard_id': self.env.ref('aftersales_survey.aftersales_evaluation_clause_gb').id,
            'date': '2019-12-31', 'date_from': '2019-01-01', 'outlet_id': self.pudong.id})
        return evaluation._get_evidence('csi')

    def test_evidence_counts_who_kept_silent(self):
        self._answer([{'csi': 80.0}] * 30, outlet_id=self.pudong.id)
        self._ask(30, outlet_id=self.pudong.id)
        evidence = self._get_evidence()
        self.assertIn("reach 50.0 %", evidence.words)
        self.assertEqual((evidence.passed, evidence.size), (30, 30))
