/*
 * “Condicional Envio de pergunta”: by what was answered to a question before, in this conversation. Of options by which
 * one was chosen (its id, or yes and no), of awaited answers by their value.
 */
#include "compare.h"
#include "rules.h"

static const struct card_field rule[] = {
    { "options", FIELD_WORDS, "Respostas", "De uma escolha: qualquer uma destas.", .max = 20 },
    { "op", FIELD_ENUM, "Comparação", "De uma resposta livre.", .words = compare_ops },
    { "value", FIELD_TEMPLATE, "Valor", .is_internal = true, .max = 2000 },
    { "value2", FIELD_TEMPLATE, "Até", .is_internal = true, .max = 2000,
      .only_if = { "op", compare_between } },
    { 0 },
};
static const struct card_field fields[] = {
    { "question", FIELD_CARD, "Pergunta", .is_required = true },
    { "rules", FIELD_RULES, "Regras", .is_required = true, .min = 1, .max = 20, .item = rule },
    { 0 },
};

static bool
holds(struct step *s, const struct json *r)
{
    const struct run_answer *answer = run_answered(step_run(s), step_word(s, "question"));

    if (answer == NULL)
        return false;
    if (answer->option.len > 0 && words_have(json_get(r, "options"), answer->option))
        return true;
    return json_get_text(r, "op").len > 0 && compare_holds(s, answer->value, r);
}

static void
enter(struct step *s)
{
    rules_decide(s, holds);
}

static void
lint(struct lint *l)
{
    const struct json *rules = json_get(l->card->settings, "rules");

    for (size_t i = 0; i < json_len(rules); i++)
        if (json_len(json_get(json_at(rules, i), "options")) == 0 &&
            json_get_text(json_at(rules, i), "op").len == 0)
            lint_field(l, "rules", "Regras");
    rules_lint_same(l);
}

const struct card condition_answer_card = {
    .type = "condition_answer",
    .v = 1,
    .kind = CARD_CONDITION,
    .label = "Condicional Envio de pergunta",
    .help = "Segue por um caminho conforme a resposta de uma pergunta anterior.",
    .icon = "message-question",
    .fields = fields,
    .outlets = rules_outlets,
    .lint = lint,
    .enter = enter,
};
