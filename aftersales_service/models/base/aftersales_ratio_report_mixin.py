from odoo import models
from odoo.tools import SQL


class AftersalesRatioReportMixin(models.AbstractModel):
    """A report whose rates are those of a group, and no means of its rows.

    A busy month counts more than a quiet one, a large series more than a small one.
    """

    _name = 'aftersales.ratio.report.mixin'
    _description = "Rates of Groups"

    # rate -> (measure above, measure below, factor)
    _ratios = {}

    def _read_group_select(self, aggregate_spec, query):
        """Divide the sums of a group where the mean of a rate is asked for."""
        name, __, function = aggregate_spec.partition(':')
        if function != 'avg' or name not in self._ratios:
            return super()._read_group_select(aggregate_spec, query)
        above, below, factor = self._ratios[name]
        return SQL(
            "%s * SUM(%s)::float / NULLIF(SUM(%s), 0)", factor,
            self._field_to_sql(self._table, above, query),
            self._field_to_sql(self._table, below, query))
