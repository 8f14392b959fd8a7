from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import ormcache

from odoo.addons.aftersales_service.tools.initials import pinyin_initials

from ..tools.article_match import ArticleFacts, best, plain_words
from .roles import OFFICER

STATES = [
    ('draft', "Draft"), ('submitted', "To Review"), ('published', "Published"),
    ('withdrawn', "Withdrawn")]
# what only the office decides on; the words of a case are its author's until it is submitted
OFFICE_FIELDS = frozenset({'owner_id', 'review_date'})
# what is searched in each language
WORDS = ('name', 'fault', 'cause', 'remedy')


class AftersalesArticle(models.Model):
    """A fault, its cause and its remedy, as colleagues found them.

    A case that a technician sends in is an article to review: an officer completes it, names an
    owner and the day on which it is looked at again, and publishes it; its author is named on it.
    Published articles are read by colleagues and, on their phones, by outlets' technicians.
    """

    _name = 'aftersales.article'
    _description = "Knowledge Article"
    _inherit = [
        'aftersales.revocation.mixin', 'mail.thread', 'mail.activity.mixin',
        'aftersales.state.mixin', 'aftersales.cached.mixin', 'aftersales.mobile.mixin',
        'aftersales.number.mixin']
    _order = 'id desc'
    _rec_names_search = ['code', 'search_text']
    _check_company_auto = True
    _number_field = 'code'

    _TRANSITIONS = {
        'submitted': {'draft'},
        'draft': {'submitted', 'withdrawn'},
        'published': {'draft', 'submitted', 'withdrawn'},
        'withdrawn': {'published', 'submitted'},
    }
    _STAMPS = {'published': 'date_published'}
    _uncached_fields = frozenset({'message_main_attachment_id', 'review_date', 'owner_id'})

    name = fields.Char(string="Title", required=True, translate=True, tracking=True)
    code = fields.Char(
        string="Number", readonly=True, copy=False, index='trigram', protected=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        'res.company', index=True, default=lambda self: self.env.company,
        help="Empty: for all companies.")
    state = fields.Selection(
        STATES, string="Status", default='draft', required=True, readonly=True, index=True,
        copy=False, protected=True, tracking=True)
    fault = fields.Text(translate=True, help="How it shows, and what the customer says.")
    cause = fields.Text(translate=True)
    remedy = fields.Html(translate=True, help="What to do, step by step.")

    # What it is about
    code_ids = fields.Many2many(
        'aftersales.diagnosis.code', 'aftersales_article_code_rel', 'article_id', 'code_id',
        string="Diagnosis Codes", help="Orders with one of these codes suggest it.")
    product_tmpl_ids = fields.Many2many(
        'product.template', 'aftersales_article_product_rel', 'article_id', 'product_id',
        string="Products", help="Suggested for these products only.")
    categ_ids = fields.Many2many(
        'product.category', 'aftersales_article_categ_rel', 'article_id', 'categ_id',
        string="Product Categories", help="And for the products of these categories.")
    course_ids = fields.Many2many(
        'aftersales.training.course', 'aftersales_article_course_rel', 'article_id', 'course_id',
        string="Courses", help="Where it is taught.")
    search_text = fields.Text(compute='_compute_search_text', store=True, index='trigram')

    # Who
    author_id = fields.Many2one(
        'res.users', readonly=True, copy=False, protected=True, index=True,
        default=lambda self: self.env.user)
    owner_id = fields.Many2one(
        'res.users', index='btree_not_null', domain=[('share', '=', False)], tracking=True,
        help="Looks at it again on the day of the review.")
    review_date = fields.Date(string="Review on", copy=False, index=True, tracking=True)
    date_published = fields.Datetime(
        string="Published on", readonly=True, copy=False, protected=True)
    order_id = fields.Many2one(
        'aftersales.order', string="From Order", readonly=True, copy=False, protected=True,
        index='btree_not_null', groups=OFFICER)

    # What it is worth
    order_ids = fields.Many2many(
        'aftersales.order', 'aftersales_article_order_rel', 'article_id', 'order_id',
        string="Used on", readonly=True, copy=False, link_access='write', groups=OFFICER)
    use_count = fields.Integer(
        string="Uses", compute='_compute_use_count', store=True, protected=True)
    vote_ids = fields.One2many(
        'aftersales.article.vote', 'article_id', readonly=True, copy=False, protected=True,
        groups=OFFICER)
    helped_count = fields.Integer(
        string="Helped", compute='_compute_votes', store=True, protected=True)
    unhelpful_count = fields.Integer(
        string="Did Not Help", compute='_compute_votes', store=True, protected=True)
    has_my_vote = fields.Boolean(compute='_compute_has_my_vote')

    # === COMPUTES === #

    @api.depends('code', 'name')
    def _compute_display_name(self):
        for article in self:
            article.display_name = " ".join(filter(None, [article.code, article.name]))

    @api.depends(*WORDS, 'code_ids.name', 'code_ids.code', 'product_tmpl_ids.name')
    def _compute_search_text(self):
        """Gather the words of all languages, and what Chinese titles are typed as."""
        words = {article: {} for article in self}
        for code, __ in self.env['res.lang'].get_installed():
            for article in self.with_context(lang=code):
                found = words[article]
                found |= dict.fromkeys(plain_words(article[name]) for name in WORDS)
                found |= dict.fromkeys((
                    *article.code_ids.mapped('display_name'),
                    *article.product_tmpl_ids.mapped('name')))
                found[pinyin_initials(article.name or '')] = None
        for article in self:
            article.search_text = " ".join(filter(None, words[article]))

    @api.depends('order_ids')
    def _compute_use_count(self):
        for article in self:
            article.use_count = len(article.order_ids)

    @api.depends('vote_ids.is_helpful')
    def _compute_votes(self):
        for article in self:
            helped = len(article.vote_ids.filtered('is_helpful'))
            article.helped_count = helped
            article.unhelpful_count = len(article.vote_ids) - helped

    @api.depends_context('uid')
    def _compute_has_my_vote(self):
        # one's own vote
        voted = self.env['aftersales.article.vote'].sudo().search(
            [('article_id', 'in', self.ids), ('user_id', '=', self.env.uid)]).article_id
        for article in self:
            article.has_my_vote = article in voted

    # === WHO CHANGES WHAT === #

    @api.model
    def _get_reader_fields(self):
        return super()._get_reader_fields() | {'owner_id'}

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        if self.env.user.has_group(OFFICER) or (
                self.state == 'published' and self.owner_id == self.env.user):
            return locked
        return locked | OFFICE_FIELDS if self.state == 'draft' else locked | self._get_all_but()

    def _get_locked_message(self):
        return self.env._(
            "The office and the owner of an article change it from here on: write a comment below")

    # === STEPS === #

    def action_submit(self):
        """Hand the cases over to the office."""
        self._set_state('submitted')

    def action_publish(self):
        """Let colleagues and outlets' technicians read the articles."""
        self._set_state('published')

    def action_send_back(self):
        """Give the articles back to their authors."""
        self._set_state('draft')

    def action_withdraw(self):
        """Take the articles from the readers."""
        self._set_state('withdrawn')

    def action_reviewed(self):
        """Note that the articles are still right, for another year."""
        self._refuse_where(
            lambda article: article.state != 'published',
            self.env._("Only what is published is reviewed"))
        for article in self:
            article.review_date = fields.Date.add(
                fields.Date.context_today(article), years=1)
        self.activity_feedback(['aftersales_training.mail_activity_type_article_review'])

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        if target != 'submitted' and not self.env.user.has_group(OFFICER):
            raise UserError(self.env._(
                "Training officers publish articles, send them back and withdraw them."))
        return result

    def _ensure_submitted(self):
        self._refuse_where(
            lambda article: not ((article.fault or '').strip() and plain_words(article.remedy)),
            self.env._("Write what the fault looks like and what helped"))

    def _ensure_published(self):
        self._ensure_submitted()
        self._refuse_where(
            lambda article: not article.owner_id or not article.review_date
            or article.review_date <= fields.Date.context_today(article),
            self.env._("Name who looks after it and a later day on which it is reviewed"))

    def _on_published(self):
        """Name and thank the authors whose cases others now read."""
        for article in self.filtered(lambda article: article.author_id != article.env.user):
            reader = article.with_context(lang=article.author_id.lang)
            article.env['mail.thread'].message_notify(
                partner_ids=article.author_id.partner_id.ids,
                subject=reader.env._("Your case was published"),
                body=reader.env._(
                    "“%(title)s” is now in the knowledge base, under your name. Thank you.",
                    title=reader.name))
        self.env['gamification.badge']._grant_for(
            'article', {article: article.author_id for article in self})

    # === SEARCH === #

    @api.model
    def _search_words(self, words):
        """Return the domain of the articles with all these words, whatever the language."""
        return Domain.AND(
            Domain('search_text', 'ilike', word) | Domain('code', 'ilike', word)
            for word in words.split())

    @api.model
    def _get_readable_domain(self, companies):
        """Return the domain of the articles that technicians of these companies read.

        Hook to call: by phones and portals, as any user, on the model; who is a technician is for
        the caller to check. Raises nothing.
        """
        return Domain('state', '=', 'published') & Domain(
            'company_id', 'in', [False, *companies.ids])

    @api.model
    @ormcache('company_id')
    def _get_facts(self, company_id):
        """Return what the published articles of a company are about, for suggestions."""
        # what an article is about is no secret; which ones are shown is decided by rules
        articles = self.sudo().search(
            Domain('state', '=', 'published') & Domain('company_id', 'in', [False, company_id]))
        return tuple(ArticleFacts(
            article.id, frozenset(article.code_ids.ids), frozenset(article.product_tmpl_ids.ids),
            frozenset(article.categ_ids.ids)) for article in articles)

    @api.model
    def _suggest(self, orders, limit=5):
        """Return ``{order: articles}``, those that fit best first; unsaved orders, too.

        Hook to call: by forms and phones, as user or superuser, for a batch of orders; what the
        user may not read is left out by the caller's own rights. Raises nothing.
        """
        found = {}
        for order in orders:
            codes = {order.symptom_id._origin.id, order.cause_id._origin.id,
                     order.remedy_id._origin.id} - {False}
            found[order] = self.browse(best(
                self._get_facts(order.company_id._origin.id), codes,
                order.product_id.product_tmpl_id._origin.id,
                set(order.product_id.categ_id._get_ancestor_ids()), limit))
        return found

    # === VOTES === #

    def action_helped(self):
        """Note that the article helped the user."""
        self._vote(True)

    def action_did_not_help(self):
        """Note that the article did not help the user."""
        self._vote(False)

    def _vote(self, is_helpful):
        """Note what the user thinks of these published articles; a second vote changes the first.

        :raise AccessError: the user may not read them
        :raise UserError: they are not published, or the user wrote them
        """
        self.check_access('read')
        self._refuse_where(
            lambda article: article.state != 'published',
            self.env._("Only what is published is judged"))
        self._refuse_where(
            lambda article: article.sudo().author_id == article.env.user,
            self.env._("Others say whether your own article helped"))
        # readers were checked above; each has one vote
        votes = self.env['aftersales.article.vote'].sudo()
        mine = votes.search([('article_id', 'in', self.ids), ('user_id', '=', self.env.uid)])
        mine.is_helpful = is_helpful
        votes.create([
            {'article_id': article.id, 'user_id': self.env.uid, 'is_helpful': is_helpful}
            for article in self - mine.article_id])

    # === REVIEW === #

    @api.model
    def _cron_review(self):
        """Ask the owners to look at what is due, once."""
        kind = 'aftersales_training.mail_activity_type_article_review'
        due = self.search(Domain('state', '=', 'published') & Domain(
            'review_date', '<=', fields.Date.context_today(self)))
        asked = due.activity_search([kind]).mapped('res_id')
        for article in due.filtered(lambda article: article.id not in asked):
            article.activity_schedule(
                kind, article.review_date,
                user_id=((article.owner_id.active and article.owner_id) or article.env.user).id)
