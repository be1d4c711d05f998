/*
 * Writing a conversation down as it goes now.
 */
#include "recording_private.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct record {
    struct play *play;
    struct json_out *o;
    bool is_checked; /* nothing came after the last check */
};

/* --- what comes in ---------------------------------------------------------------------- */

/* The question on the customer's screen; NULL: none. */
static const struct effect *
shown_ask(const struct simulation *s)
{
    for (size_t i = s->effect_count; s->run->state == RUN_ASKING && i-- > 0;)
        if (s->effects[i].kind == EFFECT_ASK)
            return s->effects + i;
    return NULL;
}

struct disguise {
    struct arena *arena;
    struct json_out *o;
    const struct effect *ask; /* that it answers; NULL: none */
    struct pseudonyms *people;
};

/* What nobody is to know; whatever else somebody wrote. */
static struct str
disguised_text(struct disguise *d, struct str text)
{
    if (d->ask != NULL && d->ask->is_sensitive)
        return mask_answer(d->arena, d->ask->validator, text);
    return d->people == NULL ? text : pseudonyms_text(d->people, text);
}

static void
disguise_member(struct str key, const struct json *v, void *arg)
{
    struct disguise *d = arg;

    json_put_key(d->o, key);
    if (str_eq(key, STR("text")) || str_eq(key, STR("digits")))
        json_put_str(d->o, disguised_text(d, json_text(v)));
    else
        json_put_raw(d->o, json_print(d->arena, v));
}

/* The step itself, or one that says something else. */
static const struct json *
disguised(const struct record *r, const struct json *step)
{
    const struct simulation *s = &r->play->simulation;
    const struct json *in = json_get(step, "in"), *made_up;
    struct buf b = { .arena = s->arena };
    struct json_out o = { .buf = &b };
    struct disguise disguise = {
        .arena = s->arena, .o = &o, .ask = shown_ask(s), .people = r->play->recording->people
    };
    bool is_secret = disguise.ask != NULL && disguise.ask->is_sensitive;

    if (json_kind(in) != JSON_OBJECT || (!is_secret && disguise.people == NULL))
        return step;
    json_open(&o, '{');
    json_key(&o, "in");
    json_open(&o, '{');
    json_each(in, disguise_member, &disguise);
    json_close(&o, '}');
    json_close(&o, '}');
    return json_parse(s->arena, buf_str(&b), &made_up).code == ERR_NONE ? made_up : step;
}

/* --- what comes out --------------------------------------------------------------------- */

static void
put_said(struct record *r, const struct effect *e)
{
    struct json_out *o = r->o;

    json_open(o, '{');
    json_kv_str(o, effect_kind_names[e->kind], mask_text(&r->play->simulation, &e->content));
    json_kv_str(o, "card", e->card);
    if (e->content.file.len > 0)
        json_kv_str(o, "file", e->content.file);
    if (e->option_count > 0) {
        json_key(o, "options");
        json_open(o, '[');
        for (size_t i = 0; i < e->option_count; i++)
            json_put_str(o, e->options[i].id);
        json_close(o, ']');
    }
    json_close(o, '}');
}

static void
put_out(struct record *r)
{
    const struct simulation *s = &r->play->simulation;

    json_open(r->o, '{');
    json_key(r->o, "out");
    json_open(r->o, '[');
    for (size_t i = r->play->said_from; i < s->effect_count; i++)
        if (effect_is_said(s->effects + i))
            put_said(r, s->effects + i);
    json_close(r->o, ']');
    json_close(r->o, '}');
}

/* --- what there is ---------------------------------------------------------------------- */

static void
put_path(struct record *r)
{
    const struct simulation *s = &r->play->simulation;

    json_key(r->o, "path");
    json_open(r->o, '[');
    for (size_t i = 0; i < s->trace_count; i++)
        if (strcmp(s->trace[i].event, "enter") == 0)
            json_put_str(r->o, s->trace[i].card);
    json_close(r->o, ']');
}

/* Effects whose change is a change of what the flow does, and the members that say so. */
static const struct {
    enum effect_kind kind;
    const char *members[3];
} telling[] = {
    { EFFECT_TAG, { "op", "level", "tags" } },
    { EFFECT_TRANSFER, { "target", "department", "priority" } },
    { EFFECT_CLOSE, { "reason", "survey" } },
};

static void
put_effect(struct record *r, const struct effect *e, const char *const *members)
{
    const struct json *data = NULL;

    if (e->data.len > 0 && json_parse(r->play->simulation.arena, e->data, &data).code != ERR_NONE)
        return;
    json_open(r->o, '{');
    json_key(r->o, effect_kind_names[e->kind]);
    json_open(r->o, '{');
    for (int i = 0; members != NULL && i < 3 && members[i] != NULL; i++) {
        const struct json *member = json_get(data, members[i]);

        if (member == NULL)
            continue;
        json_key(r->o, members[i]);
        json_put_raw(r->o, json_print(r->play->simulation.arena, member));
    }
    json_close(r->o, '}');
    json_close(r->o, '}');
}

static const char *const *
telling_members(enum effect_kind kind)
{
    for (size_t i = 0; i < COUNT(telling); i++)
        if (telling[i].kind == kind)
            return telling[i].members;
    return NULL;
}

