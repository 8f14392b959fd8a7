import { Component, markup, useRef, useState } from "@odoo/owl";
import { takePhoto } from "@aftersales_service/jobs/photo";
import { buttons, changes, labels, pages, sheets } from "@aftersales_service/jobs/registries";
import { Sheet } from "@aftersales_service/jobs/sheets/sheet";
import { _t } from "@aftersales_service/jobs/translate";

/** One article: what it looks like, why, what helps, and whether it helped. */
export class Article extends Component {
    static template = "aftersales_training.Article";
    static props = { article: Object, judge: Function };

    get remedy() {
        return markup(this.props.article.remedy); // cleaned by the server when it was written
    }
}

/** All published articles, searched on the phone itself, so that it works in a cellar. */
export class KnowledgePage extends Component {
    static template = "aftersales_training.KnowledgePage";
    static components = { Article };
    static props = { data: Object, act: Function, open: Function };

    setup() {
        this.state = useState({ words: "" });
    }

    /** The articles with all words that were typed, whatever their language or initials. */
    get found() {
        const words = this.state.words.toLowerCase().split(/\s+/).filter(Boolean);
        return this.props.data.articles
            .filter(({ search, code }) =>
                words.every((word) => search.includes(word) || code.toLowerCase().includes(word)))
            .slice(0, 30);
    }

    judge(article, isHelpful) {
        return this.props.act("article_vote", article, { is_helpful: isHelpful });
    }
}

pages.add("knowledge", {
    label: _t("Knowledge Base"),
    icon: "📖",
    component: KnowledgePage,
    isShown: () => true,
});

/** What the knowledge base says of the fault of this unit, and the way to add to it. */
export class ArticlesSheet extends Sheet {
    static template = "aftersales_training.ArticlesSheet";
    static components = { Article };

    use(article, isHelpful) {
        return this.props.submit(
            { article_id: article.res_id, is_helpful: isHelpful }, "article_use", false);
    }
}

/** What the technician found out, for colleagues; a draft stays on the phone. */
export class CaseSheet extends Sheet {
    static template = "aftersales_training.CaseSheet";

    setup() {
        this.camera = useRef("camera");
        this.state = useState({ name: "", fault: "", cause: "", remedy: "", image: "" });
        this.photo = useState({ error: "" });
    }

    async onPhoto(event) {
        const [file] = event.target.files;
        event.target.value = "";
        this.photo.error = "";
        try {
            const { job, order } = this.props;
            this.state.image = file ? await takePhoto(file, job, order.name) : this.state.image;
        } catch {
            this.photo.error = _t("This file is not a photo.");
        }
    }

    get isComplete() {
        return ["name", "fault", "remedy"].every((key) => this.state[key].trim());
    }
}

sheets.add("article_use", ArticlesSheet).add("article_case", CaseSheet);
labels
    .add("article_use", { name: _t("Article Used"), isReplaced: true })
    .add("article_vote", { name: _t("Article Judged"), isReplaced: true })
    .add("article_case", { name: _t("Case Sent In") });
changes
    .add("article_use", (job, order, { article_id: id }) => {
        const article = order.articles?.find(({ res_id }) => res_id === id);
        if (article) {
            article.is_voted = true;
        }
    })
    .add("article_vote", (data, payload, action) => {
        const article = data.articles?.find(({ res_id }) => res_id === action.res_id);
        if (article) {
            article.is_voted = true;
        }
    })
    .add("article_case", () => {});
buttons
    .add("articles", {
        place: "unit",
        kind: "article_use",
        label: _t("Knowledge Base"),
        className: "plain",
        value: (job, order) => String(order.articles.length),
        isShown: (job, order) => order.articles?.length > 0,
    })
    .add("article_case", {
        place: "order", // in the evening, too, when the visit is done
        kind: "article_case",
        label: _t("Send In a Case"),
        className: "plain",
        isShown: (job) => ["on_site", "done"].includes(job.state),
    });
