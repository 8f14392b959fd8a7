import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AftersalesLoopRule(models.Model):
    """Which answers open a loop: a detractor, a low item, a key word; and what is done first.

    Of several rules that an answer meets the first in the list decides what is done; all of
    them are named in the reason.
    """

    _name = 'aftersales.loop.rule'
    _description = "Loop Rule"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'sequence, id'
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one('res.company', index='btree_not_null')
    kind = fields.Selection(
        [('nps', "Detractor"), ('item', "Low Item"), ('word', "Key Word")], string="Condition",
        required=True, default='item')
    threshold = fields.Integer(
        string="Up to", default=2,
        help="A recommendation from 0 to 10, or an item from 1 to 5, that is not higher.")
    words = fields.Text(
        string="Key Words", help="One in each line; an answer in words that contains one opens a "
                                 "loop.")
    action = fields.Selection(
        [('task', "Task"), ('re_service', "Re-service")], string="First Step", required=True,
        default='task', help="A task for the owner, or a second service order at once.")
    user_id = fields.Many2one(
        'res.users', string="Owner", domain=[('share', '=', False)], check_company=True,
        help="Who closes the loop. Empty: the handler of the order, else the dispatcher, else who "
             "is responsible for the wave.")

    @api.constrains('kind', 'words')
    def _check_words(self):
        for rule in self:
            if rule.kind == 'word' and not rule._get_words():
                raise ValidationError(self.env._(
                    "“%(rule)s” has no key words: enter at least one, each in its own line.",
                    rule=rule.name))

    @api.constrains('kind', 'threshold')
    def _check_threshold(self):
        """Refuse limits that no answer, or each of them, meets."""
        highest = {'nps': 9, 'item': 4}
        for rule in self:
            limit = highest.get(rule.kind)
            lowest = 0 if rule.kind == 'nps' else 1
            if limit is not None and not lowest <= rule.threshold <= limit:
                raise ValidationError(self.env._(
                    "“%(rule)s” opens a loop up to %(number)s: choose a limit from %(lowest)s to "
                    "%(highest)s.", rule=rule.name, number=rule.threshold, lowest=lowest,
                    highest=limit))

    def _get_words(self):
        """Return the key words of one rule, without empty lines."""
        self.ensure_one()
        return [word.strip() for word in (self.words or '').splitlines() if word.strip()]

    # === MATCHING === #

    @api.model
    def _match(self, user_inputs):
        """Return ``{answers: (rules, reason)}`` of those that meet a rule of their company.

        Hook: called by ``survey.user_input`` when scores were written and when a second
        interview ends, as superuser, for a batch. Extend ``_get_finding`` for a further
        condition. Raises nothing.

        :return: the rules in their order, and what they found, in words
        """
        rules = self.sudo().search(
            [('company_id', 'in', [False, *user_inputs.company_id.ids])])
        matches = {}
        for answers in user_inputs:
            found = [
                (rule, finding) for rule in rules
                if rule.company_id.id in (False, answers.company_id.id)
                and (finding := rule._get_finding(answers))]
            if found:
                matches[answers] = (
                    self.union(*(rule for rule, __ in found)),
                    " · ".join(dict.fromkeys(finding for __, finding in found)))
        return matches

    def _get_finding(self, answers):
        """Return in words why one rule applies to one set of answers; empty if it does not.

        Hook: called by ``_match`` as superuser, for one rule and one set of answers. A module
        that adds a kind answers for it here and calls ``super()`` for the others. Raises nothing.
        """
        self.ensure_one()
        if self.kind == 'nps':
            return answers.nps_class and answers.nps <= self.threshold and self.env._(
                "Recommendation: %(number)s of 10", number=answers.nps)
        lines = answers.user_input_line_ids.filtered(lambda line: not line.skipped)
        if self.kind == 'item':
            low = [
                (line.question_id, value) for line in lines
                if (value := line._get_loop_value()) and value <= self.threshold]
            return "; ".join(
                f"{question.aftersales_topic or question.title}: {value:g}"
                for question, value in low)
        text = "\n".join(filter(None, (line._get_words() for line in lines)))
        found = [word for word in self._get_words() if re.search(
            re.escape(word), text, re.IGNORECASE)]
        return found and self.env._("Key word: %(words)s", words=", ".join(found))
