/*
 * “Pesquisa de satisfação”: a score, and perhaps a comment. The score is kept as soon as it is given; who never comments
 * has answered all the same. Attempts and patience end differently here: the ticket was served, it closes.
 */
#include "options.h"
#include "settings.h"

enum { SCORES_MAX = 10, LOW = 2, PHASE_SCORE = 0, PHASE_COMMENT = 1 };

static const char *const scopes[] = { "company", "agent", "both", NULL };
static const char *const orders[] = { "desc", "asc", NULL };
static const char *const is_on[] = { "true", NULL };

static const struct card_field score[] = {
    { "value", FIELD_INT, "Nota", .is_required = true, .min = 0, .max = 10 },
    { "label", FIELD_PLAIN, "Nome", .is_required = true, .max = LABEL_ROOM },
    { 0 },
};
static const struct card_field fields[] = {
    { "scope", FIELD_ENUM, "Avalia", .initial = "\"both\"", .words = scopes },
    { "text", FIELD_TEMPLATE, "Pergunta", .is_required = true,
      .initial = "\"De 1 a 5, que nota você dá para este atendimento?\"", .max = 4096 },
    { "options", FIELD_ITEMS, "Notas", .is_required = true,
      .initial = "[{\"value\":1,\"label\":\"Péssimo\"},{\"value\":2,\"label\":\"Ruim\"},"
                 "{\"value\":3,\"label\":\"Regular\"},{\"value\":4,\"label\":\"Bom\"},"
                 "{\"value\":5,\"label\":\"Ótimo\"}]",
      .min = 2, .max = SCORES_MAX, .item = score },
    { "order", FIELD_ENUM, "Ordem", .initial = "\"desc\"", .words = orders },
    { "ask_comment", FIELD_BOOL, "Pedir um comentário", .initial = "false" },
    { "comment_text", FIELD_TEMPLATE, "Pedido do comentário", .is_required = true,
      .initial = "\"Quer contar o motivo? Escreva aqui ou responda não.\"", .max = 4096,
      .only_if = { "ask_comment", is_on } },
    { "thanks_text", FIELD_TEMPLATE, "Agradecimento", .initial = "\"Obrigado pela avaliação!\"",
      .max = 4096 },

    /* Of their own kind here: two attempts, no reminder, an hour. */
    { "attempts", FIELD_INT, "Tentativas", "Quantas respostas erradas são aceitas.", .initial = "2",
      .min = 1, .max = 10 },
    { "exhausted_text", FIELD_TEMPLATE, "Texto após as tentativas",
      .initial = "\"Não consegui registrar sua nota. O atendimento será encerrado.\"",
      .max = 4096 },
    { "remind_after_s", FIELD_DURATION, "Lembrar após", "0: não lembra.", .allows_zero = true,
      .initial = "0", .min = 30, .max = 82800 },
    { "expire_after_s", FIELD_DURATION, "Desistir após", .initial = "3600", .min = 60,
      .max = 604800 },
    { 0 },
};

static void
outlets(const struct json *settings, struct card_outlets *out)
{
    (void)settings;
    card_outlet_add(out, "answered", "respondeu", true);
    card_outlet_add(out, "low", "nota baixa", false);
}

/* A row of stars says the score, as pictures; of plain asterisks nothing is left to compare, see stars_in. */
static const struct str *
stars(struct arena *a, int64_t n)
{
    struct str *row = arena_new_of(a, struct str);
    struct buf b = { .arena = a };

    for (int64_t i = 0; i < n; i++)
        buf_add(&b, STR("⭐"));
    *row = buf_str(&b);
    return row;
}

static void
add_score(struct arena *a, struct options *scores, const struct json *one)
{
    int64_t value;
    struct str label = json_get_text(one, "label"), said;

    if (!json_i64(json_get(one, "value"), &value) || value < 0 || value > 10)
        return;
    said = str_fmt(a, "%lld", (long long)value);
    scores->choices[scores->n] =
        (struct choice_option){ label, stars(a, value), value > 0, (int)value };
    scores->shown[scores->n] = (struct effect_option){ said, label, { 0 }, (int)value };
    scores->values[scores->n++] = said;
}

static struct options *
scores(struct step *s)
{
    struct arena *a = step_arena(s);
    struct options *scores = arena_new_of(a, struct options);
    const struct json *list = step_setting(s, "options");
    size_t n = json_len(list) < SCORES_MAX ? json_len(list) : SCORES_MAX;
    bool is_ascending = str_eq(step_word(s, "order"), STR("asc"));

    /* Written from the worst to the best. */
    for (size_t i = 0; i < n; i++)
        add_score(a, scores, json_at(list, is_ascending ? i : n - 1 - i));
    return scores;
}

static struct str
scope(struct step *s)
{
    return step_facts(s)->last_agent.len > 0 ? step_word(s, "scope") : STR("company");
}

/* A score that was given, by its place among what is offered. */
struct given {
    int64_t score;
    struct str label;
};