/* All those that are telling; where nothing else may happen, the others by their names. */
static void
put_effects(struct record *r)
{
    const struct simulation *s = &r->play->simulation;
    bool is_strict = r->play->recording->is_strict;

    json_key(r->o, "effects");
    json_open(r->o, '[');
    for (size_t i = is_strict ? r->play->checked_from : 0; i < s->effect_count; i++) {
        const struct effect *e = s->effects + i;
        const char *const *members = telling_members(e->kind);

        if (members != NULL || (is_strict && effect_counts(e)))
            put_effect(r, e, members);
    }
    json_close(r->o, ']');
}

static void
put_vars(struct record *r, const struct json *vars)
{
    json_key(r->o, "vars");
    json_open(r->o, '[');
    for (size_t i = 0; i < json_len(vars); i++) {
        struct str name = json_get_text(json_at(vars, i), "name");

        json_open(r->o, '{');
        json_kv_str(r->o, "name", name);
        json_kv_str(r->o, "value", mask_value(&r->play->simulation, name));
        json_close(r->o, '}');
    }
    json_close(r->o, ']');
}

/* A member that a check had, with what there is now. */
static void
put_checked(struct str key, const struct json *v, void *arg)
{
    struct record *r = arg;
    struct str now = check_now(r->play, key);
    int64_t whole;

    if (str_eq(key, STR("path"))) {
        put_path(r);
    } else if (str_eq(key, STR("effects"))) {
        put_effects(r);
    } else if (str_eq(key, STR("vars"))) {
        put_vars(r, v);
    } else if (now.p != NULL) {
        json_put_key(r->o, key);
        if (json_kind(v) == JSON_NUMBER && str_i64(now, &whole))
            json_put_i64(r->o, whole);
        else
            json_put_str(r->o, now);
    }
}

/* One that holds stays as it was written. */
static void
put_check(struct record *r, const struct json *step)
{
    struct arena *a = r->play->simulation.arena;
    const struct json *check = json_get(step, "check");

    r->is_checked = true;
    if (play_step(r->play, step)) {
        json_put_raw(r->o, json_print(a, step));
        return;
    }
    r->play->result.has_passed = true;
    json_open(r->o, '{');
    json_key(r->o, "check");
    json_open(r->o, '{');
    json_each(check, put_checked, r);
    json_close(r->o, '}');
    json_close(r->o, '}');
    r->play->checked_from = r->play->simulation.effect_count;
}

/* How it ended, for whoever recorded it without checks. */
static void
put_last_check(struct record *r)
{
    static const char *const members[] = { "state", "at", "reason" };

    json_open(r->o, '{');
    json_key(r->o, "check");
    json_open(r->o, '{');
    for (size_t i = 0; i < COUNT(members); i++) {
        struct str now = check_now(r->play, str_of(members[i]));

        if (now.len > 0)
            json_kv_str(r->o, members[i], now);
    }
    put_path(r);
    put_effects(r);
    json_close(r->o, '}');
    json_close(r->o, '}');
}

/* --- the whole -------------------------------------------------------------------------- */

/* False: it cannot be played, and neither can what comes after it. */
static bool
put_step(struct record *r, const struct json *step)
{
    struct simulation *s = &r->play->simulation;

    if (json_get(step, "out") != NULL)
        return true;
    if (json_get(step, "check") != NULL) {
        put_check(r, step);
        return true;
    }
    step = disguised(r, step);
    if (!play_step(r->play, step))
        return false;
    json_put_raw(r->o, json_print(s->arena, step));
    if (json_get(step, "fact") == NULL)
        put_out(r);
    r->is_checked = false;
    return true;
}

static void
put_head(struct json_out *o, struct arena *a, const struct recording *recording)
{
    json_kv_str(o, "format", STR("balcao-flow-test"));
    json_kv_i64(o, "format_version", 1);
    json_kv_str(o, "id", recording->id);
    json_kv_str(o, "flow", recording->flow);
    json_kv_str(o, "name", recording->name);
    json_kv_str(o, "level", recording->compares_texts ? STR("texts") : STR("path"));
    json_key(o, "given");
    json_put_raw(o, json_print(a, recording->given));
    json_key(o, "stubs");
    json_put_raw(o, recording->stubs == NULL ? STR("[]") : json_print(a, recording->stubs));
}

struct str
recording_write(struct arena *a, const struct recording *recording, struct flow_set flows)
{
    struct buf b = { .arena = a };
    struct json_out o = { .buf = &b };
    struct play play;
    struct record r = { .play = &play, .o = &o };
    bool goes_on = play_begin(&play, a, recording, flows);

    json_open(&o, '{');
    put_head(&o, a, recording);
    json_key(&o, "steps");
    json_open(&o, '[');
    for (size_t i = 0; i < json_len(recording->steps) && goes_on; i++)
        goes_on = put_step(&r, json_at(recording->steps, i));
    /* Half a step further on there is nothing to hold. */
    if (goes_on && play.simulation.inputs > 0 && !r.is_checked)
        put_last_check(&r);
    json_close(&o, ']');
    json_close(&o, '}');
    return buf_str(&b);
}
