from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..base.ir_attachment import PREFIX
from ..base.roles import DISPATCHER
from .aftersales_order_rating import CHANGE_HOURS


class RatingRating(models.Model):
    """Ratings of our documents are read through them, and written by the rating page alone.

    Core lets each employee of each company read and change all ratings, also a technician
    those of the own work. Ratings of other models stay as they are.
    """

    _name = 'rating.rating'
    _inherit = [
        'rating.rating', 'aftersales.document.access.mixin', 'aftersales.protected.mixin']

    # who knows it writes the customer's rating on core's page; that page reads it as superuser
    access_token = fields.Char(groups=fields.NO_ACCESS)

    aftersales_first_date = fields.Datetime(
        string="First Given on", readonly=True, copy=False, protected=True)
    aftersales_earlier = fields.Text(
        string="Changed Before", readonly=True, copy=False, protected=True, groups=DISPATCHER,
        help="What the customer gave before the present stars and words.")

    def _is_final(self):
        """Whether this one rating, which was given, can no longer be changed by the customer."""
        self.ensure_one()
        given = self.aftersales_first_date or self.rated_on or self.write_date
        return given + timedelta(hours=CHANGE_HOURS) < fields.Datetime.now()

    @api.model
    def _get_own_work_domain(self):
        """Return the domain of ratings of the user's own work and of the user's outlets'.

        Leads read them: they call the customer.
        """
        user = self.env.user
        if user.has_group(DISPATCHER):
            return Domain.FALSE
        # only which orders they are
        orders = self.env['aftersales.order'].sudo().with_context(active_test=False)
        return Domain('rated_partner_id', '=', user.partner_id.id) | (
            Domain('res_model', '=', orders._name)
            & Domain('res_id', 'in', orders._search(orders._get_served_domain(user))))

    @api.model
    def _get_document_models(self):
        """Return the names of the models whose ratings are read through the document.

        Hook: called on the model with each search and access check, as the user. All our documents
        that customers rate are in it; modules with models of another prefix add their own. Raises
        nothing.
        """
        rated = (
            name for name, model in self.pool.items() if name.startswith(PREFIX)
            and not model._abstract and issubclass(model, self.pool['rating.mixin']))
        return (*super()._get_document_models(), *rated)

    @api.model
    def _is_ours(self, model):
        """Return whether ratings of records of this model are read and written by our rules."""
        return bool(model) and (
            model.startswith(PREFIX) or model in self._get_document_models())

    @api.depends('res_model', 'res_id')
    def _compute_res_name(self):
        """A form that is not saved yet names only documents that the user may read."""
        result = super()._compute_res_name()
        for rating in self.filtered(lambda rating: not rating.id):
            if rating._find_hidden(rating.res_model, [rating.res_id]):
                rating.res_name = f'{rating.res_model}/{rating.res_id}'
        return result

    @api.depends('parent_res_model', 'parent_res_id')
    def _compute_parent_res_name(self):
        """As ``_compute_res_name``."""
        result = super()._compute_parent_res_name()
        for rating in self.filtered(lambda rating: not rating.id):
            if rating._find_hidden(rating.parent_res_model, [rating.parent_res_id]):
                rating.parent_res_name = f'{rating.parent_res_model}/{rating.parent_res_id}'
        return result

    def _find_hidden(self, model, ids):
        """Return the ids of those records that exist and that the user may not read."""
        documents = self.sudo(False).env.get(model or '')
        if documents is None or documents._abstract:
            return set()
        documents = documents.browse(filter(None, ids)).exists()
        return set(documents.ids) - set(documents._filtered_access('read').ids)

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su:
            # a rating of another record could be moved to ours
            self.check_access('write')
        return result

    def unlink(self):
        # core deletes the messages first, and the ratings with them
        self.check_access('unlink')
        return super().unlink()

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        # core asks for no right where one searches through ``rating_ids``: who reads an outlet
        # or a customer would find out what is written in ratings of other people's orders
        if bypass_access and not self.env.su:
            domain = Domain(domain) & self._get_readable_domain()
        return super()._search(
            domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    @api.model
    def _get_readable_domain(self):
        others = Domain('res_model', 'not =like', f'{PREFIX}%') & Domain(
            'res_model', 'not in', self._get_document_models())
        return others | (super()._get_readable_domain() & ~self._get_own_work_domain())

    def _filter_hidden(self, operation):
        # only which records they belong to, which decides who may know the rest
        ratings = self.sudo()
        ours = ratings.filtered(lambda rating: self._is_ours(rating.res_model))
        if operation == 'read':
            read = ours.filtered(
                lambda rating: rating.res_model in self._get_document_models())
            own = read & read.search(
                Domain('id', 'in', read.ids) & self._get_own_work_domain())
            return (ours - read | own).sudo(False) | super(
                RatingRating, (read - own).sudo(False))._filter_hidden(operation)
        hidden = ours | ratings.filtered(lambda rating: self._is_ours(rating.parent_res_model))
        # core shows the name of any record that a rating is written for
        for model, record_id in (('res_model', 'res_id'), ('parent_res_model', 'parent_res_id')):
            for name, its in (ratings - hidden).grouped(model).items():
                unread = self._find_hidden(name, set(its.mapped(record_id)))
                hidden |= its.filtered(
                    lambda rating, key=record_id, unread=unread: rating[key] in unread)
        return hidden.sudo(False)
