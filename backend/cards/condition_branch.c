/* “Condicional Filial”: by the branch of the ticket, else of the customer, the channel, the company. */
#include "rules.h"

static const char *const branches[] = { "branch", NULL };

static const struct card_field rule[] = {
    { "branches", FIELD_REFS, "Filiais", .is_required = true, .min = 1, .max = 20,
      .words = branches },
    { 0 },
};
static const struct card_field fields[] = {
    { "rules", FIELD_RULES, "Regras", .is_required = true, .min = 1, .max = 20, .item = rule },
    { 0 },
};

static bool
holds(struct step *s, const struct json *r)
{
    return step_facts(s)->branch.len > 0 &&
           words_have(json_get(r, "branches"), step_facts(s)->branch);
}

static void
enter(struct step *s)
{
    rules_decide(s, holds);
}

static void
lint(struct lint *l)
{
    static const char *const lists[] = { "branches", NULL };

    rules_lint_words(l, lists);
}

const struct card condition_branch_card = {
    .type = "condition_branch",
    .v = 1,
    .kind = CARD_CONDITION,
    .label = "Condicional Filial",
    .help = "Segue por um caminho conforme a filial do atendimento.",
    .icon = "building",
    .fields = fields,
    .outlets = rules_outlets,
    .lint = lint,
    .enter = enter,
};
