from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class AftersalesPartyMixin(models.AbstractModel):
    """A document that an outlet or another company reads and answers on the portal.

    Portal users have no rights on it: the methods here look for what is theirs, and write the
    answer alone. The model has ``partner_id``, ``outlet_id``, ``state``, ``user_id``.
    """

    _name = 'aftersales.party.mixin'
    _description = "Document Answered by Another Party"

    # states in which the other party reads the document, and in which it answers
    _READ_STATES = ()
    _ANSWER_STATES = ()

    @api.model
    def _get_party_domain(self):
        """Return the domain of the documents of the current user's company or outlets."""
        # everybody may know which outlets one leads oneself
        outlet_ids = self.env['aftersales.outlet.charge']._get_led_outlet_ids()
        company = self.env.user.partner_id.commercial_partner_id
        own = Domain('outlet_id', 'in', outlet_ids)
        if company.is_company:
            own |= Domain('outlet_id', '=', False) & Domain('partner_id', 'child_of', company.id)
        return own & Domain('state', 'in', self._READ_STATES) & self._get_shown_domain()

    @api.model
    def _get_shown_domain(self):
        """Return which documents are for the other party at all; models narrow it.

        Hook: called on the model by the page of the other party, with the rights of superuser,
        before its documents are searched. Raises nothing.
        """
        return Domain.TRUE

    @api.model
    def _find_for_party(self, record_id=None):
        """Return the documents of the current user, as superuser; nothing of others.

        The page shows them by names that are meant for the other party only.
        """
        domain = self._get_party_domain()
        if record_id is not None:
            domain &= Domain('id', '=', record_id)
        return self.sudo().search(domain)  # found by whose they are

    def _can_answer(self):
        """Return whether the other party may still answer this document."""
        self.ensure_one()
        return self.state in self._ANSWER_STATES

    def _answer_for_party(self, record_id, words):
        """Write the answer of the other party, as one of its people, who may write nothing else.

        :raise AccessError: the document is not of the user's company or outlet
        :raise UserError: nothing is written, or it is too late
        """
        document = self._find_for_party(record_id)
        if not document:
            raise AccessError(self.env._("This is no document of your company."))
        if not document._can_answer():
            raise UserError(self.env._("This was decided already and takes no more answers."))
        words = (words or '').strip()
        if not words:
            raise UserError(self.env._("Please write your answer."))
        document._ensure_free_to_move()
        document.write(document._prepare_answer_vals(words))
        document.message_post(
            body=self.env._("%(company)s answered on the portal: %(words)s",
                            company=document.partner_id.name, words=words),
            author_id=self.env.user.partner_id.id, message_type='comment',
            subtype_xmlid='mail.mt_note', partner_ids=document.user_id.partner_id.ids)
        return document

    def _prepare_answer_vals(self, words):
        """Return what an answer notes on one document.

        Hook: called by ``_answer_for_party`` for one document with the rights of superuser, after
        the check that it is the party's own. A ``UserError`` that it raises is shown on the page.
        """
        return {'answer': words}
