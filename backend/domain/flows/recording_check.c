/*
 * Holding a recorded conversation against what happened now.
 */
#include "recording_private.h"

#include "base/fold.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
/* Stands for “anything” in an expected text: a character that nobody writes. */
#define ANYTHING STR("\uE000")

/* --- texts -------------------------------------------------------------------------------- */

static ptrdiff_t
find(struct str s, struct str part)
{
    for (size_t i = 0; i + part.len <= s.len; i++)
        if (memcmp(s.p + i, part.p, part.len) == 0)
            return (ptrdiff_t)i;
    return -1;
}

static struct str
behind(struct str s, size_t n)
{
    return (struct str){ s.p + n, s.len - n };
}

/* "Oi, <<contact.name>><<*>>" with its values. */
static struct str
expanded(const struct simulation *s, struct str expected)
{
    struct buf b = { .arena = s->arena };
    ptrdiff_t opens, closes;

    while ((opens = find(expected, STR("<<"))) >= 0 &&
           (closes = find(behind(expected, (size_t)opens), STR(">>"))) >= 0) {
        struct str name = { expected.p + opens + 2, (size_t)closes - 2 };

        buf_add(&b, (struct str){ expected.p, (size_t)opens });
        if (str_eq(name, STR("*")))
            buf_add(&b, ANYTHING);
        else
            buf_add(&b, simulate_text(s, str_fmt(s->arena, "{{%.*s}}", STR_ARG(name))));
        expected = behind(expected, (size_t)(opens + closes) + 2);
    }
    buf_add(&b, expected);
    return buf_str(&b);
}

/* The pieces between “anything” come in their order: the first at the beginning, the last at the end. */
bool
text_is_expected(const struct simulation *s, struct str expected, struct str text)
{
    struct str rest = fold_clean(s->arena, expanded(s, expected));
    struct str left = fold_clean(s->arena, text);
    ptrdiff_t any = find(rest, ANYTHING);

    if (any < 0)
        return str_eq(rest, left);
    if (!str_starts(left, (struct str){ rest.p, (size_t)any }))
        return false;
    left = behind(left, (size_t)any);
    rest = behind(rest, (size_t)any + ANYTHING.len);
    while ((any = find(rest, ANYTHING)) >= 0) {
        ptrdiff_t at = find(left, (struct str){ rest.p, (size_t)any });

        if (at < 0)
            return false;
        left = behind(left, (size_t)(at + any));
        rest = behind(rest, (size_t)any + ANYTHING.len);
    }
    return str_ends(left, rest);
}

/* --- what was said ------------------------------------------------------------------------- */

bool
effect_is_said(const struct effect *e)
{
    return e->kind == EFFECT_SEND || e->kind == EFFECT_ASK;
}

static const struct effect *
next_said(const struct simulation *s, size_t *at)
{
    while (*at < s->effect_count)
        if (effect_is_said(s->effects + (*at)++))
            return s->effects + *at - 1;
    return NULL;
}

static struct str
described(struct arena *a, const struct effect *e)
{
    struct buf b = { .arena = a };

    if (e == NULL)
        return STR("nada");
    buf_fmt(&b, "%s “%.*s”", effect_kind_names[e->kind], STR_ARG(e->content.text));
    if (e->content.file.len > 0)
        buf_fmt(&b, " %.*s", STR_ARG(e->content.file));
    for (size_t i = 0; i < e->option_count; i++)
        buf_fmt(&b, "%s%.*s", i == 0 ? " options " : ",", STR_ARG(e->options[i].id));
    buf_fmt(&b, " card %.*s", STR_ARG(e->card));
    return buf_str(&b);
}

static bool
has_options(const struct effect *e, const struct json *options)
{
    if (options == NULL)
        return true;
    for (size_t i = 0; i < e->option_count; i++)
        if (!str_eq(json_text(json_at(options, i)), e->options[i].id))
            return false;
    return json_len(options) == e->option_count;
}

