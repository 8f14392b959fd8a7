from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date


class AftersalesWarrantyCover(models.Model):
    """The queue of covers whose owners were not reminded of the end yet."""

    _inherit = 'aftersales.warranty.cover'

    @api.model
    def _cron_notify_ends(self, batch_size=500):
        """Notify owners and sales of warranties that end, one committed batch at a time."""
        domain = self._get_unnotified_domain()
        cron = self.env['ir.cron']
        cron._commit_progress(remaining=self.search_count(domain))
        while covers := self.search(
                domain, order='date_end, id', limit=batch_size).try_lock_for_update(
                    allow_referencing=True):
            covers._notify_end()  # takes the batch out of the domain
            if not cron._commit_progress(len(covers)):
                break

    @api.model
    def _get_unnotified_domain(self):
        """Return the covers of whole units that end within the company's days, not reminded."""
        now = fields.Datetime.now()
        # the cron reminds the owners of every company
        companies = self.env['res.company'].sudo().search([('aftersales_expiry_days', '>', 0)])
        ends = []
        for company in companies:
            today = company._get_aftersales_day(now)
            last = fields.Date.add(today, days=company.aftersales_expiry_days)
            ends.append(Domain('company_id', '=', company.id)
                        & Domain('date_end', '>=', today) & Domain('date_end', '<=', last))
        return Domain.OR(ends) & Domain('kind', '=', 'whole_unit') & Domain(
            'date_notified', '=', False)

    def _notify_end(self):
        """Notify of the covers after which the unit has none; note that all were looked at."""
        self.date_notified = fields.Date.context_today(self)
        last = self.filtered(
            lambda cover: not cover.void_date and cover.warranty_id.state == 'covered'
            and cover.date_end == cover.warranty_id.date_end and cover.warranty_id.partner_id)
        last.warranty_id._notify_customer('expiring')
        last.filtered('company_id.is_aftersales_expiry_lead')._create_leads()

    def _create_leads(self):
        """Give sales one opportunity per customer; an open one takes further units up."""
        # sales decides what becomes of it; the cron and the desk own no sales rights
        covers = self.sudo().filtered(lambda cover: not cover.lead_id)
        groups = covers.grouped(lambda cover: (
            cover.company_id, cover.warranty_id.partner_id.commercial_partner_id))
        open_leads = self._get_open_leads([owner for __, owner in groups])
        leads = self.env['crm.lead'].sudo().create([
            covers._prepare_lead_vals(owner) for (company, owner), covers in groups.items()
            if (company, owner) not in open_leads])
        made = {(lead.company_id, lead.partner_id.commercial_partner_id): lead for lead in leads}
        for key, ending in groups.items():
            lead = open_leads.get(key) or made[key]
            ending.lead_id = lead
            if key in open_leads:
                lead.message_post(body=ending._describe_ends())

    def _get_open_leads(self, owners):
        """Return ``{(company, owner): lead}`` of the open opportunities of ending warranties."""
        leads = self.env['crm.lead'].sudo().search([
            ('partner_id', 'child_of', [owner.id for owner in owners]),
            ('won_status', '=', 'pending'), ('warranty_cover_ids', '!=', False)])
        return {(lead.company_id, lead.partner_id.commercial_partner_id): lead for lead in leads}

    def _prepare_lead_vals(self, owner):
        card = self[0].warranty_id
        return {
            'type': 'opportunity',
            'name': self.env._(
                "Warranty extension: %(customer)s", customer=owner.display_name),
            'partner_id': card.partner_id.id if len(self.warranty_id.partner_id) == 1 else (
                owner.id),
            'company_id': card.company_id.id,
            'user_id': False,
            'description': self._describe_ends(),
        }

    def _describe_ends(self):
        """Return which units lose their warranty when, one a line."""
        return Markup("<br/>").join(self.env._(
            "%(card)s · %(product)s: ends on %(day)s", card=cover.warranty_id.name,
            product=cover.warranty_id.product_id.display_name,
            day=format_date(self.env, cover.date_end)) for cover in self)
