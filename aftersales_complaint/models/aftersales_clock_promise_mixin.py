from odoo import fields, models

# what the customer is promised, or the law and others ask for
CUSTOMER_KINDS = [
    ('complaint_response', "First Response to a Complaint"),
    ('complaint_feedback', "First Feedback on a Complaint"),
    ('complaint_solution', "Solution of a Complaint"),
    ('complaint_law', "Legal Period of a Demand"),
    ('complaint_platform', "Answer to the Platform"),
    ('complaint_authority', "Answer to the Authority"),
    ('complaint_injury', "Report of an Injury"),
    ('complaint_grievance', "Grievance Settled by the Outlet"),
]
# what our own steps take
STEP_KINDS = [
    ('complaint_taken', "Complaint Taken by a Handler"),
    ('complaint_register', "Complaint Registered and Judged"),
    ('complaint_to_quality', "Complaint Passed to the Unit"),
    ('complaint_quality', "Cause Found by Quality"),
    ('complaint_production', "Statement of Production"),
    ('complaint_development', "Opinion of Development"),
    ('complaint_check', "Loss and Liability Checked"),
    ('complaint_proposal', "Solution Proposed"),
    ('complaint_approval', "Proposal Approved"),
    ('complaint_inform', "Customer Informed"),
]


class AftersalesClockPromiseMixin(models.AbstractModel):
    """The promises of complaints: those to the customer, and those of our own steps."""

    _inherit = 'aftersales.clock.promise.mixin'

    kind = fields.Selection(
        selection_add=[*CUSTOMER_KINDS, *STEP_KINDS],
        ondelete={kind: 'cascade' for kind, __ in CUSTOMER_KINDS + STEP_KINDS})
