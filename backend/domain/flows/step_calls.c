/*
 * Waiting, and asking other systems: one call at a time, with a deadline, whose answer comes back as an input.
 */
#include "step_private.h"

#include "base/clock.h"

enum {
    RESULT_KEPT_BYTES = 16 << 10, /* of an answer that came while a person had the ticket */
    REQUEST_KEPT_BYTES = 20 << 10
};
#define RESULT_KEPT_US (15 * US_PER_MIN)

/* --- for cards -------------------------------------------------------------------- */

void
step_wait(struct step *s, const struct pause *pause)
{
    struct run *run = s->run;

    if (s->next.what == NEXT_UNDECIDED) {
        run->wait.until_us = s->now_us + (pause->seconds < 1 ? 1 : pause->seconds) * US_PER_S;
        run->wait.breaks_on_message = pause->breaks_on_message;
        run->wait.token = step_timer(s, "wait", run->wait.until_us);
        s->effects[s->effect_count - 1].types = pause->shows_typing;
    }
    step_rest(s, RUN_WAITING);
}

void
step_meanwhile(struct step *s, struct content content)
{
    s->meanwhile = content;
}

static void
write_call(struct step *s, struct json_out *o, struct str id)
{
    const struct run *run = s->run;

    json_open(o, '{');
    json_kv_str(o, "call_id", id);
    json_kv_str(o, "kind", run->call.kind);
    json_kv_str(o, "action", run->call.action);
    json_key(o, "request");
    json_put_raw(o, run->call.request.len > 0 ? run->call.request : STR("{}"));
    json_kv_i64(o, "deadline_s", run->call.deadline_s);
    json_kv_bool(o, "safe", run->call.is_safe);
    if (s->meanwhile.text.len > 0 && step_may_speak(s) && step_window_is_open(s))
        json_kv_str(o, "meanwhile", s->meanwhile.text);
    json_close(o, '}');
}

/* What stands in run->call, as an effect. */
static void
call(struct step *s)
{
    struct run *run = s->run;
    struct effect *e = step_emit(s, EFFECT_CALL);
    struct buf b = { .arena = s->arena };
    struct json_out o = { .buf = &b };

    run->call.id = str_fmt(s->arena, "%lld.%lld.%d", (long long)run->id, (long long)e->seq, e->n);
    write_call(s, &o, run->call.id);
    e->data = buf_str(&b);
    e->content = s->meanwhile;
    run->call.token = step_timer(s, "deadline", s->now_us + run->call.deadline_s * US_PER_S);
    run->call.human_after = false;
    step_trace(s, "call")->reason = run->call.action;
    step_rest(s, RUN_CALLING);
}

void
step_call(struct step *s, const char *kind, const char *action, struct str request,
          int64_t deadline_s, bool is_safe)
{
    struct run *run = s->run;

    if (request.len > REQUEST_KEPT_BYTES)
        step_fall(s, "request");
    if (!step_decide(s, NEXT_REST))
        return;
    s->next.what = NEXT_UNDECIDED;
    run->call.kind = str_of(kind);
    run->call.action = str_of(action);
    run->call.request = request;
    run->call.deadline_s = deadline_s < 1 ? 1 : deadline_s;
    run->call.is_safe = is_safe;
    call(s);
}

/* --- answers ---------------------------------------------------------------------- */

static void
forget_call(struct run *run)
{
    run->call.id = run->call.request = (struct str){ 0 };
    run->call.human_after = false;
}

void
step_called(struct step *s, const struct call_result *result)
{
    bool human_after = s->run->call.human_after;
    struct trace_entry *e = step_trace(s, "result");
    const struct flow_card *card = step_card(s);

    e->reason = result->outcome;
    e->answered_ms = result->took_ms;
    step_quiet(s);
    forget_call(s->run);
    if (human_after)
        step_human(s);
    else if (card->kind->called == NULL)
        step_fall(s, "unexpected_result");
    else
        card->kind->called(s, result);
}

/* As JSON, to be looked at when the ticket comes back. One too large to keep counts as never having come. */
static void
keep_result(struct step *s, const struct call_result *result)
{
    struct buf b = { .arena = s->arena };
    struct json_out o = { .buf = &b };

    json_open(&o, '{');
    json_kv_str(&o, "outcome", result->outcome);
    json_kv_i64(&o, "took_ms", result->took_ms);
    if (result->data != NULL) {
        json_key(&o, "data");
        json_put_raw(&o, json_print(s->arena, result->data));
    }
    json_close(&o, '}');
    if (b.len > RESULT_KEPT_BYTES) {
        step_ignore(s, "result_too_large");
        return;
    }
    s->run->held.result = buf_str(&b); /* what is refused here is asked for again, or was in vain */
    s->run->held.result_at_us = s->now_us;
    step_ignore(s, "kept");
}

void
step_take_result(struct step *s)
{
    struct run *run = s->run;
    const struct call_result *result = &s->input->result;
    bool is_calling =
        run->state == RUN_CALLING || (run->state == RUN_HELD && run->held.was == RUN_CALLING);

    if (!is_calling || run->call.id.len == 0 || !str_eq(run->call.id, result->call))
        step_ignore(s, "stale");
    else if (run->state == RUN_HELD || !s->facts->bot_controls || run->epoch != s->facts->epoch)
        keep_result(s, result);
    else if (!step_is_ours(s) || step_guards_loop(s))
        return;
    else if (step_card(s) == NULL || step_card(s)->kind == NULL)
        step_fall(s, "unknown_card");
    else
        step_called(s, result);
}

/* --- after a person had the ticket ------------------------------------------------- */

void
step_resume_call(struct step *s)
{
    struct run *run = s->run;
    struct call_result result = { .call = run->call.id, .outcome = STR("unavailable") };
    const struct json *kept = NULL;
    bool is_fresh = run->held.result.len > 0 &&
                    s->now_us - run->held.result_at_us < RESULT_KEPT_US &&
                    json_parse(s->arena, run->held.result, &kept).code == ERR_NONE;

    run->held.result = (struct str){ 0 };
    if (is_fresh) {
        result.outcome = json_get_text(kept, "outcome");
        result.data = json_get(kept, "data");
        json_i64(json_get(kept, "took_ms"), &result.took_ms);
    } else if (run->call.is_safe) {
        call(s);
        return;
    }
    step_called(s, &result);
}
