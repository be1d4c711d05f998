/*
 * How effects and trace grow, and who may speak.
 */
#include "step_private.h"

/* --- effects ---------------------------------------------------------------------- */

struct effect *
step_emit(struct step *s, enum effect_kind kind)
{
    struct effect *e = &s->to_nobody;

    if (s->effect_count == RUN_EFFECTS_PER_INPUT)
        step_fall(s, "effects");
    if (s->next.what == NEXT_UNDECIDED) {
        if (s->effect_count == s->effect_room) {
            size_t room = s->effect_room * 2 + 8, size = sizeof(*s->effects);

            s->effects = arena_grow(s->arena, s->effects, s->effect_count * size, room * size);
            s->effect_room = room;
        }
        e = &s->effects[s->effect_count++];
    }
    *e = (struct effect){
        .kind = kind,
        .seq = s->run->seq,
        .n = (int)s->effect_count,
        .card = s->run->at.card,
        .visit = s->has_left ? 0 : s->run->visits,
    };
    return e;
}

struct str
step_object(struct step *s, const struct pair *pairs)
{
    struct buf b = { .arena = s->arena };
    struct json_out o = { .buf = &b };

    json_open(&o, '{');
    for (; pairs->name != NULL; pairs++)
        if (pairs->is_true)
            json_kv_bool(&o, pairs->name, true);
        else if (pairs->value.len > 0)
            json_kv_str(&o, pairs->name, pairs->value);
    json_close(&o, '}');
    return buf_str(&b);
}

/* --- trace ------------------------------------------------------------------------ */

struct trace_entry *
step_trace(struct step *s, const char *event)
{
    const struct flow_card *card = s->has_left ? NULL : step_card(s);
    struct trace_entry *e;

    if (s->trace_count == s->trace_room) {
        size_t room = s->trace_room * 2 + 8, size = sizeof(*s->trace);

        s->trace = arena_grow(s->arena, s->trace, s->trace_count * size, room * size);
        s->trace_room = room;
    }
    e = &s->trace[s->trace_count++];
    *e = (struct trace_entry){ .flow = s->run->at.flow, .event = event };
    if (card != NULL) {
        e->card = card->id;
        e->type = card->type;
        e->visit = s->run->visits;
    }
    return e;
}

void
step_trace_leave(struct step *s, struct str outlet)
{
    struct trace_entry *e;

    if (s->has_left)
        return;
    e = step_trace(s, "leave");
    e->outlet = outlet;
    e->matched_by = s->leaving.matched_by;
    e->attempt = s->leaving.attempt;
    e->answered_ms = s->leaving.answered_ms;
    e->skipped = s->leaving.skipped;
    e->error = s->leaving.error;
    memset(&s->leaving, 0, sizeof(s->leaving));
    s->has_left = true;
}

void
step_remark(struct step *s, const char *what)
{
    s->leaving.error = str_of(what);
}

static void
put_text(struct json_out *o, const char *key, struct str text)
{
    if (text.len > 0)
        json_kv_str(o, key, text);
}

void
trace_write(struct json_out *o, const struct trace_entry *e)
{
    json_open(o, '{');
    put_text(o, "flow", e->flow);
    put_text(o, "card", e->card);
    put_text(o, "type", e->type);
    if (e->visit > 0)
        json_kv_i64(o, "visit", e->visit);
    json_kv_str(o, "event", str_of(e->event));
    put_text(o, "via", e->via);
    put_text(o, "outlet", e->outlet);
    put_text(o, "reason", e->reason);
    put_text(o, "matched_by", str_of(e->matched_by));
    if (e->attempt > 0)
        json_kv_i64(o, "attempt", e->attempt);
    if (e->answered_ms > 0)
        json_kv_i64(o, "answered_ms", e->answered_ms);
    put_text(o, "skipped", e->skipped);
    put_text(o, "error", e->error);
    json_close(o, '}');
}

/* --- speaking --------------------------------------------------------------------- */

