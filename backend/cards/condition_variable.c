/* “Condicional Variável”: compares one variable with a value, rule by rule. */
#include "compare.h"
#include "rules.h"

static const struct card_field rule[] = {
    { "op", FIELD_ENUM, "Comparação", .is_required = true, .words = compare_ops },
    { "value", FIELD_TEMPLATE, "Valor", "Em “um de”, separados por vírgula.", .is_internal = true,
      .max = 2000 },
    { "value2", FIELD_TEMPLATE, "Até", .is_internal = true, .max = 2000,
      .only_if = { "op", compare_between } },
    { 0 },
};
static const struct card_field fields[] = {
    { "variable", FIELD_READ, "Variável", .is_required = true },
    { "rules", FIELD_RULES, "Regras", .is_required = true, .min = 1, .max = 20, .item = rule },
    { 0 },
};

static bool
holds(struct step *s, const struct json *r)
{
    struct variable_value value = { 0 };

    if (!step_value(s, step_word(s, "variable"), &value))
        value = (struct variable_value){ 0 };
    return compare_holds(s, value, r);
}

static void
enter(struct step *s)
{
    rules_decide(s, holds);
}

const struct card condition_variable_card = {
    .type = "condition_variable",
    .v = 1,
    .kind = CARD_CONDITION,
    .label = "Condicional Variável",
    .help = "Segue por um caminho conforme o valor de uma variável.",
    .icon = "variable",
    .fields = fields,
    .outlets = rules_outlets,
    .lint = rules_lint_same,
    .enter = enter,
};
