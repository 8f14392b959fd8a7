from datetime import date, timedelta

from odoo import api, fields, models

BATCH = 1000
WINDOW = 90  # days around a launch, and after an end, in which needs are proposed
EXPERIENCE = 365  # days: whose orders show which products somebody serves


class AftersalesTrainingNeed(models.Model):
    """What finds needs each night: posts, certificates that end, repeat repairs, new products."""

    _inherit = 'aftersales.training.need'

    @api.model
    def _cron_propose(self):
        """Propose what people lack, in batches that are kept when the job is stopped."""
        for company in self.env['res.company'].search([('active', '=', True)]):
            # one company at a time: its days, its settings
            proposals = self.with_company(company)._find_all(company)
            for start in range(0, len(proposals), BATCH):
                self._propose(proposals[start:start + BATCH])
                self.env['ir.cron']._commit_progress(
                    1, remaining=max(len(proposals) - start - BATCH, 0))

    def action_propose(self):
        """Look now for what people of the current company lack, and show the open needs."""
        self.check_access('create')
        company = self.env.company
        # the right to write needs was checked; where they come from is read in sets
        needs = self.sudo()
        known = needs.search_count([('company_id', '=', company.id)])
        needs._propose(needs._find_all(company))
        if needs.search_count([('company_id', '=', company.id)]) > known:
            return self.env['ir.actions.act_window']._for_xml_id(
                'aftersales_training.aftersales_training_need_action')
        return {
            'type': 'ir.actions.client', 'tag': 'display_notification',
            'params': {
                'type': 'info', 'title': self.env._("No new needs"),
                'message': self.env._(
                    "All that people lack by now stands among the needs already.")}}

    @api.model
    def _find_all(self, company):
        """Return the proposals of all sources for a company; see ``_propose``.

        Hook: called by the nightly job and the button, as superuser, for one company, in sets: no
        query per person. Extend it by the needs of your own source. Raises nothing.
        """
        sheets = self.env['aftersales.training.requirement'].search(
            [('company_id', '=', company.id)])
        return [
            *sheets._find_lacking(), *self._find_expiring(company), *self._find_repeats(company),
            *self._find_new_products(company)]

    # === CERTIFICATES THAT END === #

    @api.model
    def _find_expiring(self, company):
        today = company._get_aftersales_day(fields.Datetime.now())
        soon = today + timedelta(days=company.training_renewal_days)
        certificates = self.env['aftersales.certificate'].search_fetch([
            ('company_id', '=', company.id), ('kind', '!=', 'temporary'),
            ('user_id.active', '=', True),
            ('state', 'in', ('valid', 'expiring', 'expired')),
            ('valid_until', '>=', today - timedelta(days=WINDOW)), ('valid_until', '<=', soon)],
            ['user_id', 'skill_id', 'course_id', 'valid_until'])
        return self._prepare_renewals(certificates)

    @api.model
    def _prepare_renewals(self, certificates):
        """Return the proposals that renew certificates which no later one follows.

        As superuser. Skills that no course grants are left out.
        """
        companies, skills = certificates.company_id, certificates.skill_id
        courses = self.env['aftersales.training.course']._get_of_skills(skills, companies)
        last = {}
        for held in certificates.search_fetch([
                ('user_id', 'in', certificates.user_id.ids), ('skill_id', 'in', skills.ids),
                ('company_id', 'in', companies.ids), ('kind', '!=', 'temporary'),
                ('state', 'in', ('valid', 'expiring'))],
                ['user_id', 'skill_id', 'company_id', 'valid_until']):
            key = held.user_id, held.skill_id, held.company_id
            last[key] = max(held.valid_until or date.max, last.get(key, date.min))
        return [
            {'user_id': certificate.user_id.id, 'course_id': course.id,
             'company_id': certificate.company_id.id, 'origin': 'expiring',
             'date_deadline': certificate.valid_until, 'res_model': certificate._name,
             'res_id': certificate.id}
            for certificate in certificates.filtered('valid_until')
            if (course := courses.get((certificate.skill_id, certificate.company_id)))
            and last.get((certificate.user_id, certificate.skill_id, certificate.company_id),
                         date.min) <= certificate.valid_until]

    # === REPEAT REPAIRS === #

    @api.model
    def _find_repeats(self, company):
        """Propose the courses of a category to technicians whose repairs did not hold.

        The evidence is the repair that did not hold, not the one that mended it.
        """
        if not company.training_repeat_count:
            return []
        since = fields.Datetime.now() - timedelta(days=company.training_repeat_days)
        rows = self.env['aftersales.order.report']._read_group([
            ('company_id', '=', company.id), ('date_event', '>=', since),
            ('came_back', '=', 1), ('technician_id.active', '=', True)],
            ['technician_id', 'categ_id'], ['id:array_agg'],
            having=[('__count', '>=', company.training_repeat_count)])
        courses = self._get_category_courses(company, {
            category for __, category, __ in rows if category})
        return [
            {'user_id': technician.id, 'course_id': course.id, 'company_id': company.id,
             'origin': 'repeat', 'res_model': 'aftersales.order', 'res_id': max(order_ids)}
            for technician, category, order_ids in rows for course in courses.get(category, ())]

    @api.model
    def _get_category_courses(self, company, categories):
        """Return ``{category: courses}`` that teach its products, or those of a category above."""
        courses = self.env['aftersales.training.course'].search([
            ('category_ids', 'parent_of', [category.id for category in categories]),
            ('company_id', 'in', [company.id, False])]) if categories else ()
        return {
            category: [course for course in courses if any(
                category.parent_path.startswith(above.parent_path)
                for above in course.category_ids)]
            for category in categories}

    # === NEW PRODUCTS === #

    @api.model
    def _find_new_products(self, company):
        """Propose courses on new products to who serves products of the same categories."""
        today = company._get_aftersales_day(fields.Datetime.now())
        courses = self.env['aftersales.training.course'].search([
            ('product_ids', '!=', False), ('company_id', 'in', [company.id, False]),
            ('launch_date', '>=', today - timedelta(days=WINDOW)),
            ('launch_date', '<=', today + timedelta(days=WINDOW))])
        if not courses:
            return []
        since = fields.Datetime.now() - timedelta(days=EXPERIENCE)
        categories = courses.product_ids.categ_id
        served = {}
        for technician, category in self.env['aftersales.order']._read_group([
                ('company_id', '=', company.id), ('date_event', '>=', since),
                ('technician_id.active', '=', True),
                ('product_id.categ_id', 'in', categories.ids)],
                ['technician_id', 'product_id.categ_id']):
            served.setdefault(category, set()).add(technician.id)
        people = self.env['res.users'].browse(set().union(*served.values()))
        fulfilled = courses._get_fulfilled(people, company)
        return [
            {'user_id': user_id, 'course_id': course.id, 'company_id': company.id,
             'origin': 'product', 'date_deadline': course.launch_date,
             'res_model': 'product.template', 'res_id': product.id}
            for course in courses for product in course.product_ids
            for user_id in sorted(served.get(product.categ_id, ()))
            if (user_id, course.id, company.id) not in fulfilled]
