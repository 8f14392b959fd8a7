from odoo.addons.web.controllers.export import ExcelExport


def _as_text(value):
    """Return a cell that a spreadsheet shows and does not compute, as core does it for CSV."""
    return f"'{value}" if isinstance(value, str) and value.startswith(('=', '{=')) else value


class AftersalesExcelExport(ExcelExport):
    """What customers wrote is exported as words, never as a formula."""

    def from_data(self, fields, columns_headers, rows):
        return super().from_data(
            fields, columns_headers, [[_as_text(value) for value in row] for row in rows])

    def from_group_data(self, fields, columns_headers, groups):
        waiting = [groups]
        while waiting:
            group = waiting.pop()
            group.data = [[_as_text(value) for value in row] for row in group.data]
            waiting.extend(group.children.values())
        return super().from_group_data(fields, columns_headers, groups)
