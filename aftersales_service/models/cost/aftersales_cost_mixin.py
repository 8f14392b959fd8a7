from odoo import fields, models


class AftersalesCostMixin(models.AbstractModel):
    """A document, such as a return, whose handling is charged by activities.

    The record says what of each driver it used (``_get_cost_drivers``), when
    (``_get_cost_date``) and which direct costs it knows (``_get_direct_costs``). For the
    analysis it is one source more in ``aftersales.cost.report``.
    """

    _name = 'aftersales.cost.mixin'
    _description = "Record with Costs"

    cost_line_ids = fields.One2many(
        'aftersales.cost.line', 'res_id', string="Costs", bypass_search_access=True,
        domain=lambda self: [('res_model', '=', self._name)], copy=False,
        groups='aftersales_service.group_aftersales_team_lead')

    def unlink(self):
        ids = self.ids
        result = super().unlink()
        self.env['aftersales.cost.line']._unlink_lines_of(self._name, ids)
        return result

    def _register_hook(self):
        """Refuse drivers and kinds of costs that no module declares, when the registry is loaded.

        An empty record is asked for them.
        """
        super()._register_hook()
        if self._abstract:
            return
        record = self.new()
        for model, field, names in (
                ('aftersales.cost.activity', 'driver', record._get_cost_drivers()),
                ('aftersales.cost.line', 'kind', record._get_direct_costs())):
            if unknown := sorted(names.keys() - set(
                    self.env[model]._fields[field].get_values(self.env))):
                raise ValueError(
                    f"{self._name} is charged by values of '{field}' that are not declared: "
                    f"{', '.join(unknown)}. Add them to {model} by selection_add with ondelete.")

    # === ACTIONS === #

    def action_view_costs(self):
        """Show what these records cost; charge the activities first where nothing is yet."""
        # before anything is charged in the name of a user who may not see it
        self.env['aftersales.cost.line'].check_access('create')
        self._propose_costs()
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_cost_line_action')
        action['domain'] = [('res_model', '=', self._name), ('res_id', 'in', self.ids)]
        action['context'] = {
            'default_res_model': self._name,
            'default_res_id': self.id if len(self) == 1 else False}
        return action

    # === HOOKS === #

    def _get_cost_drivers(self):
        """Return ``{driver: quantity}`` of this record; drivers left out count nothing.

        Hook: called for one record, as the user whose step charges the costs, before its
        lines are made, and for an empty record when the registry is loaded, which refuses
        drivers that do not exist (``ValueError``). Further ones are added by ``selection_add``
        on ``aftersales.cost.activity``. Raises nothing.
        """
        self.ensure_one()
        return {}

    def _get_direct_costs(self):
        """Return ``{kind: amount}`` of the direct costs that are known.

        Hook: called for one record, as the user whose step charges the costs, before its lines are
        made, and for an empty record when the registry is loaded, which refuses kinds that do not
        exist (``ValueError``). Further kinds are added by ``selection_add`` on
        ``aftersales.cost.line``. What was recovered counts against the costs. Raises nothing.
        """
        self.ensure_one()
        return {}

    def _get_cost_keys(self):
        """Return ``{'order_id': id, 'warranty_id': id}`` for the costs of this record.

        Hook: called for one record, as superuser, before each of its cost lines is made, by
        the steps that charge costs and for lines that are typed. Raises nothing; a key that
        is not known is ``False``. Both belong to the record's company.
        """
        self.ensure_one()
        return {name: self[name].id if name in self._fields else False
                for name in ('order_id', 'warranty_id')}

    def _get_cost_date(self):
        """Return the day whose rates hold.

        Hook: called by ``_propose_costs``, as the user whose step charges the costs, for one
        record, before its lines are made. Raises nothing.
        """
        self.ensure_one()
        return fields.Date.context_today(self)

    # === RULES === #

    def _propose_costs(self):
        """Charge the activities by the drivers, for all records without lines, in one batch.

        Hook to call: by the step that finishes the records, as the user whom that step allowed to
        finish them or superuser, for one record or a batch. Returns the new lines as superuser:
        only team leads see costs. A second call charges nothing. Raises nothing itself.
        """
        # costs follow from the record, which the user was allowed to finish
        lines = self.env['aftersales.cost.line'].sudo()
        charged = set(lines.search_fetch(
            [('res_model', '=', self._name), ('res_id', 'in', self.ids)],
            ['res_id']).mapped('res_id'))
        vals_list = []
        for company, records in self.filtered(
                lambda record: record.id not in charged).grouped('company_id').items():
            days = {record: record._get_cost_date() for record in records}
            rates = self.env['aftersales.cost.rate'].sudo()._get_rates(
                company, min(days.values()), max(days.values()))
            for record, day in days.items():
                vals_list += record._prepare_cost_vals_list(rates.filtered(
                    lambda rate, day=day: rate.date_from <= day <= rate.date_to), day)
        return lines.create(vals_list)

    def _prepare_cost_vals_list(self, rates, day):
        """Return the lines of one record: an activity per rate, and the direct costs."""
        self.ensure_one()
        common = {'res_model': self._name, 'res_id': self.id, 'date': day,
                  'company_id': self.company_id.id}
        drivers = self._get_cost_drivers()
        return [
            *({**common, 'kind': 'activity', 'activity_id': rate.activity_id.id,
               'quantity': drivers[rate.driver]}
              for rate in rates if drivers.get(rate.driver)),
            *({**common, 'kind': kind, 'quantity': 1.0, 'unit_cost': amount}
              for kind, amount in self._get_direct_costs().items() if amount),
        ]
