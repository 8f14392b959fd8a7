from odoo.http import content_disposition, request, route

from odoo.addons.aftersales_service.controllers.documents import DocumentPortal
from odoo.addons.aftersales_service.controllers.form import is_id, read_answers, read_photos

MODEL, BOX = 'aftersales.old.part', 'aftersales.old.part.box'
URL = '/my/outlet/old-parts'


class OldPartPortal(DocumentPortal):
    """The page on which an outlet's people see, pack and send the old parts they must return."""

    @route(URL, type='http', auth='user', website=True)
    def portal_my_old_parts(self, **kwargs):
        self._ensure_outlet()
        return request.render('aftersales_parts.portal_my_old_parts', self._prepare_outlet_values(
            'old_parts', parts=request.env[MODEL]._search_for_holder(),
            boxes=self._find_boxes([], limit=12)))

    @route(f'{URL}/pack', type='http', auth='user', website=True, methods=['POST'])
    def portal_pack_old_parts(self, **form):
        """Pack and send the chosen parts, or all; a refusal is shown on the page."""
        self._ensure_outlet()
        chosen = request.httprequest.form.getlist('part')
        ids = [int(value) for value in chosen if value.isascii() and value.isdecimal()
               and is_id(int(value))]
        answers = read_answers(form)
        return self._act_on_old_parts(lambda parts: parts._pack_for_holder(
            parts._search_for_holder().ids if form.get('all') else ids,
            answers.get('carrier'), answers.get('waybill')))

    @route(f'{URL}/<int:part_id>/destroy', type='http', auth='user', website=True,
           methods=['POST'])
    def portal_destroy_old_part(self, part_id, **form):
        """Take the photo of a part that was destroyed on site."""
        self._ensure_outlet()
        if not is_id(part_id):
            raise request.not_found()
        return self._act_on_old_parts(
            lambda parts: parts._destroy_for_holder(part_id, read_photos()))

    @route(f'{URL}/box/<int:box_id>', type='http', auth='user', website=True)
    def portal_old_part_box(self, box_id, **kwargs):
        """Print the packing list of a box."""
        self._ensure_outlet()
        box_sudo = self._find_boxes([('id', '=', box_id)]) if is_id(box_id) else None
        if not box_sudo:
            raise request.not_found()
        return self._print('action_report_old_part_box', box_sudo, box_sudo.name)

    @route(f'{URL}/tags', type='http', auth='user', website=True)
    def portal_old_part_tags(self, **kwargs):
        """Print the tags of the old parts that the outlet's people still have."""
        self._ensure_outlet()
        parts_sudo = request.env[MODEL]._search_for_holder()
        if not parts_sudo:
            raise request.not_found()
        return self._print(
            'action_report_old_part_tag', parts_sudo, request.env._("Tags of Old Parts"))

    def _print(self, report, records_sudo, name):
        """Return the paper of records that were found for the visitor, in their language."""
        content, __ = request.env['ir.actions.report'].sudo()._render_qweb_pdf(
            f'aftersales_parts.{report}', records_sudo.ids)
        return request.make_response(content, [
            ('Content-Type', 'application/pdf'), ('Content-Length', str(len(content))),
            ('Content-Disposition', content_disposition(
                f'{name}.pdf', disposition_type='inline'))])

    def _find_boxes(self, domain, limit=None):
        """Return boxes of the visitor's outlets as superuser."""
        # the people of a company's own outlet are employees, who own no rights on boxes
        return request.env[BOX].sudo().search(
            [('outlet_id', 'in', self._get_outlet_ids()), *domain], limit=limit)

    def _get_outlet_ids(self):
        return request.env.user._get_served_outlet_ids()

    def _ensure_outlet(self):
        if not self._get_outlet_ids():
            raise request.not_found()

    def _act_on_old_parts(self, action):
        self._do_or_hide(lambda: action(request.env[MODEL]))
        return request.redirect(URL)
