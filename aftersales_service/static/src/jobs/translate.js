/** The page's words, sent along with it: they must be there without network. */
const terms = window.jobsConfig.terms;

/** Translate a sentence and put the values into its %(name)s places. */
export function _t(source, values = {}) {
    const sentence = terms[source] ?? source;
    return sentence.replace(/%\((\w+)\)s/g, (place, name) => values[name] ?? place);
}
