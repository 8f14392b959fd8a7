from odoo import api, models
from odoo.exceptions import AccessError


class AftersalesProtectedMixin(models.AbstractModel):
    """A record of which some fields follow from steps and rules.

    A field says so itself, wherever it is declared: ``protected=True`` is written by code that
    checked the right to a step, as superuser; ``protected='after'`` may also be given when the
    record is made, and stays (parents, what lines are grouped by). Core asks for each value,
    default, command, import and form, so no order of loading matters.

    A field with ``protected=True`` ignores the keys ``default_*`` of the context and the
    defaults that users save, also when superuser creates the record: so a caller cannot slip
    a value in, and a form that opens in the context of another record can be saved.

    Clocks, numbers and charges bring this mixin along. Who adds one of them to a document that
    exists names this one again, as the last in ``_inherit``: the document may have it already,
    and Python refuses a parent before its child ("consistent method resolution order").
    """

    _name = 'aftersales.protected.mixin'
    _description = "Record with Protected Fields"
    _inherit = 'aftersales.link.access.mixin'

    @api.model
    def _valid_field_parameter(self, field, name):
        return name == 'protected' or super()._valid_field_parameter(field, name)

    def _has_field_access(self, field, operation):
        """Whether the user may read or write ``field``: core's method, for protected fields.

        Hook: called by core for each field, as the user, for the records that are written or read,
        and for an empty recordset by ``create`` and ``fields_get``. Extend it for fields that only
        a role writes, and ``_check_field_access`` with the sentence of the refusal. Raises nothing.
        """
        if operation == 'write' and self._is_field_protected(field):
            return False
        return super()._has_field_access(field, operation)

    def _check_field_access(self, field, operation):
        """Say of which protected field a value was refused, why, and what to do instead."""
        if operation == 'write' and self._is_field_protected(field):
            names = {'field': field._description_string(self.env),
                     'model': self.env['ir.model']._get(self._name).name}
            raise AccessError(
                self.env._(
                    "“%(field)s” (%(model)s) is protected: it is given when the record is created "
                    "and does not change. Create a new record with the other value.", **names)
                if field.protected == 'after' else self.env._(
                    "“%(field)s” (%(model)s) is protected: the step it belongs to fills it in. "
                    "Leave it out and use the button of that step.", **names))
        return super()._check_field_access(field, operation)

    @api.model
    def default_get(self, fields):
        """Take no protected field from the context: its own default holds, if it has one."""
        model = self._without_protected_defaults()
        return super(AftersalesProtectedMixin, model).default_get(fields)

    @api.model_create_multi
    def create(self, vals_list):
        model = self._without_protected_defaults()
        return super(AftersalesProtectedMixin, model).create(vals_list)

    @api.model
    def _without_protected_defaults(self):
        """Return this model without the keys of the context that name protected fields."""
        refused = {key for key in self.env.context if key.startswith('default_')
                   and self._is_declared_protected(key.removeprefix('default_'))}
        if not refused:
            return self
        context = {
            key: value for key, value in self.env.context.items() if key not in refused}
        # keys can only be left out of a whole context
        return self.with_context(context)  # pylint: disable=context-overridden

    def _is_field_protected(self, field):
        """Whether the current user, unless superuser, may not write ``field`` of these records."""
        protected = getattr(field, 'protected', None)
        return bool(protected) and not self.env.su and (
            protected != 'after' or any(self.ids))

    @api.model
    def _is_declared_protected(self, name):
        """Whether only superuser gives the field of this name, when a record is made too."""
        return getattr(self._fields.get(name), 'protected', None) is True
