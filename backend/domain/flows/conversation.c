#include "conversation.h"

#include "recording_private.h"
#include "render.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* --- playing ---------------------------------------------------------------------------- */

static struct err
wrong_step(struct arena *a, size_t i)
{
    return FAIL_FIELD(ERR_INVALID, "test_step", str_cstr(a, str_fmt(a, "steps[%zu]", i)));
}

struct err
conversation_play(struct arena *a, const struct recording *recording, struct flow_set flows,
                  struct conversation *out)
{
    struct play *play = arena_new_of(a, struct play);
    size_t n = json_len(recording->steps), before = arena_used(a);

    *out = (struct conversation){ .simulation = &play->simulation,
                                  .turns = arena_array(a, struct turn, n + 1) };
    if (!play_begin(play, a, recording, flows))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "card");
    for (size_t i = 0; i < n && play->simulation.unanswered == NULL; i++) {
        const struct json *step = json_at(recording->steps, i);
        struct turn turn = { .step = i, .effects_from = play->simulation.effect_count };

        if (json_get(step, "out") != NULL || json_get(step, "check") != NULL ||
            (!play_step(play, step) && play->simulation.unanswered == NULL))
            return wrong_step(a, i);
        if (arena_used(a) - before > CONVERSATION_BYTES_MAX)
            return FAIL_FIELD(ERR_INVALID, "conversation_too_long", "steps");
        turn.at_us = play->simulation.now_us;
        out->turns[out->turn_count++] = turn;
    }
    return OK;
}

/* --- what was said ---------------------------------------------------------------------- */

static void
put_text(struct json_out *o, const char *key, struct str text)
{
    if (text.len > 0)
        json_kv_str(o, key, text);
}

static void
write_option(struct json_out *o, const struct effect_option *option)
{
    json_open(o, '{');
    json_kv_str(o, "id", option->id);
    json_kv_str(o, "label", option->label);
    put_text(o, "description", option->description);
    json_kv_i64(o, "number", option->number);
    json_close(o, '}');
}

static void
write_options(struct json_out *o, const struct effect_option *options, size_t n)
{
    json_key(o, "options");
    json_open(o, '[');
    for (size_t i = 0; i < n; i++)
        write_option(o, options + i);
    json_close(o, ']');
}

/* One message as the network would show it. */
static void
write_message(struct json_out *o, const struct rendered *m)
{
    json_open(o, '{');
    json_kv_str(o, "text", m->text.p == NULL ? STR("") : m->text);
    json_kv_str(o, "control", str_of(control_names[m->control]));
    write_options(o, m->options, m->option_count);
    if (m->columns > 0)
        json_kv_i64(o, "columns", m->columns);
    if (m->file.len > 0) {
        json_kv_str(o, "file", m->file);
        json_kv_bool(o, "is_link", m->as_link);
    }
    put_text(o, "name", m->name);
    json_close(o, '}');
}

static void
write_said(struct json_out *o, const struct simulation *s, const struct effect *e)
{
    struct rendered_list parts = render(s->arena, s->facts->channel, e);

    json_open(o, '{');
    json_kv_str(o, "kind", str_of(effect_kind_names[e->kind]));
    json_kv_str(o, "card", e->card.p == NULL ? STR("") : e->card);
    json_kv_str(o, "content", str_of(content_kind_names[e->content.kind]));
    put_text(o, "validator", e->validator);
    if (e->content.kind == CONTENT_AUDIO)
        put_text(o, "transcript", e->content.text);
    json_kv_bool(o, "is_sensitive", e->is_sensitive);
    json_kv_bool(o, "is_cut", parts.is_cut);
    write_options(o, e->options, e->option_count);
    json_key(o, "messages");
    json_open(o, '[');
    for (size_t i = 0; i < parts.n; i++)
        write_message(o, parts.v + i);
    json_close(o, ']');
    json_close(o, '}');
}

/* What else it does: as the worker would be told it, but for what is secret. */
static void
write_effect(struct json_out *o, const struct effect *e)
{
    struct effect shown = *e;

    if (e->kind == EFFECT_SEAL)
        shown.data = (struct str){ 0 };
    effect_write(o, 1, &shown);
}

