import hashlib
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError


class AftersalesSentForm(models.Model):
    """What a customer sent from a form of the portal: a thumb that taps twice sends it once."""

    _name = 'aftersales.sent.form'
    _description = "Sent Form"
    _rec_name = 'key'

    key = fields.Char(required=True, readonly=True)
    res_model = fields.Char(string="Document Model", readonly=True)
    res_id = fields.Many2oneReference(
        string="Document", model_field='res_model', readonly=True)

    _key_uniq = models.Constraint('UNIQUE(key)', "A form is sent once.")

    @api.model
    def _send_once(self, answers, files, create):
        """Return the document that ``create`` makes, or made when the same form was sent before.

        The page gives its form a key of its own; the same key with other words is another
        request, and a form without a key is never the same. Called by the routes of forms that
        create a document, as the portal user, after they checked who asks.

        :param answers: the form's answers, ``form_key`` among them
        :param files: pairs of file name and content
        :param create: a function without arguments that returns one record
        :raise ConcurrencyError: the same form was sent twice at once: core repeats the request
        """
        if not answers.get('form_key'):
            return create()
        content = hashlib.sha256(repr((self.env.uid, sorted(answers.items()))).encode())
        for name, photo in files:
            content.update(name.encode() + photo)
        # a user finds only what they sent: the key holds their id
        forms_sudo = self.sudo()
        form_sudo = forms_sudo.search([('key', '=', content.hexdigest())])
        if form_sudo.res_id:
            made_sudo = forms_sudo.env[form_sudo.res_model].browse(form_sudo.res_id).exists()
            if made_sudo:
                return made_sudo
        try:
            with self.env.cr.savepoint():
                form_sudo = form_sudo or forms_sudo.create({'key': content.hexdigest()})
        except UniqueViolation as error:
            # the other request is done by now: the next try finds its document
            raise ConcurrencyError("the same form was sent twice at once") from error
        record = create()
        form_sudo.write({'res_model': record._name, 'res_id': record.id})
        return record

    @api.autovacuum
    def _gc_sent_forms(self):
        """Forget forms after a day: their pages are closed by then."""
        self.search([
            ('create_date', '<', fields.Datetime.now() - timedelta(days=1))]).unlink()
