from odoo import fields, models
from odoo.tools import SQL


class AftersalesNoticePointsReport(models.Model):
    """Points of a person in a year: demerits less merits, one row per person and year.

    Notices count from the day they are served, by the year of the act; not under appeal, not
    revoked, not cancelled by a merit (nor the merit that cancels), not once they are spent.
    """

    _name = 'aftersales.notice.points.report'
    _description = "Points of Staff"
    _auto = False
    _rec_name = 'year'
    _order = 'year desc, points desc, id'
    _depends = {
        'aftersales.notice': [
            'act_date', 'company_id', 'department_id', 'employee_id', 'is_spent', 'kind',
            'offset_id', 'points', 'state', 'technician_id', 'user_id', 'valid_until'],
    }

    company_id = fields.Many2one('res.company', readonly=True)
    employee_id = fields.Many2one('hr.employee', readonly=True)
    technician_id = fields.Many2one('res.users', string="Outlet's Technician", readonly=True)
    user_id = fields.Many2one('res.users', string="User of the Person", readonly=True)
    department_id = fields.Many2one('hr.department', readonly=True)
    year = fields.Char(readonly=True)
    demerit_points = fields.Float(string="Points of Demerits", readonly=True)
    merit_points = fields.Float(string="Points of Merits", readonly=True)
    points = fields.Float(readonly=True, help="Demerits less merits.")
    valid_points = fields.Float(
        string="Points Not Spent", readonly=True, help="Of notices that are still valid today.")
    notice_count = fields.Integer(string="Notices", readonly=True)

    @property
    def _table_query(self) -> SQL:
        return SQL(
            """
            SELECT MIN(notice.id) AS id, notice.company_id, notice.employee_id,
                   notice.technician_id, MAX(notice.user_id) AS user_id,
                   MAX(notice.department_id) AS department_id,
                   TO_CHAR(notice.act_date, 'YYYY') AS year,
                   SUM(CASE WHEN notice.kind = 'demerit' THEN notice.points ELSE 0 END)
                       AS demerit_points,
                   SUM(CASE WHEN notice.kind = 'merit' THEN notice.points ELSE 0 END)
                       AS merit_points,
                   SUM(CASE WHEN notice.kind = 'merit' THEN -notice.points
                            ELSE notice.points END) AS points,
                   SUM(CASE WHEN notice.valid_until < CURRENT_DATE THEN 0
                            WHEN notice.kind = 'merit' THEN -notice.points
                            ELSE notice.points END) AS valid_points,
                   COUNT(*) AS notice_count
              FROM aftersales_notice notice
         LEFT JOIN aftersales_notice cancelled ON cancelled.offset_id = notice.id
             WHERE notice.state IN ('served', 'final') AND notice.offset_id IS NULL
               AND cancelled.id IS NULL AND notice.is_spent IS NOT TRUE
               AND NOT (notice.kind = 'demerit' AND notice.state = 'final'
                        AND COALESCE(notice.valid_until < CURRENT_DATE, FALSE))
          GROUP BY notice.company_id, notice.employee_id, notice.technician_id,
                   TO_CHAR(notice.act_date, 'YYYY')
            """)
