/** Steps that several tours share; each waits for what the user would see. */

/** Type `text` into a many2one of the form and choose the proposal that shows it. */
export function choose(field, text, scope = "") {
    const input = `${scope} .o_field_widget[name=${field}] input`;
    return [
        {
            content: `Type ${text} into ${field}`,
            trigger: input,
            run: `edit ${text}`,
        },
        {
            content: `Choose ${text}`,
            trigger: `.ui-autocomplete .ui-menu-item a:contains(${text})`,
            run: "click",
        },
        {
            content: `${field} is chosen`,
            trigger: `${scope} .o_field_widget[name=${field}]:has(input:value(/${text}/))`,
        },
    ];
}

/** Press the primary button `label` of a service order and wait for the stage `stage`. */
export function advance(label, stage) {
    return [
        {
            content: `Press ${label}`,
            trigger: `.o_statusbar_buttons button[name=action_next]:contains(${label}):enabled`,
            run: "click",
        },
        isInStage(stage),
    ];
}

/** The status bar shows the stage (or state) `name` as the present one. */
export function isInStage(name) {
    return {
        content: `The status is ${name}`,
        trigger: `.o_statusbar_status .o_arrow_button_current:contains(${name})`,
    };
}

/** Open the notebook page `name`. */
export function openPage(name) {
    return [
        {
            content: `Open the page ${name}`,
            trigger: `.o_notebook .nav-link[name=${name}]`,
            run: "click",
        },
        {
            content: `The page ${name} is open`,
            trigger: `.o_notebook .nav-link[name=${name}].active`,
        },
    ];
}

/** Go back by the breadcrumb to the record or list `name`. */
export function goBack(name) {
    return {
        content: `Back to ${name}`,
        trigger: `.o_control_panel .o_breadcrumb .o_back_button:contains(${name})`,
        run: "click",
    };
}

/** Sign in the signature window of a portal page, which proposes the name `name`. */
export function sign(name) {
    return [
        {
            content: "The name is proposed",
            trigger: `.modal .o_web_sign_name_and_signature input:value(${name})`,
        },
        {
            trigger: ".modal canvas.o_web_sign_signature",
            run: "canvasNotEmpty",
        },
        {
            content: "Sign",
            trigger: ".modal .o_portal_sign_submit:enabled",
            run: "click",
            expectUnloadPage: true,
        },
    ];
}
