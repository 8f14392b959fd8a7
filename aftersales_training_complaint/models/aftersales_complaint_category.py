from odoo import fields, models


class AftersalesComplaintCategory(models.Model):
    """What a category of complaints says about what people should learn."""

    _inherit = 'aftersales.complaint.category'

    training_course_id = fields.Many2one(
        'aftersales.training.course', index='btree_not_null', check_company=True,
        help="A founded complaint of the category, or of one below, proposes it to the "
             "technician of the order.")

    def _get_training_course(self):
        """Return the course of this category, else of the nearest one above it."""
        category = self
        while category and not category.training_course_id:
            category = category.parent_id
        return category.training_course_id
