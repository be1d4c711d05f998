/*
 * What an answer means to a question: pure holding of one against the other, from exact to lenient.
 */
#include "step_private.h"

#include "base/clock.h"
#include "base/fold.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

bool
step_is_open(const struct question *q)
{
    static const char *const open[] = { "text", "any", "name" };

    for (size_t i = 0; i < COUNT(open); i++)
        if (q->kind == QUESTION_AWAIT && str_eq(str_of(q->validator->name), str_of(open[i])))
            return true;
    return false;
}

bool
step_says_one_of(struct step *s, struct str said, struct flow_words words)
{
    struct str folded = fold(s->arena, said);

    for (size_t i = 0; folded.len > 0 && i < words.n; i++)
        if (str_eq(folded, fold(s->arena, words.v[i])))
            return true;
    return false;
}

/* --- taps ------------------------------------------------------------------------- */

/* Lower case, no sign; false: it is none, or too large. */
static bool
read_base36(struct str s, int64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < s.len; i++) {
        int digit = s.p[i] >= '0' && s.p[i] <= '9'   ? s.p[i] - '0'
                    : s.p[i] >= 'a' && s.p[i] <= 'z' ? s.p[i] - 'a' + 10
                                                     : -1;

        if (digit < 0 || *out > (INT64_MAX - digit) / 36)
            return false;
        *out = *out * 36 + digit;
    }
    return s.len > 0;
}

static void
put_base36(struct buf *b, int64_t n)
{
    if (n >= 36)
        put_base36(b, n / 36);
    buf_char(b, "0123456789abcdefghijklmnopqrstuvwxyz"[n % 36]);
}

struct str
step_tap(struct arena *a, int64_t run, int64_t token, struct str option)
{
    struct buf b = { .arena = a };

    buf_add(&b, STR("b1."));
    put_base36(&b, run);
    buf_char(&b, '.');
    put_base36(&b, token);
    buf_char(&b, '.');
    buf_add(&b, option);
    return buf_str(&b);
}

bool
step_payload(struct str payload, int64_t *run, int64_t *token, struct str *option)
{
    struct str rest = payload, version, first, second;

    if (!str_cut(&rest, '.', &version) || !str_eq(version, STR("b1")) ||
        !str_cut(&rest, '.', &first) || !str_cut(&rest, '.', &second))
        return false;
    *option = rest;
    return read_base36(first, run) && read_base36(second, token) && rest.len > 0;
}

struct str
step_template_tap(struct arena *a, const struct template_tap *tap)
{
    return str_fmt(a, "t1.%.*s.%.*s.%.*s", STR_ARG(tap->flow), STR_ARG(tap->card),
                   STR_ARG(tap->option));
}

bool
step_template_tapped(struct str payload, struct template_tap *out)
{
    struct str rest = payload, version;

    if (!str_cut(&rest, '.', &version) || !str_eq(version, STR("t1")) ||
        !str_cut(&rest, '.', &out->flow) || !str_cut(&rest, '.', &out->card))
        return false;
    out->option = rest;
    return out->flow.len > 0 && out->card.len > 0 && out->option.len > 0;
}

struct match
step_match_tap(struct step *s, const struct question *q, struct str id)
{
    struct match match = { .reply.option = -1, .reply.matched_by = "tap" };

    (void)s;
    for (int i = 0; q->kind == QUESTION_CHOICE && i < q->option_count; i++)
        if (str_eq(q->shown[i].id, id))
            match.reply.option = i;
    if (q->kind == QUESTION_CONFIRM)
        match.reply.yes_no = str_eq(id, STR("yes"))  ? ANSWER_YES
                             : str_eq(id, STR("no")) ? ANSWER_NO
                                                     : ANSWER_NEITHER;
    match.fit = match.reply.option >= 0 || match.reply.yes_no != ANSWER_NEITHER ? FIT_ONE : FIT_NOT;
    return match;
}

/* --- words ------------------------------------------------------------------------ */

static struct match
chosen(struct choice choice)
{
    struct match match = { .choice = choice, .reply.option = -1 };

    if (choice.count == 1) {
        match.fit = FIT_ONE;
        match.reply.option = choice.options[0];
    } else if (choice.count > 1) {
        match.fit = FIT_SEVERAL;
    }
    match.reply.matched_by = choice_by_names[choice.by];
    return match;
}

static struct match
awaited(struct step *s, const struct question *q, const struct said *said)
{
    struct match match = { .reply = { .option = -1, .matched_by = "value" } };
    struct validator_call call = {
        .arena = s->arena,
        .said = said,
        .limits = &q->limits,
        .today = step_local_us(s) / US_PER_DAY,
    };

    match.verdict = validate(q->validator, &call, &match.reply.value);
    match.fit = match.verdict == VERDICT_VALID ? FIT_ONE : FIT_NOT;
    return match;
}

struct match
step_match_exact(struct step *s, const struct question *q, const struct said *said)
{
    struct match match = { .reply = { .option = -1, .matched_by = "words" } };

    switch (q->kind) {
    case QUESTION_CHOICE:
        return chosen(choice_exact(s->arena, said->text, q->options, q->option_count));
    case QUESTION_CONFIRM:
        match.reply.yes_no =
            choice_confirm(s->arena, said->text, q->yes_label, q->no_label, q->is_strict);
        match.fit = match.reply.yes_no == ANSWER_NEITHER ? FIT_NOT : FIT_ONE;
        return match;
    case QUESTION_AWAIT: return awaited(s, q, said);
    }
    BUG("what=question_kind");
}

struct match
step_match_lenient(struct step *s, const struct question *q, const struct said *said)
{
    struct match match = { .fit = FIT_NOT, .reply.option = -1 };

    if (q->kind == QUESTION_CHOICE)
        match =
            chosen(choice_lenient(s->arena, said->text, q->options, q->option_count, q->is_fuzzy));
    if (match.fit == FIT_NOT && q->takes_other && said->text.len > 0) {
        match.fit = FIT_ONE;
        match.reply.matched_by = "other";
    }
    return match;
}

/* --- what is said of an answer that will not do ------------------------------------ */

/* The validator's own words, with its limits where they say more. */
static struct str
error_of(struct step *s, const struct question *q)
{
    const struct validator *v = q->validator;

    if (q->limits.is_full_name && str_eq(str_of(v->name), STR("name")))
        return STR("Informe nome e sobrenome.");
    if (str_eq(str_of(v->name), STR("number")) && q->limits.min.len > 0 && q->limits.max.len > 0)
        return str_fmt(s->arena, "Informe um número entre %.*s e %.*s.", STR_ARG(q->limits.min),
                       STR_ARG(q->limits.max));
    return str_of(v->error);
}

static bool
wants_text(const struct question *q)
{
    return q->kind != QUESTION_AWAIT || (q->validator->forms >> FORM_TEXT & 1) != 0;
}

struct content
step_invalid_text(struct step *s, const struct question *q, const struct said *said,
                  const struct match *match)
{
    const struct flow_settings *settings = step_settings(s);

    if (said->form != FORM_TEXT && wants_text(q))
        return step_render_text(s, settings->texts.media);
    if (match->verdict == VERDICT_SEVERAL)
        return step_plain(STR("Encontrei mais de um. Envie só um, por favor."));
    if (q->invalid_text.len > 0)
        return step_render_text(s, q->invalid_text);
    if (step_word(s, "invalid_text").len > 0)
        return step_render(s, "invalid_text");
    if (q->kind == QUESTION_AWAIT)
        return step_plain(error_of(s, q));
    return step_render_text(s, settings->texts.invalid);
}
