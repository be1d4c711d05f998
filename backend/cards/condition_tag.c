/* “Condicional Etiqueta”: any, all or none of some tags, on the ticket, the contact or the customer. */
#include "rules.h"

static const char *const tags[] = { "tag", NULL };
static const char *const matches[] = { "any", "all", "none", NULL };
static const char *const levels[] = { "ticket", "contact", "customer", NULL };

static const struct card_field rule[] = {
    { "tags", FIELD_REFS, "Etiquetas", .is_required = true, .min = 1, .max = 20, .words = tags },
    { "match", FIELD_ENUM, "Quantas", .initial = "\"any\"", .words = matches },
    { "levels", FIELD_SET, "Em", .initial = "[\"ticket\",\"contact\",\"customer\"]",
      .words = levels },
    { 0 },
};
static const struct card_field fields[] = {
    { "rules", FIELD_RULES, "Regras", .is_required = true, .min = 1, .max = 20, .item = rule },
    { 0 },
};

static bool
is_tagged(struct step *s, const struct json *at, struct str tag)
{
    for (int level = 0; level < TAGS__COUNT; level++)
        if ((json_len(at) == 0 || words_have(at, str_of(fact_tag_level_names[level]))) &&
            facts_has_tag(step_facts(s), (enum fact_tag_level)level, tag))
            return true;
    return false;
}

static bool
holds(struct step *s, const struct json *r)
{
    const struct json *wanted = json_get(r, "tags");
    struct str match = json_get_text(r, "match");
    size_t found = 0;

    for (size_t i = 0; i < json_len(wanted); i++)
        found += is_tagged(s, json_get(r, "levels"), json_text(json_at(wanted, i)));
    if (str_eq(match, STR("none")))
        return found == 0;
    return found > 0 && (found == json_len(wanted) || !str_eq(match, STR("all")));
}

static void
enter(struct step *s)
{
    rules_decide(s, holds);
}

const struct card condition_tag_card = {
    .type = "condition_tag",
    .v = 1,
    .kind = CARD_CONDITION,
    .label = "Condicional Etiqueta",
    .help = "Segue por um caminho conforme as etiquetas.",
    .icon = "tags",
    .fields = fields,
    .outlets = rules_outlets,
    .lint = rules_lint_same,
    .enter = enter,
};
