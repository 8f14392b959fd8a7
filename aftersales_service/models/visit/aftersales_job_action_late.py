import base64
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.words import read_id
from ..base.roles import DISPATCHER
from .aftersales_job_action import MALFORMED

_logger = logging.getLogger(__name__)


class AftersalesJobAction(models.Model):
    """A phone action that came too late keeps what it brought until a dispatcher decides."""

    _inherit = 'aftersales.job.action'

    state = fields.Selection(
        selection_add=[('late', "To Review"), ('discarded', "Discarded")],
        ondelete={'late': 'set default', 'discarded': 'set default'})
    late_id = fields.Many2one(
        'aftersales.late.work', string="Late Work", readonly=True, index='btree_not_null',
        ondelete='set null')
    sequence = fields.Integer(
        string="Order of Taps", readonly=True, help="In which order late work came.")
    payload = fields.Json(readonly=True, groups=DISPATCHER)
    content = fields.Text(
        string="What Came", readonly=True, groups=DISPATCHER,
        help="Kept until a dispatcher decides; what was applied stands on the order.")
    content_words = fields.Text(
        string="What Came in Words", compute='_compute_content_words', groups=DISPATCHER)

    @api.depends('payload')
    @api.depends_context('lang')
    def _compute_content_words(self):
        """Say what came in the words of the reader, who may not read each record behind it."""
        for action in self:
            # the payload is for dispatchers; names alone are added to it
            action.content_words = "\n".join(
                action.sudo()._describe_value(name, value)
                for name, value in (action.payload or {}).get('values', {}).items()
                if value not in (None, '', False))

    def _keep_late(self, payload, claim):
        """Keep what the action that this entry logs brought, until a dispatcher decides.

        What cannot wait for that, such as an accident, is done at once if it can be.

        :param claim: what ``_find_late_claim`` of the visit found
        """
        self.ensure_one()
        work = self.env['aftersales.late.work'].with_user(self.user_id)._find_or_create(claim)
        kept = work._keep_payload(self.kind, payload)
        self.write({
            'state': 'late', 'late_id': work.id, 'payload': kept,
            'sequence': len(work.action_ids) + 1,
            'content': self._describe_values(kept['values']), 'message': work._get_sentence()})
        if self.kind in self.env['aftersales.visit']._get_urgent_kinds():
            self._apply_late()

    @api.model
    def _describe_values(self, values):
        """Return the words and figures of an action, for a reader."""
        fields_ = self.env['aftersales.order']._fields
        return "\n".join(
            f"{fields_[name]._description_string(self.env) if name in fields_ else name}: {value}"
            for name, value in values.items() if value not in (None, '', False))

    @api.model
    def _get_payload_fields(self):
        """Return ``{name in a payload: (model, field)}``: in whose words it is shown.

        Hook: called by ``content_words``, as superuser, on the model; extend by ``super() | {…}``.
        An ``id`` is shown as its record. What is not listed is looked for on the order. Raises
        nothing.
        """
        checks, parts = 'aftersales.checklist.line', 'stock.move'
        return {
            'product_id': (parts, 'product_id'), 'quantity': (parts, 'product_uom_qty'),
            'move_id': (parts, 'id'), 'check_id': (checks, 'id'), 'result': (checks, 'result'),
            'note': (checks, 'note'), 'name': ('product.product', 'name'),
            'missed_reason': ('aftersales.visit', 'missed_reason'),
            'missed_note': ('aftersales.visit', 'missed_note')}

    def _describe_value(self, name, value):
        """Return one value of a payload with its label in the language of the environment."""
        model, field_name = self._get_payload_fields().get(name, ('aftersales.order', name))
        field = self.env[model]._fields.get(field_name)
        if not field:
            return f'{name}: {value}'
        if field_name == 'id':
            label = self.env['ir.model']._get(model).name
            comodel = self.env[model]
        else:
            label = field._description_string(self.env)
            comodel = field.type == 'many2one' and self.env[field.comodel_name]
        if field.type == 'selection':
            value = dict(field._description_selection(self.env)).get(value, value)
        elif comodel is not False and read_id(value):
            value = comodel.browse(read_id(value)).exists().display_name or value
        return f'{label}: {value}'

    def _apply_late(self):
        """Do a kept action in its technician's name, or note why not; called as superuser."""
        self.ensure_one()
        try:
            visit = self.late_id._get_target_visit(self.order_id)
            visit = visit.with_user(self.user_id).sudo().with_company(visit.company_id)
            order = visit.order_ids & visit.env['aftersales.order'].browse(self.order_id.id)
            with self.env.cr.savepoint():
                visit._ensure_late_applicable(self.kind, order)
                refusal = visit._do_mobile_action(
                    self.kind, order, self._restore_payload(),
                    self._limit_moment(self.date_tapped, visit))
                if isinstance(refusal, str) and refusal:
                    raise UserError(refusal)
        except UserError as error:
            self.message = str(error.args[0])
            return
        except MALFORMED:
            _logger.warning("phone action %s: cannot be applied", self.uuid, exc_info=True)
            self.message = self.env._("The phone sent something unreadable.")
            return
        # what was applied stands where it belongs; a legal hold keeps what the phone sent as well
        if self.late_id.filtered_domain(self.late_id._get_free_domain()):
            self._get_pictures().unlink()
            self.write({'payload': False, 'content': False})
        self.write({'state': 'done', 'message': False})

    def _get_pictures(self):
        """Return the pictures of these actions; those of their own late work only."""
        ids = [picture for action in self
               for picture in (action.payload or {}).get('pictures', {}).values()]
        return self.env['ir.attachment'].search([
            ('id', 'in', ids), ('res_model', '=', 'aftersales.late.work'),
            ('res_id', 'in', self.late_id.ids)])

    def _restore_payload(self):
        """Return what the phone sent, pictures included."""
        kept = self.payload or {'values': {}, 'pictures': {}}
        pictures = {picture.id: picture for picture in self._get_pictures()}
        if set(kept['pictures'].values()) - pictures.keys():
            raise UserError(self.env._("The picture of this action was erased."))
        return kept['values'] | {
            name: base64.b64encode(pictures[picture].raw).decode()
            for name, picture in kept['pictures'].items()}

    def _get_kind_label(self):
        return dict(self._fields['kind']._description_selection(self.env)).get(self.kind, "")

    @api.model
    def _get_late_answers(self):
        """Return what became of the current user's late actions, for the phone that keeps them."""
        # the log is the user's own by its user
        reviewed = self.sudo().search(
            [('user_id', '=', self.env.uid), ('late_id', '!=', False),
             ('late_id.state', '!=', 'to_review')], order='id desc', limit=200)
        return [
            {'uuid': entry.uuid, 'status': entry.state, 'message': entry.message or ""}
            for entry in reviewed]
