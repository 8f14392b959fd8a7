from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

COLLEAGUES = [('share', '=', False)]  # the domain of fields that name internal users


class AftersalesLinkAccessMixin(models.AbstractModel):
    """A record that names other documents only where its writer may do so.

    Core lets a user name any record of the company in a many2one or many2many, also one that
    the user may not read; what is computed from it then shows the customer's name and address,
    and what follows from the new record changes the document. A field says which right it
    demands, wherever it is declared: ``link_access='write'`` where the document is changed by
    what follows (a flag, a signature, words), ``link_access='read'`` where it is only cited.

    Values, keys ``default_*``, saved defaults, commands and imports are checked alike, by the
    records that they made; a form that is being filled in is checked as well, because its
    computed fields read as superuser. A link that is emptied or changed away takes something
    off the document it named: ``link_access='write'`` asks for that one as well. Superuser
    passes: portal, phone and mail act by ``sudo()`` after checks of their own.
    ``aftersales.protected.mixin`` brings this mixin along.
    """

    _name = 'aftersales.link.access.mixin'
    _description = "Record with Checked Document Links"
    # core decides for its own models in which company they are made
    _is_company_checked = True

    @api.model
    def _valid_field_parameter(self, field, name):
        return name == 'link_access' or super()._valid_field_parameter(field, name)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if not self.env.su:
            for vals in vals_list:
                self._ensure_own_company(vals)
            for name in self._get_link_names():
                # which documents they are; the right to them is asked here
                if documents := records.sudo()[name].sudo(False):
                    records._ensure_link_access(name, documents)
            for vals in vals_list:
                self._ensure_colleagues(vals)
        return records

    def write(self, vals):
        names = [] if self.env.su else [name for name in vals if self._get_link_right(name)]
        if not self.env.su:
            self._ensure_own_company(vals)
        if not names:
            result = super().write(vals)
            if not self.env.su:
                self._ensure_colleagues(vals)
            return result
        # only what the call adds or takes away is checked: the rest stays as it was
        before = {name: self._read_links(name) for name in names}
        for name, old_ids in before.items():
            self._ensure_may_leave(name, old_ids, vals[name])
        result = super().write(vals)
        for name, old_ids in before.items():
            new_ids = self._read_links(name)
            changed = new_ids - old_ids
            if self._fields[name].type == 'many2many':
                changed |= old_ids - new_ids
            self._ensure_link_access(
                name, self.env[self._fields[name].comodel_name].browse(
                    {res_id for __, res_id in changed}))
        self._ensure_colleagues(vals)
        return result

    def onchange(self, values, field_names, fields_spec):
        """Compute nothing from documents, or for companies, that the user may not read."""
        if not self.env.su:
            given = values
            if not field_names and not self:
                names = [name for name in (*self._get_link_names(), 'company_id')
                         if name in self._fields and name not in values]
                given = {**self.default_get(names), **values}
            self._ensure_form_access(given)
        return super().onchange(values, field_names, fields_spec)

    # === RULES === #

    @api.model
    def _get_link_right(self, name):
        """Return which right the field demands on the documents it names; none for most.

        A related field takes over the attribute of its source, but users choose nothing by it.
        """
        field = self._fields.get(name)
        return None if field is None or field.related else getattr(field, 'link_access', None)

    @api.model
    def _get_link_names(self):
        """Return the names of the fields that demand a right."""
        return [name for name in self._fields if self._get_link_right(name)]

    def _read_links(self, name):
        """Return ``{(id, id of a document)}`` of the documents that the records name."""
        # which documents they are; the rights to them are asked by the caller
        return {(record.id, linked_id) for record in self.sudo() for linked_id in record[name].ids}

    def _ensure_link_access(self, name, documents, right=None):
        """Refuse documents on which the user lacks the right that the field demands.

        :raise AccessError: without the documents' names, which the user may not know
        """
        right = right or self._get_link_right(name)
        if not documents or documents.has_access(right):
            return
        field = self._fields[name]
        facts = {'field': field._description_string(self.env),
                 'model': self.env['ir.model']._get(self._name).name}
        if right == 'write':
            raise AccessError(self.env._(
                "“%(field)s” (%(model)s) names a record that you may not change. Choose one of "
                "your own, or ask a dispatcher to assign it to you.", **facts))
        raise AccessError(self.env._(
            "“%(field)s” (%(model)s) names a record that you may not read. Choose one of your "
            "own, or ask a dispatcher to assign it to you.", **facts))

    def _ensure_may_leave(self, name, old_ids, value):
        """Refuse to take something off a document that the user may not change.

        Asked before the write: the right to the former document may come from this link.

        :raise AccessError: without the document's name, which the user may not know
        """
        field = self._fields[name]
        if field.type != 'many2one' or field.link_access != 'write':
            return
        former_ids = {res_id for __, res_id in old_ids} - self._parse_link_ids(value)
        if not self.env[field.comodel_name].browse(former_ids).has_access('write'):
            raise AccessError(self.env._(
                "“%(field)s” (%(model)s) belongs to a record that you may not change. Leave it "
                "as it is, or ask a dispatcher to assign that record to you.",
                field=field._description_string(self.env),
                model=self.env['ir.model']._get(self._name).name))

    @api.model
    def _ensure_own_company(self, vals):
        """Refuse a company that is not among those the user works in now."""
        if not self._is_company_checked or 'company_id' not in vals:
            return
        company_ids = self._parse_link_ids(vals.get('company_id'))
        if not company_ids <= set(self.env.companies.ids):
            raise AccessError(self.env._(
                "You do not work in this company: choose one of yours, or switch to it first."))

    @api.model
    def _ensure_colleagues(self, vals):
        """Refuse portal users where a field offers internal users only: a call may name any."""
        for name, value in vals.items():
            field = self._fields.get(name)
            if field is None or field.type != 'many2one' or field.domain != COLLEAGUES:
                continue
            # whether a user is internal is no secret to who names the user
            users = self.env['res.users'].sudo().browse(self._parse_link_ids(value))
            if strangers := users.filtered('share'):
                raise UserError(self.env._(
                    "“%(field)s” (%(model)s): %(user)s is no colleague. Choose an internal user.",
                    field=field._description_string(self.env), user=strangers[:1].name,
                    model=self.env['ir.model']._get(self._name).name))

    def _ensure_form_access(self, values):
        """Refuse values of a form that name documents or companies out of the user's reach.

        What the record names already is passed; lines of the form are looked into as well.
        """
        self._ensure_own_company(values)
        for name, value in values.items():
            field = self._fields.get(name)
            if self._get_link_right(name):
                # what stays as it is shows the user nothing new
                ids = self._parse_link_ids(value) - set(self.sudo()[name].ids)
                self._ensure_link_access(
                    name, self.env[field.comodel_name].browse(ids).exists(), 'read')
            elif field and field.type in ('one2many', 'many2many') and isinstance(
                    value, (list, tuple)):
                lines = self.env[field.comodel_name]
                if not hasattr(lines, '_ensure_form_access'):
                    continue
                for command in value:
                    if isinstance(command, (list, tuple)) and len(command) == 3 and isinstance(
                            command[2], dict):
                        is_known = command[0] == Command.UPDATE and isinstance(command[1], int)
                        lines.browse(command[1] if is_known else ())._ensure_form_access(
                            command[2])

    @api.model
    def _parse_link_ids(self, value):
        """Return the ids in a relational value as a form or a call gives it."""
        if isinstance(value, models.BaseModel):
            return set(value.ids)
        if isinstance(value, dict):
            value = value.get('id')
        if isinstance(value, bool) or not value:
            return set()
        if isinstance(value, int):
            return {value}
        ids = set()
        for command in value if isinstance(value, (list, tuple)) else ():
            if not isinstance(command, (list, tuple)) or not command:
                # the pair of id and name that older clients send
                ids |= {command} if isinstance(command, int) else set()
            elif command[0] == Command.SET and len(command) == 3:
                ids |= {res_id for res_id in command[2] or () if isinstance(res_id, int)}
            elif command[0] in (Command.LINK, Command.UPDATE) and len(command) > 1:
                ids |= {command[1]} if isinstance(command[1], int) else set()
        return ids
