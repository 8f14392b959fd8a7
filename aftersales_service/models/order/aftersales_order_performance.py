from odoo import api, models
from odoo.tools import SQL

from ...tools.grouped import sort_rows

_PERIODS = {'day', 'week', 'month', 'quarter', 'year'}
# of a pivot as it opens, with its rows, columns and totals; of more, one query is quicker
_MOST_SETS = 4


class AftersalesOrder(models.Model):
    """What keeps a million orders quick to count."""

    _inherit = 'aftersales.order'

    def init(self):
        result = super().init()
        if self.env.cr.connection.server_version >= 140000:  # statistics on expressions
            # else it expects a group for nearly every row, and sorts them all on disk
            self.env.cr.execute(SQL(
                "CREATE STATISTICS IF NOT EXISTS aftersales_order_month_stat (ndistinct)"
                " ON (date_trunc('month', event_day::timestamp)::date), stage_id"
                " FROM aftersales_order"))
        return result

    @api.model
    def _read_group(self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None,
                    order=None):
        """Sort the few groups here: by stage, the database joins the stage to each order."""
        if offset or limit or not self._is_sorted_here(groupby, order):
            return super()._read_group(
                domain, groupby, aggregates, having=having, offset=offset, limit=limit,
                order=order)
        rows = super()._read_group(domain, groupby, aggregates, having=having)
        return self._sort_groups(rows, groupby, order)

    @api.model
    @api.readonly
    def formatted_read_grouping_sets(self, domain, grouping_sets, aggregates=(), *, order=None):
        """Count each of a pivot's few sets by a query of its own.

        PostgreSQL counts these in parallel and without joins, but the one query of core for
        all sets by a single process, with the stage joined to each order.
        """
        finest = max(grouping_sets, key=len, default=())
        if (order or len(grouping_sets) > _MOST_SETS
                or not self._is_sorted_here(finest, ', '.join(finest))):
            return super().formatted_read_grouping_sets(
                domain, grouping_sets, aggregates, order=order)
        return [self.formatted_read_group(domain, groupby, aggregates)
                for groupby in grouping_sets]

    @api.model
    def _is_sorted_here(self, groupby, order):
        """Whether groups in ``order`` need no text compared and no table joined.

        Hook: called on the model by ``_read_group``, as the user, before the database counts; a
        module that groups by further fields with few values extends it. Raises nothing.
        """
        return bool(order) and set(self._get_order_specs(order)) == set(groupby) and all(
            self._is_plain_group(*spec.partition(':')[::2]) for spec in groupby)

    @api.model
    def _is_plain_group(self, name, period):
        """Return whether a group is a stage or type, a choice, or a period: one of few."""
        kind = name in self._fields and self._fields[name].type
        if kind in ('date', 'datetime'):
            return period in _PERIODS
        return not period and (kind == 'selection' or name in ('stage_id', 'type_id'))

    @api.model
    def _get_order_specs(self, order):
        return [spec.strip() for spec in order.split(',')]

    @api.model
    def _sort_groups(self, rows, groupby, order):
        """Return grouped rows in ``order``; stages and types in their own.

        Hook: called on the model by ``_read_group``, as the user, after the database counted what
        ``_is_sorted_here`` took. Raises nothing.
        """
        keys = []
        for spec in self._get_order_specs(order):
            if spec in groupby:
                place = groupby.index(spec)
                key = str
                if self._fields[spec.partition(':')[0]].type == 'many2one':
                    comodel = self.env[self._fields[spec].comodel_name]
                    ranks = {record: rank for rank, record in enumerate(
                        comodel.union(*(row[place] for row in rows)).sorted())}
                    key = ranks.get
                keys.append((place, key))
        return sort_rows(rows, keys)
