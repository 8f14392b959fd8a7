from odoo import models
from odoo.tools.translate import code_translations

from .aftersales_visit_mobile_actions import CODES


class ResUsers(models.Model):
    _inherit = 'res.users'

    def _is_aftersales_technician(self):
        """Whether the phone pages are for this user: by role, outlet or visits.

        Hook: called by all routes of the phone and by the portal's home, as the user (who may be a
        portal user), for one user, before anything is read. A module whose people are no
        technicians extends it by ``super() or …``. Raises nothing.
        """
        self.ensure_one()
        if self.has_group('aftersales_service.group_aftersales_technician') or (
                self._get_served_outlet_ids()):
            return True
        # portal users may not read visits; the answer is only whether one names the user
        visits = self.env['aftersales.visit'].with_user(self)
        return bool(visits.sudo().search_count(visits._get_own_domain(), limit=1))

    def _may_send_mobile_actions(self):
        """Whether this user's phone may send actions: that of a technician, now or formerly.

        Called by ``/my/jobs/actions`` as the user, for one user, before any action is read.
        Who had a visit that was given away still sends what was done without a network; each
        document decides on its own actions. Raises nothing.
        """
        self.ensure_one()
        return self._is_aftersales_technician() or bool(
            # portal users may not read assignments; the answer is only whether one names the user
            self.env['aftersales.visit.assignment'].sudo().search_count(
                [('user_id', '=', self.id)], limit=1))

    # === THE PHONE === #

    def _prepare_mobile_config(self):
        """Return what the phone page of this user knows before it reads any data.

        Hook: called by ``/my/jobs`` as the user, who may be a portal user, for one user, when the
        page is opened. The values become JSON in a page that the phone keeps: settings, choices and
        words that are the same all day, no customer's data. Modules add keys to ``super()``. Raises
        nothing.
        """
        self.ensure_one()
        lang = self.env.lang or 'en_US'
        visits, orders = self.env['aftersales.visit'], self.env['aftersales.order']
        return {
            'user_id': self.id,
            'user_name': self.name,
            'lang': lang.replace('_', '-'),
            'photo_side': self.company_id.aftersales_photo_side,
            'photo_limit': self.company_id.aftersales_photo_limit,
            'map_link': self.company_id.aftersales_map_link or '',
            'kinds': self.env['aftersales.job.action']._fields['kind'].get_values(self.env),
            'missed_reasons': visits._get_missed_reasons(),
            'diagnosis_codes': self._get_mobile_codes(),
            'test_results': orders._fields['test_result']._description_selection(self.env),
            'terms': self._get_mobile_terms(lang),
        }

    def _get_mobile_codes(self):
        """Return ``{field: [(id, name, category id)]}`` of the diagnosis codes, by their switch."""
        # the tree is the same for everybody; portal users have no access of their own
        is_used = self.env.ref('aftersales_service.group_aftersales_diagnosis') in (
            self.env.ref('base.group_user').sudo().all_implied_ids)
        codes = self.env['aftersales.diagnosis.code'].sudo().search(
            [('company_id', 'in', [False, *self.env.companies.ids])]) if is_used else ()
        found = {name: [] for name in CODES}
        for code in codes:
            found[f'{code.kind}_id'].append((code.id, code.display_name, code.categ_id.id))
        return found

    def _get_mobile_terms(self, lang):
        """Return the words of the pages of all installed modules of the suite, by source."""
        return {
            term['id']: term['string']
            for module in sorted(self.env['ir.module.module']._installed())
            if module.startswith('aftersales_')
            for term in code_translations.get_web_translations(module, lang)['messages']}

    def _get_mobile_data(self, page):
        """Return what a page of this user's phone shows, or None if there is no such page.

        Hook: called by ``/my/jobs/data[/<page>]`` as the user, who may be a portal user, for one
        user, in a read-only transaction; the phone keeps the answer for hours without a network. A
        module answers for its own page and asks ``super()`` for all others; what it reads by
        superuser it limits to what belongs to ``self.env.user``. Raises nothing.
        """
        self.ensure_one()
        if page == 'jobs':
            return {
                'jobs': self.env['aftersales.visit']._get_mobile_jobs(),
                'upcoming': self.env['aftersales.visit']._get_upcoming_jobs(),
                'reviewed': self.env['aftersales.job.action']._get_late_answers(),
            }
        return None
