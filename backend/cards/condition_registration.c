/* “Condicional Tipo de cadastro”: by what the contact is linked to. */
#include "rules.h"

static const char *const kinds[] = { "customer", "supplier", "person",  "company",
                                     "none",     "many",     "student", NULL };

static const struct card_field rule[] = {
    { "kinds", FIELD_SET, "Tipos", .is_required = true, .words = kinds },
    { 0 },
};
static const struct card_field fields[] = {
    { "rules", FIELD_RULES, "Regras", .is_required = true, .min = 1, .max = 20, .item = rule },
    { 0 },
};

static bool
holds(struct step *s, const struct json *r)
{
    const struct facts *facts = step_facts(s);
    const struct json *wanted = json_get(r, "kinds");

    if (facts->registration_count == 0 && words_have(wanted, STR("none")))
        return true;
    if (facts->registration_count >= 2 && words_have(wanted, STR("many")))
        return true;
    for (size_t i = 0; i < facts->registration_count; i++) {
        const struct fact_registration *one = &facts->registrations[i];

        if (words_have(wanted, one->kind) ||
            words_have(wanted, one->is_company ? STR("company") : STR("person")))
            return true;
    }
    return false;
}

static void
enter(struct step *s)
{
    rules_decide(s, holds);
}

static void
lint(struct lint *l)
{
    static const char *const lists[] = { "kinds", NULL };

    rules_lint_words(l, lists);
}

const struct card condition_registration_card = {
    .type = "condition_registration",
    .v = 1,
    .kind = CARD_CONDITION,
    .label = "Condicional Tipo de cadastro",
    .help = "Segue por um caminho conforme o cadastro do contato.",
    .icon = "id",
    .fields = fields,
    .outlets = rules_outlets,
    .lint = lint,
    .enter = enter,
};
