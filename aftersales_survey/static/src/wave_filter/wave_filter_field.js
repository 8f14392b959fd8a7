import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { DomainField, domainField } from "@web/views/fields/domain/domain_field";

/**
 * The filter of a wave: the server counts whom the wave finds, so that survey managers who read
 * no orders and cards filter by them as well. The records open for those who read them.
 */
export class WaveFilterField extends DomainField {
    static template = "aftersales_survey.WaveFilterField";

    setup() {
        super.setup();
        this.state.canOpen = false;
    }

    async checkProps(props = this.props) {
        const population = this.getResModel(props);
        const domain = population && this.getEvaluatedDomain(props);
        if (!population || domain.isInvalid) {
            return super.checkProps(props);
        }
        const companyId = props.record.data.company_id?.id || false;
        try {
            const [count, canOpen] = await Promise.all([
                this.orm.silent.call("aftersales.survey.wave", "count_population", [
                    population,
                    domain,
                    companyId,
                ]),
                user.checkAccessRight(population, "read"),
            ]);
            this.state.canOpen = canOpen;
            this.updateState({
                isValid: count !== false,
                recordCount: count || 0,
                hasLimitedCount: false,
            });
        } catch {
            this.updateState({ isValid: false, recordCount: 0, hasLimitedCount: false });
        }
    }
}

export const waveFilterField = { ...domainField, component: WaveFilterField };

registry.category("fields").add("aftersales_wave_filter", waveFilterField);