static bool
is_what_was_said(const struct play *play, const struct json *expected, const struct effect *e)
{
    const struct json *text, *file = json_get(expected, "file"), *card = json_get(expected, "card");

    if (e == NULL)
        return false;
    text = json_get(expected, effect_kind_names[e->kind]);
    return text != NULL && (card == NULL || str_eq(json_text(card), e->card)) &&
           (file == NULL || str_eq(json_text(file), e->content.file)) &&
           has_options(e, json_get(expected, "options")) &&
           (!play->recording->compares_texts ||
            text_is_expected(&play->simulation, json_text(text), e->content.text));
}

bool
play_out(struct play *play, const struct json *out)
{
    const struct simulation *s = &play->simulation;
    const struct effect *e;
    size_t at = play->said_from;

    for (size_t i = 0; i < json_len(out); i++) {
        const struct json *expected = json_at(out, i);

        e = next_said(s, &at);
        if (!is_what_was_said(play, expected, e))
            return play_differs(play, json_get_text(expected, "card"),
                                json_print(s->arena, expected), described(s->arena, e));
    }
    e = next_said(s, &at);
    return e == NULL || play_differs(play, e->card, STR("nada"), described(s->arena, e));
}

/* --- what else happened --------------------------------------------------------------------- */

/* One member of `check`: what is there now as text, to be compared with what is written. */
typedef struct str say_now(const struct play *play);

static struct str
now_state(const struct play *play)
{
    return str_of(run_state_names[play->simulation.run->state]);
}

static struct str
now_at(const struct play *play)
{
    return play->simulation.run->at.card;
}

static struct str
now_attempts(const struct play *play)
{
    return str_fmt(play->simulation.arena, "%d", play->simulation.run->ask.attempts);
}

static struct str
now_reason(const struct play *play)
{
    return play->simulation.run->ended.reason;
}

static struct str
now_path(const struct play *play)
{
    const struct simulation *s = &play->simulation;
    struct buf b = { .arena = s->arena };

    for (size_t i = 0; i < s->trace_count; i++)
        if (strcmp(s->trace[i].event, "enter") == 0)
            buf_fmt(&b, "%s%.*s", b.len > 0 ? " → " : "", STR_ARG(s->trace[i].card));
    return buf_str(&b);
}

static struct str
written(struct arena *a, const struct json *v)
{
    struct buf b = { .arena = a };

    if (json_kind(v) != JSON_ARRAY)
        return json_kind(v) == JSON_TEXT ? json_text(v) : json_print(a, v);
    for (size_t i = 0; i < json_len(v); i++) {
        struct str item = json_text(json_at(v, i));

        buf_fmt(&b, "%s%.*s", i > 0 ? " → " : "", STR_ARG(item));
    }
    return buf_str(&b);
}

static const struct {
    const char *name;
    say_now *now;
} checks[] = {
    { "state", now_state },   { "at", now_at },     { "attempts", now_attempts },
    { "reason", now_reason }, { "path", now_path },
};

struct str
check_now(const struct play *play, struct str name)
{
    for (size_t i = 0; i < COUNT(checks); i++)
        if (str_eq(name, str_of(checks[i].name)))
            return checks[i].now(play);
    return (struct str){ 0 };
}

static bool
check_vars(struct play *play, const struct json *vars)
{
    const struct simulation *s = &play->simulation;

    for (size_t i = 0; i < json_len(vars); i++) {
        struct str name = json_get_text(json_at(vars, i), "name");
        struct str expected = json_get_text(json_at(vars, i), "value");
        struct str got = simulate_value(s, name).text;

        if (!text_is_expected(s, expected, got))
            return play_differs(play, STR(""),
                                str_fmt(s->arena, "%.*s = %.*s", STR_ARG(name), STR_ARG(expected)),
                                str_fmt(s->arena, "%.*s = %.*s", STR_ARG(name), STR_ARG(got)));
    }
    return true;
}

