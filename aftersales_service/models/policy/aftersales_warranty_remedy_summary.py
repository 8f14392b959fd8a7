from odoo import api, models


class AftersalesWarrantyRemedy(models.Model):
    """The conditions of a clause in words: what people read in place of a row of numbers."""

    _inherit = 'aftersales.warranty.remedy'

    @api.model
    def _get_condition_fields(self):
        """Return the fields that the words depend on."""
        return [
            'fault_kind', 'in_term', 'in_part_term', 'has_window', 'window_days',
            'window_months', 'window_from', 'window_usage', 'presumed_months',
            'main_part_ids.name', 'without_part_ids.name', 'min_repairs', 'repairs_of',
            'min_replacements', 'min_exchanges', 'since_repair_days',
            'over_repair_days', 'over_single_days', 'over_stay_days', 'over_stay_workdays',
            'over_wait_days', 'counts_begun_days', 'same_model', 'needs_refusal',
            'instead_of_exchange', 'distance_only', 'needs_proof', 'needs_original']

    def _get_conditions(self):
        """Return one phrase per condition that is set, in the order in which they are tested."""
        self.ensure_one()
        return [phrase for phrase in (
            *self._get_sale_conditions(), *self._get_time_conditions(),
            *self._get_repair_conditions()) if phrase]

    def _get_label(self, field_name):
        return dict(self._fields[field_name]._description_selection(self.env))[self[field_name]]

    def _get_sale_conditions(self):
        return (
            self.instead_of_exchange and self.env._("instead of an exchange"),
            self.fault_kind != 'any' and self._get_label('fault_kind').lower(),
            self.distance_only and self.env._("distance sale"),
            self.same_model == 'available' and self.env._("same model available"),
            self.same_model == 'missing' and self.env._("same model not available"),
            not self.needs_proof and self.env._("without proof of purchase"),
            self.needs_original and self.env._("original proof of purchase"),
            self.needs_refusal and self.env._("the seller refuses"))

    def _get_time_conditions(self):
        window = self.has_window
        origins = {
            'delivery': self.env._("from delivery"),
            'season': self.env._("from the first operating season")}
        return (
            self.in_term and self.env._("in the term"),
            self.in_part_term and self.env._("in the cover of the part"),
            window and self.window_months and self.env._(
                "within %(count)s months", count=self.window_months),
            window and self.window_days and self.env._(
                "within %(count)s days", count=self.window_days),
            window and origins.get(self.window_from),
            window and self.window_usage and self.env._(
                "up to a reading of %(count)s", count=f"{self.window_usage:,.0f}"),
            self.presumed_months and self.env._(
                "proven after %(count)s months", count=self.presumed_months),
            self.main_part_ids and self.env._(
                "parts: %(names)s", names=self._get_part_names(self.main_part_ids)),
            self.without_part_ids and self.env._(
                "not for: %(names)s", names=self._get_part_names(self.without_part_ids)))

    def _get_part_names(self, parts, shown=4):
        """Name the first parts; a law may list dozens of them."""
        names = parts[:shown].mapped('name')
        if len(parts) > shown:
            names.append(self.env._("%(count)s more", count=len(parts) - shown))
        return names

    def _get_repair_conditions(self):
        counted = self.min_repairs and {
            'all': self.env._("repairs: %(count)s", count=self.min_repairs),
            'same_fault': self.env._(
                "repairs of the same fault: %(count)s", count=self.min_repairs),
            'same_part': self.env._("replacements of one part: %(count)s", count=self.min_repairs),
        }[self.repairs_of]
        return (
            counted,
            self.min_replacements and self.env._(
                "parts replaced: %(count)s", count=self.min_replacements),
            self.min_exchanges and self.env._(
                "units exchanged: %(count)s", count=self.min_exchanges),
            self._get_since_condition(),
            self._get_sum_condition(),
            self.over_single_days and self.env._(
                "one repair over %(count)s days", count=self.over_single_days),
            self.over_stay_days and self.env._(
                "one repair with its waits over %(count)s days", count=self.over_stay_days),
            self.over_stay_workdays and self.env._(
                "one repair over %(count)s working days", count=self.over_stay_workdays),
            self.over_wait_days and self.env._(
                "over %(count)s days waiting for a part", count=self.over_wait_days))

    def _get_sum_condition(self):
        if self.counts_begun_days:
            return self.over_repair_days and self.env._(
                "over %(count)s days of 24 hours in repair", count=self.over_repair_days)
        return self.over_repair_days and self.env._(
            "over %(count)s days in repair", count=self.over_repair_days)

    def _get_since_condition(self):
        if self.repairs_of == 'same_fault':
            return self.since_repair_days and self.env._(
                "at most %(count)s days after a repair of the same fault",
                count=self.since_repair_days)
        return self.since_repair_days and self.env._(
            "at most %(count)s days after a repair", count=self.since_repair_days)