static void
write_turn(struct json_out *o, const struct conversation *c, size_t i)
{
    const struct simulation *s = c->simulation;
    size_t from = c->turns[i].effects_from;
    size_t to = i + 1 < c->turn_count ? c->turns[i + 1].effects_from : s->effect_count;

    json_open(o, '{');
    json_kv_i64(o, "step", (int64_t)c->turns[i].step);
    json_kv_time(o, "at", c->turns[i].at_us);
    json_key(o, "said");
    json_open(o, '[');
    for (size_t k = from; k < to; k++)
        if (effect_is_said(s->effects + k))
            write_said(o, s, s->effects + k);
    json_close(o, ']');
    json_key(o, "effects");
    json_open(o, '[');
    for (size_t k = from; k < to; k++)
        if (effect_counts(s->effects + k))
            write_effect(o, s->effects + k);
    json_close(o, ']');
    json_close(o, '}');
}

/* --- how it stands ---------------------------------------------------------------------- */

static void
write_place(struct json_out *o, const char *key, struct str flow, struct str card)
{
    json_key(o, key);
    if (card.len == 0) {
        json_put_null(o);
        return;
    }
    json_open(o, '{');
    json_kv_str(o, "flow", flow);
    json_kv_str(o, "card", card);
    json_close(o, '}');
}

static void
write_path(struct json_out *o, const struct simulation *s)
{
    json_key(o, "path");
    json_open(o, '[');
    for (size_t i = 0; i < s->trace_count; i++) {
        const struct trace_entry *e = s->trace + i;

        if (strcmp(e->event, "enter") != 0)
            continue;
        json_open(o, '{');
        json_kv_str(o, "flow", e->flow);
        json_kv_str(o, "card", e->card);
        put_text(o, "via", e->via);
        json_close(o, '}');
    }
    json_close(o, ']');
}

static void
write_variables(struct json_out *o, const struct run *run)
{
    json_key(o, "variables");
    json_open(o, '[');
    for (size_t i = 0; i < run->variable_count; i++) {
        const struct run_variable *v = run->variables + i;

        json_open(o, '{');
        json_kv_str(o, "name", v->name);
        json_kv_str(o, "type", str_of(variable_type_names[v->value.type]));
        if (v->is_sealed)
            json_kv_bool(o, "is_sealed", true);
        else
            json_kv_str(o, "value", v->value.text.p == NULL ? STR("") : v->value.text);
        json_close(o, '}');
    }
    json_close(o, ']');
}

/* What an outside system may say to a call of this kind. */
static const struct {
    const char *kind, *outcomes[9];
} answers[] = {
    { "http", { "ok", "timeout", "refused", "dns", "tls", "body", "blocked", "unknown_result" } },
    { "template", { "ok", "failed" } },
    { NULL, { "ok", "not_found", "unavailable", "timeout" } },
};

static void
write_outcomes(struct json_out *o, struct str kind)
{
    size_t row = 0;

    while (answers[row].kind != NULL && !str_eq(kind, str_of(answers[row].kind)))
        row++;
    json_key(o, "outcomes");
    json_open(o, '[');
    for (size_t i = 0; i < COUNT(answers[row].outcomes) && answers[row].outcomes[i] != NULL; i++)
        json_put_str(o, str_of(answers[row].outcomes[i]));
    json_close(o, ']');
}

static void
write_call(struct json_out *o, const struct simulation *s)
{
    const struct simulated_call *call = s->unanswered;

    json_key(o, "call");
    if (call == NULL) {
        json_put_null(o);
        return;
    }
    json_open(o, '{');
    json_kv_str(o, "id", call->id);
    json_kv_str(o, "card", s->run->at.card);
    json_kv_str(o, "kind", call->kind);
    json_kv_str(o, "action", call->action);
    json_key(o, "request");
    json_put_raw(o, call->request == NULL ? STR("{}") : json_print(s->arena, call->request));
    write_outcomes(o, call->kind);
    json_close(o, '}');
}

void
conversation_write(struct json_out *o, const struct conversation *c)
{
    const struct simulation *s = c->simulation;
    const struct run *run = s->run;

    json_kv_time(o, "now", s->now_us);
    json_kv_time(o, "next_event_at", simulate_next(s));
    json_kv_str(o, "state", str_of(run_state_names[run->state]));
    json_kv_bool(o, "bot_controls", s->facts->bot_controls);
    json_kv_i64(o, "attempts", run->ask.attempts);
    json_kv_str(o, "reason", run->ended.reason.len > 0 ? run->ended.reason : (struct str){ 0 });
    write_place(o, "at", run->at.flow, run->at.card);
    write_path(o, s);
    write_variables(o, run);
    write_call(o, s);
    json_key(o, "turns");
    json_open(o, '[');
    for (size_t i = 0; i < c->turn_count; i++)
        write_turn(o, c, i);
    json_close(o, ']');
    json_key(o, "trace");
    json_open(o, '[');
    for (size_t i = 0; i < s->trace_count; i++)
        trace_write(o, s->trace + i);
    json_close(o, ']');
}