struct members {
    const struct simulation *s;
    const struct json *data;
    bool differs;
};

static void
hold_member(struct str key, const struct json *v, void *arg)
{
    struct members *members = arg;
    struct arena *a = members->s->arena;
    const struct json *there = json_get(members->data, str_cstr(a, key));

    if (json_kind(v) == JSON_TEXT && json_kind(there) == JSON_TEXT)
        members->differs =
            members->differs || !text_is_expected(members->s, json_text(v), json_text(there));
    else
        members->differs =
            members->differs || there == NULL || !str_eq(json_print(a, v), json_print(a, there));
}

/* {"tag":{"tags":["tag:1"]}}: of this kind, with these members among its own. */
static bool
is_effect(const struct simulation *s, const struct json *expected, const struct effect *e)
{
    const struct json *wanted = json_get(expected, effect_kind_names[e->kind]);
    struct members members = { .s = s };

    if (wanted == NULL ||
        (e->data.len > 0 && json_parse(s->arena, e->data, &members.data).code != ERR_NONE))
        return false;
    json_each(wanted, hold_member, &members);
    return !members.differs;
}

/* Messages are of `out`, and timers of the clock. */
bool
effect_counts(const struct effect *e)
{
    return !effect_is_said(e) && e->kind != EFFECT_TIMER && e->kind != EFFECT_TIMER_CLEAR;
}

/* All that count from there on; of one kind when an expected one is given. */
static struct str
effects_text(const struct simulation *s, size_t from, const struct json *expected)
{
    struct buf b = { .arena = s->arena };

    for (; from < s->effect_count; from++) {
        const struct effect *e = s->effects + from;
        struct str data = e->data.len > 0 ? e->data : STR("{}");

        if (effect_counts(e) &&
            (expected == NULL || json_get(expected, effect_kind_names[e->kind]) != NULL))
            buf_fmt(&b, "%s{\"%s\":%.*s}", b.len > 0 ? " " : "", effect_kind_names[e->kind],
                    STR_ARG(data));
    }
    return b.len > 0 ? buf_str(&b) : STR("nada");
}

static bool
check_effects(struct play *play, const struct json *effects)
{
    const struct simulation *s = &play->simulation;
    bool is_strict = play->recording->is_strict;
    size_t from = is_strict ? play->checked_from : 0, listed = 0, others = 0;

    for (size_t i = from; i < s->effect_count; i++) {
        const struct json *expected = json_at(effects, listed);

        if (!effect_counts(s->effects + i))
            continue;
        if (expected != NULL && is_effect(s, expected, s->effects + i))
            listed++;
        else
            others++;
    }
    if (listed < json_len(effects))
        return play_differs(play, STR(""), json_print(s->arena, json_at(effects, listed)),
                            effects_text(s, from, json_at(effects, listed)));
    return !is_strict || others == 0 ||
           play_differs(play, STR(""), json_print(s->arena, effects), effects_text(s, from, NULL));
}

bool
play_check(struct play *play, const struct json *check)
{
    struct arena *a = play->simulation.arena;

    for (size_t i = 0; i < COUNT(checks); i++) {
        const struct json *expected = json_get(check, checks[i].name);
        struct str now = checks[i].now(play);

        if (expected != NULL && !str_eq(written(a, expected), now))
            return play_differs(
                play, STR(""), str_fmt(a, "%s %.*s", checks[i].name, STR_ARG(written(a, expected))),
                str_fmt(a, "%s %.*s", checks[i].name, STR_ARG(now)));
    }
    if (!check_vars(play, json_get(check, "vars")) ||
        ((play->recording->is_strict || json_get(check, "effects") != NULL) &&
         !check_effects(play, json_get(check, "effects"))))
        return false;
    play->checked_from = play->simulation.effect_count;
    return true;
}
