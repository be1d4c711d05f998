/*
 * Asking, asking again, and what wrong answers lead to.
 */
#include "step_private.h"

enum { ATTEMPTS_USUAL = 3, ATTEMPTS_MAX = 10 };

/* What a confirmation offers: the ids are those of its outlets. */
static struct effect_option *
yes_and_no(struct step *s, const struct question *q)
{
    struct effect_option *shown = arena_array(s->arena, struct effect_option, 2);

    shown[0] = (struct effect_option){ STR("yes"), q->yes_label, { 0 }, 1 };
    shown[1] = (struct effect_option){ STR("no"), q->no_label, { 0 }, 2 };
    return shown;
}

static const struct effect_option *
options_of(struct step *s, const struct question *q, const struct choice *only, size_t *n)
{
    struct effect_option *few;

    *n = 0;
    if (q->kind == QUESTION_CONFIRM) {
        *n = 2;
        return yes_and_no(s, q);
    }
    if (q->kind != QUESTION_CHOICE)
        return NULL;
    if (only == NULL) {
        *n = (size_t)q->option_count;
        return q->shown;
    }
    few = arena_array(s->arena, struct effect_option, (size_t)only->count);
    for (int i = 0; i < only->count; i++)
        few[(*n)++] = q->shown[only->options[i]];
    return few;
}

bool
step_question(struct step *s, struct question *q)
{
    const struct flow_card *card = step_card(s);

    *q = (struct question){ 0 };
    if (card == NULL || card->kind == NULL || card->kind->question == NULL) {
        step_fall(s, "no_question");
        return false;
    }
    card->kind->question(s, q);
    if (q->option_count > CHOICE_OPTIONS_MAX)
        q->option_count = CHOICE_OPTIONS_MAX;
    if (q->kind == QUESTION_AWAIT && q->validator == NULL)
        step_fall(s, "no_validator");
    return s->next.what == NEXT_UNDECIDED;
}

/* On a telephone the keys that may be pressed, and how long one waits for them. */
static void
count_digits(struct step *s, struct effect *e)
{
    struct buf b = { .arena = s->arena };
    struct json_out o = { .buf = &b };
    int digits = 0;

    if (s->facts->channel != FLOW_TELEPHONY)
        return;
    for (size_t i = 0; i < e->option_count; i++)
        digits = e->options[i].number > 9 ? 2 : digits == 2 ? 2 : 1;
    json_open(&o, '{');
    if (digits > 0)
        json_kv_i64(&o, "max_digits", digits);
    json_kv_i64(&o, "timeout_s", step_settings(s)->digit_timeout_s);
    json_close(&o, '}');
    e->data = buf_str(&b);
}

static void
show(struct step *s, const struct question *q, struct content content,
     const struct effect_option *options, size_t n)
{
    struct effect *e = step_message(s, EFFECT_ASK, content);

    e->token = s->run->ask.token;
    e->options = options;
    e->option_count = n;
    e->style = q->style;
    e->is_sensitive = q->is_sensitive;
    if (q->purpose != NULL)
        e->purpose = q->purpose;
    if (q->kind == QUESTION_AWAIT)
        e->validator = str_of(q->validator->name);
    count_digits(s, e);
}

static bool
is_nothing(const struct content *content)
{
    return content->kind == CONTENT_TEXT && content->text.len == 0;
}

static void
ask(struct step *s, const struct question *q, struct content before, const struct choice *only)
{
    struct run *run = s->run;
    struct content content = q->content;
    struct str *ids;
    size_t n;
    const struct effect_option *options = options_of(s, q, only, &n);

    /* In one message where both are texts; a recording cannot hold them. */
    if (only != NULL && !is_nothing(&before))
        content = before;
    else if (content.kind == CONTENT_TEXT)
        content = step_join(s, before, content);
    else if (!is_nothing(&before))
        step_say(s, before);

    ids = arena_array(s->arena, struct str, n);
    for (size_t i = 0; i < n; i++)
        ids[i] = options[i].id;
    run->ask.token = ++run->tokens;
    if (run->ask.first_token == 0)
        run->ask.first_token = run->ask.token;
    run->ask.options = ids;
    run->ask.option_count = n;
    run->ask.asked_at_us = s->now_us;
    run->ask.is_sensitive = q->is_sensitive;
    run->ask.gathered = (struct str){ 0 };
    /* Without a text it was asked by other means. */
    if (!is_nothing(&content))
        show(s, q, content, options, n);
    step_trace(s, "ask")->attempt = run->ask.attempts;
    step_watch_silence(s);
    step_rest(s, RUN_ASKING);
}

void
step_do_ask(struct step *s)
{
    struct question q;

    step_quiet(s);
    s->run->ask.first_token = 0;
    s->run->ask.reminders = 0;
    if (step_question(s, &q))
        ask(s, &q, (struct content){ 0 }, NULL);
}

void
step_ask_again(struct step *s, struct content before, const struct choice *only)
{
    struct question q;

    step_quiet(s);
    if (step_question(s, &q))
        ask(s, &q, before, only);
}

/* --- wrong answers ---------------------------------------------------------------- */

static int64_t
attempts_of(struct step *s)
{
    int64_t attempts = step_figure(s, "attempts");

    if (attempts < 1)
        return ATTEMPTS_USUAL;
    return attempts > ATTEMPTS_MAX ? ATTEMPTS_MAX : attempts;
}

static struct content
exhausted_text(struct step *s)
{
    if (step_setting(s, "exhausted_text") != NULL)
        return step_render(s, "exhausted_text");
    return step_plain(
        STR("Não consegui entender. Vou encaminhar você para continuar o atendimento."));
}

void
step_spend(struct step *s, struct content why)
{
    struct run *run = s->run;

    run->ask.attempts++;
    run->ask.ambiguous = 0;
    step_trace(s, "invalid")->attempt = run->ask.attempts;
    if (run->ask.attempts < attempts_of(s)) {
        step_ask_again(s, why, NULL);
        return;
    }
    s->leaving.attempt = run->ask.attempts;
    step_quiet(s);
    why = exhausted_text(s);
    if (!is_nothing(&why))
        step_say(s, why);
    step_leave(s, "exhausted");
}

void
step_do_wrong(struct step *s)
{
    const struct said said = { .form = FORM_TEXT };
    const struct match none = { 0 };
    struct content why = s->next.why;
    struct question q;

    if (!step_question(s, &q))
        return;
    if (is_nothing(&why))
        why = step_invalid_text(s, &q, &said, &none);
    step_spend(s, why);
}

void
step_exhausted(struct step *s)
{
    const struct flow_card *card = step_card(s);
    struct str flow = step_word(s, "exhausted_flow");

    if (card->kind->given_up != NULL && card->kind->given_up(s, /* by_silence= */ false))
        return;
    if (flow.len > 0) {
        step_jump(s, flow, "exhausted");
        return;
    }
    step_trace_leave(s, STR("exhausted"));
    step_fall_back(s);
}
