from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..tools.keywords import best_match


class AftersalesPolicyAssign(models.TransientModel):
    """Gives product categories their warranty policies, many at once.

    It proposes policies by the names of the categories. A category that has a policy keeps
    it unless somebody says twice that it is to be replaced.
    """

    _name = 'aftersales.policy.assign'
    _description = "Assignment of Warranty Policies"
    _inherit = ['aftersales.link.access.mixin']

    company_id = fields.Many2one(
        'res.company', required=True, default=lambda self: self.env.company)
    is_replacing = fields.Boolean(
        string="Replace Policies",
        help="Ticked, the chosen categories lose the policy that they have. The cards already "
             "made keep theirs.")
    line_ids = fields.One2many(
        'aftersales.policy.assign.line', 'wizard_id',
        default=lambda self: self._default_line_ids())
    has_replaced = fields.Boolean(compute='_compute_has_replaced')

    @api.model
    def _default_line_ids(self):
        today = fields.Date.context_today(self)
        policies = self.env['aftersales.warranty.policy'].with_context(
            active_test=False).search(self._get_policy_domain(self.env.company))
        keywords = {
            policy: policy.keywords for policy in policies
            if policy.keywords and policy._last_day() >= today}
        lines = []
        for category in self._get_categories():
            policy = best_match(category.name, keywords)
            if policy and policy.code:
                policy = policy._get_version(today) or policy
            lines.append(Command.create({
                'category_id': category.id, 'policy_id': policy.id if policy else False,
                'is_chosen': bool(policy) and not category._get_warranty_policy()}))
        return lines

    @api.depends('line_ids.is_chosen', 'line_ids.state')
    def _compute_has_replaced(self):
        for wizard in self:
            wizard.has_replaced = any(
                line.is_chosen and line.state == 'replaced' for line in wizard.line_ids)

    # === ACTIONS === #

    def action_assign(self):
        """Publish the chosen policies that are drafts, and give them to their categories."""
        self.ensure_one()
        chosen = self.line_ids.filtered('is_chosen')
        self._ensure_complete(chosen)
        policies = chosen.policy_id
        policies.check_access('write')
        self._ensure_binding(policies)
        policies.filtered(lambda policy: not policy.active).action_publish()
        # who may write policies, as checked, says where they apply, without rights on products
        for policy, lines in chosen.sudo().grouped('policy_id').items():
            lines.category_id.warranty_policy_id = policy
        return {
            'type': 'ir.actions.client', 'tag': 'display_notification',
            'params': {
                'type': 'success', 'title': self.env._("Assign Policies"),
                'message': self.env._(
                    "%(count)s product categories have a warranty policy now.",
                    count=len(chosen.category_id)),
                'next': {'type': 'ir.actions.act_window_close'},
            },
        }

    # === BUSINESS RULES === #

    @api.model
    def _get_categories(self):
        """Return the categories that hold goods, and their parents."""
        groups = self.env['product.template']._read_group(
            [('type', '=', 'consu'), ('categ_id', '!=', False)], ['categ_id'])
        return self.env['product.category'].search(
            [('id', 'parent_of', [category.id for category, in groups])])

    @api.model
    def _get_policy_domain(self, company):
        """Return the policies of a company that hold in its country or everywhere."""
        return (
            Domain('company_id', 'in', [False, company.id])
            & (Domain('country_ids', '=', False)
               | Domain('country_ids', 'in', company.country_id.ids)))

    @api.model
    def _ensure_binding(self, policies):
        """Refuse policies that have ended and that no later version follows."""
        today = fields.Date.context_today(self)
        present = policies.filtered(lambda policy: policy._last_day() >= today)
        ended = (policies - present).filtered(
            lambda policy: not (policy.code and policy.code in present.mapped('code'))
            and not policy._get_version(today))
        if ended:
            raise UserError(self.env._(
                "These policies have ended and bind no unit sold "
                "from today on: %(policies)s. Choose a version that "
                "is valid today.", policies=ended.mapped('display_name')))

    def _ensure_complete(self, chosen):
        """Refuse choices without a policy, and replacing without having said so."""
        empty = chosen.filtered(lambda line: not line.policy_id)
        if not chosen or empty:
            raise UserError(self.env._(
                "Choose a policy for: %(names)s",
                names=empty.category_id.mapped('display_name'))
                if empty else self.env._("Choose the categories that get a policy."))
        replaced = chosen.filtered(lambda line: line.state == 'replaced')
        if replaced and not self.is_replacing:
            raise UserError(self.env._(
                "These categories have a policy already: %(names)s. Tick “Replace Policies” or "
                "leave them out.",
                names=replaced.category_id.mapped('display_name')))


class AftersalesPolicyAssignLine(models.TransientModel):
    """One product category: what it has, and what it would get."""

    _name = 'aftersales.policy.assign.line'
    _description = "Assignment of a Warranty Policy"
    _order = 'category_name, id'

    wizard_id = fields.Many2one(
        'aftersales.policy.assign', required=True, index=True, ondelete='cascade')
    category_id = fields.Many2one('product.category', required=True, ondelete='cascade')
    category_name = fields.Char(related='category_id.complete_name', store=True)
    current_policy_id = fields.Many2one(
        'aftersales.warranty.policy', string="Present Policy", compute='_compute_state',
        help="The policy of the category, or of its nearest parent.")
    policy_id = fields.Many2one(
        'aftersales.warranty.policy', string="New Policy", ondelete='cascade')
    is_draft = fields.Boolean(string="Draft", compute='_compute_is_draft')
    note = fields.Text(related='policy_id.description', string="To Check")
    is_chosen = fields.Boolean(string="Chosen")
    state = fields.Selection(
        [('new', "No Policy Yet"), ('inherited', "From Its Parent"), ('same', "Set Already"),
         ('replaced', "Would Be Replaced")], compute='_compute_state')
    product_count = fields.Integer(string="Products", compute='_compute_product_counts')
    own_count = fields.Integer(
        string="With Their Own", compute='_compute_product_counts',
        help="Products with a policy of their own: they keep it.")

    @api.depends('category_id', 'policy_id')
    def _compute_state(self):
        for line in self:
            own = line.category_id.warranty_policy_id
            line.current_policy_id = line.category_id._get_warranty_policy() if (
                line.category_id) else False
            if own:
                line.state = 'same' if line.policy_id in (own, own.browse()) else 'replaced'
            else:
                line.state = 'inherited' if line.current_policy_id else 'new'

    @api.depends('policy_id')
    def _compute_is_draft(self):
        for line in self:
            line.is_draft = bool(line.policy_id) and not line.policy_id.active

    @api.onchange('policy_id')
    def _onchange_policy_id(self):
        """Who chooses a policy means the category to get it."""
        self.is_chosen = bool(self.policy_id)

    @api.depends('category_id')
    def _compute_product_counts(self):
        goods = [('categ_id', 'in', self.category_id.ids), ('type', '=', 'consu')]
        products = self.env['product.template']
        counts = dict(products._read_group(goods, ['categ_id'], ['__count']))
        own_counts = dict(products._read_group(
            [*goods, ('warranty_policy_id', '!=', False)], ['categ_id'], ['__count']))
        for line in self:
            category = line.category_id._origin
            line.product_count = counts.get(category, 0)
            line.own_count = own_counts.get(category, 0)