bool
step_may_speak(const struct step *s)
{
    return s->run->state != RUN_HELD && s->run->state != RUN_ENDED && s->facts->bot_controls &&
           s->run->epoch == s->facts->epoch && !s->facts->is_opted_out;
}

bool
step_window_is_open(const struct step *s)
{
    return s->facts->window_ends_us == 0 || s->now_us < s->facts->window_ends_us;
}

struct effect *
step_message(struct step *s, enum effect_kind kind, struct content content)
{
    struct effect *e;

    if (!step_may_speak(s))
        return &s->to_nobody;
    if (!step_window_is_open(s) && content.kind != CONTENT_TEMPLATE) {
        if (s->next.what == NEXT_UNDECIDED)
            s->next.what = NEXT_WINDOW;
        return &s->to_nobody;
    }
    if (s->messages == RUN_SENDS_PER_INPUT) {
        step_fall(s, "messages");
        return &s->to_nobody;
    }
    e = step_emit(s, kind);
    e->content = content;
    e->purpose = "bot";
    e->guard = "while_bot";
    if (s->messages++ > 0 && s->facts->channel != FLOW_TELEPHONY) {
        e->delay_ms = step_settings(s)->pace_ms;
        e->types = step_settings(s)->types;
    }
    return e;
}

static bool
is_empty(const struct content *content)
{
    return content->kind == CONTENT_TEXT && content->text.len == 0;
}

void
step_say_as(struct step *s, struct content content, const char *purpose, const char *guard)
{
    struct effect *e;

    if (s->next.what != NEXT_UNDECIDED)
        return;
    if (is_empty(&content)) {
        step_trace(s, "ignored")->reason = STR("empty_text");
        return;
    }
    e = step_message(s, EFFECT_SEND, content);
    e->purpose = purpose;
    e->guard = guard;
}

void
step_say(struct step *s, struct content content)
{
    step_say_as(s, content, "bot", "while_bot");
}

struct content
step_plain(struct str text)
{
    return (struct content){ .kind = CONTENT_TEXT, .text = text };
}

struct content
step_join(struct step *s, struct content first, struct content second)
{
    struct buf text = { .arena = s->arena };
    size_t n = first.literal_count + second.literal_count;
    struct literal *literals = arena_array(s->arena, struct literal, n);
    size_t shift;

    if (is_empty(&first))
        return second;
    buf_add(&text, first.text);
    buf_add(&text, STR("\n\n"));
    shift = text.len;
    buf_add(&text, second.text);
    for (size_t i = 0; i < first.literal_count; i++)
        literals[i] = first.literals[i];
    for (size_t i = 0; i < second.literal_count; i++)
        literals[first.literal_count + i] = (struct literal){
            second.literals[i].start + shift,
            second.literals[i].len,
        };
    return (struct content){
        .text = is_empty(&second) ? first.text : buf_str(&text),
        .literals = literals,
        .literal_count = n,
    };
}

/* --- timers ----------------------------------------------------------------------- */

int64_t
step_timer(struct step *s, const char *which, int64_t at_us)
{
    struct effect *e;

    if (s->next.what != NEXT_UNDECIDED)
        return 0;
    e = step_emit(s, EFFECT_TIMER);
    e->which = which;
    e->at_us = at_us;
    e->token = ++s->run->tokens;
    return e->token;
}

void
step_quiet(struct step *s)
{
    struct run *run = s->run;
    const struct {
        const char *which;
        int64_t *token;
    } timers[] = {
        { "remind", &run->ask.remind_token }, { "expire", &run->ask.expire_token },
        { "gather", &run->ask.gather_token }, { "wait", &run->wait.token },
        { "deadline", &run->call.token },
    };

    for (size_t i = 0; i < sizeof(timers) / sizeof(timers[0]); i++) {
        if (*timers[i].token != 0) {
            struct effect *e = step_emit(s, EFFECT_TIMER_CLEAR);

            e->which = timers[i].which;
            e->token = *timers[i].token;
        }
        *timers[i].token = 0;
    }
}
