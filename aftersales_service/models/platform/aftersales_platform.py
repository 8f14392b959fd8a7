import base64

from odoo import api, fields, models

from ...tools.platform_columns import choose_heading, split_headings
from ...tools.sheet import write_sheet


class AftersalesPlatform(models.Model):
    """An online platform that sends us service orders, and how its export reads.

    The profile says under which headings the platform writes what, and which of our
    services its words mean. The orders stay ours; their numbers there are their key.
    """

    _name = 'aftersales.platform'
    _description = "Online Platform"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'sequence, name, id'
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        'res.company', index='btree_not_null',
        help="Leave empty to import orders of the platform in every company.")
    type_id = fields.Many2one(
        'aftersales.order.type', string="Usual Service", check_company=True,
        help="Taken where a row names no service.")
    start_hour = fields.Float(
        string="Start of the Day", default=9.0,
        help="A row that names a day without a time is planned for this hour.")
    row_limit = fields.Integer(
        string="Rows per File", default=5000, help="A longer file is refused: split it.")
    column_ids = fields.One2many(
        'aftersales.platform.column', 'platform_id', string="Columns", copy=True)
    word_ids = fields.One2many(
        'aftersales.platform.word', 'platform_id', string="Words for Services", copy=True)
    order_count = fields.Integer(string="Service Orders", compute='_compute_order_count')
    template_file = fields.Binary(compute='_compute_template_file', exportable=False)

    _limits_positive = models.Constraint(
        'CHECK(row_limit > 0 AND start_hour >= 0 AND start_hour < 24)',
        "The rows per file must be positive, and the day starts between 0:00 and 24:00.")

    def _compute_order_count(self):
        counts = dict(self.env['aftersales.order']._read_group(
            [('platform_id', 'in', self.ids)], ['platform_id'], ['__count']))
        for platform in self:
            platform.order_count = counts.get(platform._origin, 0)

    @api.depends('column_ids.headings')
    @api.depends_context('lang')
    def _compute_template_file(self):
        """Write an empty sheet with the headings that this platform's import looks for."""
        for platform in self:
            headings = [
                choose_heading(names, self.env.lang)
                for names in platform._get_headings().values()]
            platform.template_file = base64.b64encode(write_sheet(headings, []))

    # === ACTIONS === #

    def action_view_orders(self):
        """Show the service orders that came from these platforms."""
        return self.env['aftersales.order']._get_orders_action(
            [('platform_id', 'in', self.ids)])

    def action_download_template(self):
        """Download a sheet that the import of this platform understands."""
        self.ensure_one()
        name = self.env._("Service Orders %(platform)s.xlsx", platform=self.name)
        return {
            'type': 'ir.actions.act_url',
            'target': 'download',
            'url': f'/web/content/{self._name}/{self.id}/template_file/'
                   f'{name.replace("/", "-")}?download=true',
        }

    # === RULES === #

    def _get_headings(self):
        """Return ``{what: headings}`` in the order of the columns."""
        self.ensure_one()
        return {
            column.content: names for column in self.column_ids
            if (names := split_headings(column.headings))}

    def _get_type_words(self, company):
        """Return ``{word: order type}``: the platform's own words and every name of a type.

        Types are known by their names in all languages, since the file need not be
        written in the reader's.
        """
        self.ensure_one()
        types = self.env['aftersales.order.type'].search(
            [('company_id', 'in', [False, company.id])])
        words = {}
        for code, __ in self.env['res.lang'].get_installed():
            for kind in types.with_context(lang=code):
                words.setdefault(kind.name.casefold(), kind.with_env(self.env))
        for word in self.word_ids.filtered(lambda word: word.type_id in types):
            words[word.name.strip().casefold()] = word.type_id
        return words
