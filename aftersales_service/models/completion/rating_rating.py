from odoo import api, fields, models
from odoo.fields import Domain


class RatingRating(models.Model):
    """Ratings of our documents are read through them, and written by the rating page alone.

    Core lets each employee of each company read and change all ratings, also a technician
    those of the own work. Ratings of other models stay as they are.
    """

    _name = 'rating.rating'
    _inherit = ['rating.rating', 'aftersales.document.access.mixin']

    # who knows it writes the customer's rating on core's page; that page reads it as superuser
    access_token = fields.Char(groups=fields.NO_ACCESS)

    @api.model
    def _get_document_models(self):
        """Return the names of the models whose ratings are read through the document.

        Hook: called on the model with each search and access check, as the user; modules add their
        own. Raises nothing.
        """
        return (*super()._get_document_models(), 'aftersales.order')

    @api.model
    def _get_rated_parent_models(self):
        """Return the names of the models of which the mean of such ratings is shown."""
        return ('aftersales.outlet',)

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
        others = Domain('res_model', 'not in', self._get_document_models())
        return others | super()._get_readable_domain()

    def _filter_hidden(self, operation):
        # only which records they belong to, which decides who may know the rest
        ratings = self.sudo()
        models_ = self._get_document_models()
        ours = ratings.filtered(lambda rating: rating.res_model in models_)
        if operation == 'read':
            return super(RatingRating, ours.sudo(False))._filter_hidden(operation)
        parents = self._get_rated_parent_models()
        return (ours | ratings.filtered(
            lambda rating: rating.parent_res_model in parents)).sudo(False)
