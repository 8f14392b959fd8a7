from odoo import api, models
from odoo.fields import Domain


class RatingRating(models.Model):
    """Ratings of our documents are read through them, and written by the rating page alone.

    Core lets each employee of each company read and change all ratings, also a technician
    those of the own work. Ratings of other models stay as they are.
    """

    _name = 'rating.rating'
    _inherit = ['rating.rating', 'aftersales.document.access.mixin']

    @api.model
    def _get_document_models(self):
        """Hook: return the names of the models whose ratings are read through the document.

        Called with each search and access check, as the user; modules add their own.
        """
        return (*super()._get_document_models(), 'aftersales.order')

    @api.model
    def _get_rated_parent_models(self):
        """Hook: return the names of the models of which the mean of such ratings is shown.

        Called with each access check for a change, as the user.
        """
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
