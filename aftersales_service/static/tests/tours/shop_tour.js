/** What a firm does before its first order: the boss enters the goods that are sold and used. */
import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";
import { inTime } from "./tour_steps";

/** Fill in the form of a new product and save it. */
function enterProduct(name, reference, price) {
    return [
        {
            content: `Enter ${name}`,
            trigger: ".o_field_widget[name=name] textarea:not(:value(/./))",
            run: `edit ${name}`,
        },
        {
            trigger: ".o_field_widget[name=default_code] input",
            run: `edit ${reference}`,
        },
        {
            trigger: ".o_field_widget[name=list_price] input",
            run: `edit ${price}`,
        },
        ...stepUtils.saveForm(),
    ];
}

registry.category("web_tour.tours").add("aftersales_request_goods", {
    steps: () => inTime([
        ...enterProduct("Tour Conditioner", "TOUR-AC", "3000"),
        {
            content: "The next product",
            trigger: ".o_form_button_create",
            run: "click",
        },
        ...enterProduct("Tour Capacitor", "TOUR-CAP", "50"),
    ]),
});
