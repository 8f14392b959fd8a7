from odoo.http import Controller, content_disposition, request, route

XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'


class AftersalesImportTemplates(Controller):
    """The sheets that Odoo's import offers for opening data."""

    @route('/aftersales_service/import-template/<string:model>.xlsx', type='http', auth='user',
           methods=['GET'], readonly=True)
    def import_template(self, model):
        """Return the sheet of a model that has one, to users who may fill it in."""
        records = request.env.get(model)
        if records is None or not hasattr(records, '_get_import_sheet') or not (
                request.env.user._is_internal() and records.has_access('create')):
            raise request.not_found()
        name = request.env['ir.model']._get(model).name
        return request.make_response(records._get_import_sheet(), [
            ('Content-Type', XLSX),
            ('Content-Disposition', content_disposition(f'{name}.xlsx'))])
