from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.aftersales_service.tools.timezone import day_bounds

from ..models.aftersales_complaint import QUIET_KINDS

GROUPS = ('kind', 'product_id', 'department_id')


class AftersalesComplaintDaily(models.TransientModel):
    """Chooses the day of the daily report on complaints (客户投诉处理日报表), and counts.

    It counts what the user may read; praise, suggestions and anomalies are no complaints here.
    """

    _name = 'aftersales.complaint.daily'
    _description = "Daily Report on Complaints"
    _inherit = ['aftersales.link.access.mixin']

    day = fields.Date(required=True, default=fields.Date.context_today)
    company_id = fields.Many2one(
        'res.company', required=True, default=lambda self: self.env.company)
    remarks = fields.Text()

    def action_print(self):
        """Print the report."""
        return self.env.ref('aftersales_complaint.action_report_complaint_daily').report_action(
            self, config=False)

    def _get_domains(self):
        """Return ``{figure: [domains]}`` of the day, by the company's time.

        The domains of a figure exclude each other: each is counted by an index of its own.
        """
        self.ensure_one()
        start, stop = day_bounds(self.day, self.company_id._get_aftersales_zone())
        own = Domain('company_id', '=', self.company_id.id) & Domain(
            'kind', 'not in', sorted(QUIET_KINDS))
        by_then = Domain('received_day', '<=', self.day)
        still_open = own & Domain('date_closed', '=', False) & by_then
        return {
            'new': [own & Domain('received_day', '=', self.day)],
            'settled': [own & Domain('date_settled', '>=', start) & Domain(
                'date_settled', '<', stop)],
            'closed': [own & Domain('date_closed', '>=', start) & Domain(
                'date_closed', '<', stop)],
            'open': [still_open, own & Domain('date_closed', '>=', stop) & by_then],
            # what is closed has no deadline any more
            'late': [still_open & Domain('date_deadline', '<', min(
                stop, fields.Datetime.now()))]}

    def _get_figures(self):
        """Return ``{figure: number}`` of the day, and ``loss``: of what was closed."""
        cases = self.env['aftersales.complaint']
        domains = self._get_domains()
        figures = {name: sum(map(cases.search_count, parts)) for name, parts in domains.items()}
        [[loss]] = cases._read_group(domains['closed'][0], aggregates=['amount_loss:sum'])
        return figures | {'loss': loss or 0.0}

    def _get_rows(self):
        """Return ``[(title, [(name, new, closed)])]``: by kind, product and unit."""
        cases, domains = self.env['aftersales.complaint'], self._get_domains()
        tables = []
        for name in GROUPS:
            counts = {}
            for place, figure in enumerate(('new', 'closed')):
                for value, count in cases._read_group(
                        domains[figure][0], [name], ['__count']):
                    counts.setdefault(value, [0, 0])[place] = count
            field = cases._fields[name]
            labels = dict(field._description_selection(self.env)) if (
                field.type == 'selection') else {}
            tables.append((field._description_string(self.env), [
                (labels.get(value) or (value and value.display_name) or self.env._("None"), *both)
                for value, both in sorted(
                    counts.items(), key=lambda item: -sum(item[1]))]))
        return tables

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._("Daily Report on Complaints %(day)s", day=self.day)
