from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ..tools.words import is_token
from .form import read_answers

# what core's pages take of an address: notices, and the recipient of a mail
PAGE_ARGS = frozenset({'error', 'warning', 'success', 'pid', 'hash'})


class DocumentPortal(CustomerPortal):
    """What the customer's lists and pages of orders, returns and warranty cards share.

    A further module derives its portal from this class; a document is opened and listed by
    these methods alone, so no page forgets a check.
    """

    def _get_own_domain(self):
        """Return the domain of the visitor's own documents, as a customer.

        It leaves out what the user sees as one of an outlet's people. Hook to call: by routes of
        lists and counters, as the user, for one model. Raises nothing.
        """
        return [('partner_id', 'child_of', request.env.user.commercial_partner_id.id)]

    def _count_documents(self, model, domain):
        """Return how many the visitor reads; none of a model that is not for them.

        Hook to call: by ``_prepare_home_portal_values`` of a portal, as the user, for one model.
        Raises nothing.
        """
        records = request.env[model]
        return records.search_count(domain) if records.has_access('read') else 0

    def _prepare_list_values(self, model, domain, url, page, order=None, **url_args):
        """Return the records of one page of a list, and the values of the frame around them.

        Hook to call: by the route of a list, as the user, for one model. The records are found by
        the user's own rules, and returned as superuser for the page.

        :raise AccessError: the user may not read the model
        """
        records = request.env[model]
        page_info = pager(
            url=url, url_args=url_args, page=page, step=self._items_per_page,
            total=records.search_count(domain))
        found = records.search(
            domain, order=order, limit=self._items_per_page, offset=page_info['offset'])
        # found by the customer's own rule
        return found.sudo(), self._prepare_portal_layout_values() | {
            'default_url': url, 'pager': page_info}

    def _open_document(self, model, record_id, access_token=None):
        """Return a record that the visitor may see, as superuser, or 404.

        Hook to call: first by each route of a page or an action on it, as the user or a visitor
        with the key, for one record.

        :raise NotFound: the record does not exist, or the visitor has neither right nor key
        """
        try:
            return self._document_check_access(model, record_id, access_token)
        except (AccessError, MissingError):
            # the same answer for a record of somebody else and for none: no hint
            raise request.not_found() from None

    def _check_is_customer(self, model, record_id, access_token):
        """Return the visitor's own document as superuser, by their login or its key.

        The outlet's people and the desk may read it, but not act as its customer. Hook to call: by
        routes on which a customer acts, as the user or a visitor with the key, for one record.

        :raise AccessError: the document is not the visitor's own
        :raise MissingError: there is no such document
        """
        document_sudo = self._document_check_access(model, record_id, access_token)
        if not is_token(access_token, document_sudo.access_token) and not (
                document_sudo.filtered_domain(self._get_own_domain())):
            raise AccessError(request.env._("This document is not yours."))
        return document_sudo

    def _act_as_customer(self, model, record_id, access_token, done, action, **answers):
        """Let the customer act on a document of their own; a refusal is shown on its page.

        Hook to call: by the routes of a page's forms, as the user or a visitor with the key, for
        one record.

        :param done: the notice that the page shows afterwards
        :param action: a function of the document, as superuser, and of the answers
        :raise NotFound: the document is not the visitor's own, or does not exist
        """
        try:
            document_sudo = self._check_is_customer(model, record_id, access_token)
        except (AccessError, MissingError):
            raise request.not_found() from None
        is_done = self._do_or_refuse(lambda: action(document_sudo, **read_answers(answers)))
        notice = done if is_done else 'refused'
        return request.redirect(document_sudo.get_portal_url(query_string=f'&notice={notice}'))

    def _prepare_outlet_values(self, section, counts=None, **values):
        """Return what each page of an outlet's people shows, and ``values``.

        The refusal of a form is shown once. Hook to call: by routes of ``/my/outlet``, as the
        user, after they checked whom the user serves, for one request. Raises nothing.

        :param section: the entry of the menu of these pages
        :param counts: the numbers in that menu, where they are known already
        """
        return {
            **self._prepare_portal_layout_values(), 'page_name': 'outlet', 'section': section,
            'counts': counts or request.env['aftersales.order']._count_for_outlet(),
            'leads_outlet': bool(request.env['aftersales.outlet.charge']._get_led_outlet_ids()),
            'refusal': request.session.pop('aftersales_refusal', None), **values}

    def _do_or_refuse(self, action):
        """Do what a form asks for and return whether it was done.

        A refusal undoes it; its sentence is shown on the page that follows. Hook to call: by the
        routes of forms, as the user, after their own checks, for one request. Raises nothing.

        :param action: a function without arguments; a sentence that it returns is shown as well,
            while what it wrote is kept
        """
        try:
            with request.env.cr.savepoint():
                refusal = action()
        except UserError as error:
            refusal = error.args[0]
        is_refused = isinstance(refusal, str)
        if is_refused:
            request.session['aftersales_refusal'] = refusal
        return not is_refused

    def _do_or_hide(self, action):
        """Do as ``_do_or_refuse``; what is not for the visitor does not exist.

        Hook to call: by the routes of forms whose action itself asks whose the record is, as the
        user, for one request.

        :raise NotFound: the action raised an ``AccessError``
        """
        def act():
            try:
                return action()
            except AccessError:
                raise request.not_found() from None
        return self._do_or_refuse(act)

    def _read_page_args(self, kwargs):
        """Return what core's page values take of an address; other words are not for them.

        Hook to call: by routes of pages that hand their arguments on, as the user, for one
        request. Raises nothing.
        """
        return {name: kwargs[name] for name in PAGE_ARGS & kwargs.keys()}

    def _get_opening_key(self, document_sudo, access_token):
        """Return the key for the page's chatter; none of an old link that a login goes with.

        Hook to call: by the route of a page after ``_open_document``, as the user or a visitor, for
        one record. Raises nothing.
        """
        return access_token if is_token(access_token, document_sudo.access_token) else None