static void
emit(struct step *s, const char *op, const struct given *given, struct str comment)
{
    struct buf data = { .arena = step_arena(s) };
    struct json_out o = { .buf = &data };

    json_open(&o, '{');
    json_kv_str(&o, "op", str_of(op));
    json_kv_str(&o, "scope", scope(s));
    if (given != NULL) {
        json_kv_i64(&o, "score", given->score);
        json_kv_str(&o, "label", given->label);
    }
    if (comment.len > 0)
        json_kv_str(&o, "comment", comment);
    json_close(&o, '}');
    step_emit(s, EFFECT_SURVEY)->data = buf_str(&data);
}

static void
enter(struct step *s)
{
    if (step_facts(s)->last_agent.len == 0 && !str_eq(step_word(s, "scope"), STR("company")))
        step_remark(s, "no_agent");
    emit(s, "open", NULL, STR(""));
    step_ask(s);
}

static void
question(struct step *s, struct question *out)
{
    out->purpose = "survey";
    if (step_run(s)->phase == PHASE_COMMENT) {
        out->kind = QUESTION_AWAIT;
        out->content = step_render(s, "comment_text");
        out->validator = validators_find(STR("text"));
        return;
    }
    out->content = step_render(s, "text");
    options_put(scores(s), out);
    out->is_fuzzy = true;
    out->takes_other = true;
    out->style = STR("auto");
}

/* "****" → 4; 0: something else. */
static int64_t
stars_in(struct str text)
{
    size_t n = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.p[i] == '*')
            n++;
        else if (text.p[i] != ' ')
            return 0;
    }
    return (int64_t)n;
}

static void
leave(struct step *s, const struct given *given)
{
    step_say_as(s, step_render(s, "thanks_text"), "survey", "while_bot");
    step_leave(s, given->score <= LOW && step_leads(s, "low") ? "low" : "answered");
}

static struct given
given_before(struct step *s)
{
    struct given given = { LOW + 1, json_get_text(kept(s), "label") };

    if (!json_i64(json_get(kept(s), "score"), &given.score))
        given.score = LOW + 1;
    return given;
}

static void
ask_comment(struct step *s, const struct given *given)
{
    struct buf scratch = { .arena = step_arena(s) };
    struct json_out o = { .buf = &scratch };

    json_open(&o, '{');
    json_kv_i64(&o, "score", given->score);
    json_kv_str(&o, "label", given->label);
    json_close(&o, '}');
    step_keep(s, PHASE_COMMENT, buf_str(&scratch));
    step_ask(s);
}

static void
take_score(struct step *s, const struct options *from, int option)
{
    struct given given = { from->shown[option].number, from->shown[option].label };

    emit(s, "answer", &given, STR(""));
    step_answer(s, from->shown[option].id,
                (struct variable_value){ VARIABLE_NUMBER, from->values[option] }, given.label);
    if (step_flag(s, "ask_comment"))
        ask_comment(s, &given);
    else
        leave(s, &given);
}

static void
take_comment(struct step *s, struct str comment)
{
    struct given given = given_before(s);

    if (choice_confirm(step_arena(s), comment, STR("sim"), STR("não"), false) != ANSWER_NO)
        emit(s, "answer", &given, comment);
    leave(s, &given);
}

/* -1: no score. */
static int
chosen(const struct options *from, const struct reply *reply)
{
    int64_t n = stars_in(reply->text);

    for (int i = 0; i < from->n && reply->option < 0 && n > 0; i++)
        if (from->shown[i].number == n)
            return i;
    return reply->option;
}

static void
answered(struct step *s, const struct reply *reply)
{
    const struct options *from = scores(s);

    if (step_run(s)->phase == PHASE_COMMENT)
        take_comment(s, reply->value.value);
    else if (chosen(from, reply) >= 0)
        take_score(s, from, chosen(from, reply));
    else
        step_wrong(s, (struct content){ 0 });
}

static bool
given_up(struct step *s, bool by_silence)
{
    struct given given = given_before(s);

    if (step_run(s)->phase == PHASE_COMMENT)
        leave(s, &given);
    else
        step_close(s, &(struct closing){ .reason = step_settings(s)->silence.reason,
                                         .end_reason = by_silence ? "silent" : "finished" });
    return true;
}

static void
lint(struct lint *l)
{
    const struct json *list = json_get(l->card->settings, "options");

    for (size_t i = 0; i < json_len(list); i++)
        options_lint_length(l, "options", STR(""), json_get_text(json_at(list, i), "label"),
                            OPTION_LABEL_MAX);
}

const struct card survey_card = {
    .type = "survey",
    .v = 1,
    .kind = CARD_INTERACTION,
    .label = "Pesquisa de satisfação",
    .help = "Pede uma nota para o atendimento.",
    .icon = "star",
    .speaks = true,
    .asks = true,
    .always_asks = true,
    .fields = fields,
    .outlets = outlets,
    .lint = lint,
    .enter = enter,
    .question = question,
    .answered = answered,
    .given_up = given_up,
};
