import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..tools.call_log import bare

CALL_RESULTS = ('answered', 'abandoned', 'missed', 'voicemail')
DIRECTIONS = ('in', 'out')


class AftersalesKnownWords(models.Model):
    """Words that texts and files are searched for, and what they mean.

    Requests for a certain rating are refused in messages and contact plans; the words of
    telephone systems are read by the import of call logs. They are the same for all companies.
    """

    _name = 'aftersales.known.words'
    _description = "Known Words"
    _order = 'kind, id'
    _rec_name = 'words'

    kind = fields.Selection(
        [('rating_request', "Asks for a Rating"), ('answered', "Call: Answered"),
         ('abandoned', "Call: Abandoned by Caller"), ('missed', "Call: Missed"),
         ('voicemail', "Call: Voicemail"), ('in', "Call: Incoming"), ('out', "Call: Outgoing")],
        string="Meaning", required=True, default='rating_request', index=True)
    words = fields.Text(required=True, help="One word or phrase on a line.")
    word_count = fields.Integer(string="Number of Words", compute='_compute_word_count')
    is_pattern = fields.Boolean(
        string="Regular Expressions",
        help="Each line is a regular expression; administrators write them.")
    active = fields.Boolean(default=True)

    _pattern_of_texts = models.Constraint(
        "CHECK(kind = 'rating_request' OR is_pattern IS NOT TRUE)",
        "Words of telephone systems are compared as they are, not as regular expressions.")

    @api.depends('words')
    def _compute_word_count(self):
        for record in self:
            record.word_count = len(record._get_lines())

    @api.depends('kind', 'words')
    @api.depends_context('lang')
    def _compute_display_name(self):
        labels = dict(self._fields['kind']._description_selection(self.env))
        for record in self:
            record.display_name = " · ".join(filter(None, [
                labels.get(record.kind), *record._get_lines()[:1]]))

    @api.constrains('words', 'is_pattern')
    def _check_words(self):
        for record in self:
            if not record._get_lines():
                raise ValidationError(self.env._("Write one word or phrase at least."))
            if not record.is_pattern:
                continue
            # constraints run as superuser, in the name of who writes
            if not self.env.user.has_group('base.group_system'):
                raise AccessError(self.env._(
                    "Administrators write regular expressions: ask one, or list plain phrases in "
                    "a record of their own."))
            try:
                re.compile('|'.join(record._get_lines()))
            except re.error as error:
                raise ValidationError(self.env._(
                    "This regular expression cannot be read (%(error)s): correct it.",
                    error=error)) from None

    def _get_lines(self):
        self.ensure_one()
        return [line.strip() for line in (self.words or '').splitlines() if line.strip()]

    @api.model
    def _get_request_patterns(self):
        """Return the regular expressions of requests for a certain rating.

        Called by the constraints of texts, as any user, on the model.
        """
        # what a text must not ask for is no secret to those who write it
        known = self.sudo().search([('kind', '=', 'rating_request')])
        return [
            line if words.is_pattern else r'\s+'.join(map(re.escape, line.split()))
            for words in known for line in words._get_lines()]

    @api.model
    def _get_meanings(self, kinds):
        """Return ``{bare word: kind}`` of the words of these kinds.

        Called by the import of call logs, as any user, on the model.
        """
        # the words of a telephone system are no secret to those who import its log
        known = self.sudo().search([('kind', 'in', kinds)])
        return {bare(line): words.kind for words in known for line in words._get_lines()}
