/*
 * “Descrição do atendimento”: in the customer's own words, for whoever serves. A recording will do as well; who sends
 * nothing but pictures goes on without a description, and still reaches a person.
 */
#include "cards.h"

static const struct card_field fields[] = {
    { "text", FIELD_TEMPLATE, "Pergunta", .is_required = true,
      .initial = "\"Conte em poucas palavras como podemos ajudar.\"", .max = 4096 },
    { "min_length", FIELD_INT, "Mínimo de caracteres", .initial = "3", .min = 1, .max = 1000 },
    { "max_length", FIELD_INT, "Máximo de caracteres", .initial = "1000", .min = 1, .max = 4096 },
    { "allow_audio", FIELD_BOOL, "Aceitar áudio", .initial = "true" },
    { 0 },
};

enum { GATHER_S = 4 };

static enum verdict
judge(const struct validator_call *call, struct str *value)
{
    if (call->said->form == FORM_TEXT)
        return validators_find(STR("text"))->judge(call, value);
    *value = call->said->file.ref;
    return value->len > 0 ? VERDICT_VALID : VERDICT_INVALID;
}

#define ERROR "Escreva a resposta em uma mensagem de texto."

static const struct validator written = {
    "text", VARIABLE_TEXT, 1 << FORM_TEXT, judge, ERROR, false
};
static const struct validator written_or_spoken = {
    "text", VARIABLE_TEXT, 1 << FORM_TEXT | 1 << FORM_AUDIO, judge, ERROR, false,
};

static void
question(struct step *s, struct question *out)
{
    out->kind = QUESTION_AWAIT;
    out->content = step_render(s, "text");
    out->validator = step_flag(s, "allow_audio") ? &written_or_spoken : &written;
    out->limits.min_length = step_figure(s, "min_length");
    out->limits.max_length = step_figure(s, "max_length");
    out->gather_s = GATHER_S;
}

static void
answered(struct step *s, const struct reply *reply)
{
    bool is_spoken = reply->text.len == 0;

    step_describe(s, is_spoken ? STR("") : reply->value.value,
                  is_spoken ? reply->value.value : STR(""));
    step_leave(s, "next");
}

static bool
given_up(struct step *s, bool by_silence)
{
    if (!by_silence)
        step_leave(s, "next");
    return !by_silence;
}

const struct card description_card = {
    .type = "description",
    .v = 1,
    .kind = CARD_INTERACTION,
    .label = "Descrição do atendimento",
    .help = "Pede um resumo do assunto para quem vai atender.",
    .icon = "align-left",
    .speaks = true,
    .asks = true,
    .always_asks = true,
    .fields = fields,
    .enter = step_ask,
    .question = question,
    .answered = answered,
    .given_up = given_up,
};
