/*
 * A step in rows: the run as it rests now, the input that moved it, what happened on which card, and the figures of the
 * funnel, which a night may count again from the trace.
 */
#include "flow_host_private.h"
#include "flow_recount.h"

#include "flows_host.sql.h"

/* --- the trace -------------------------------------------------------------------------- */

static void
put_text(struct json_out *o, const char *key, struct str text)
{
    if (text.len > 0)
        json_kv_str(o, key, text);
}

static void
put_place(struct json_out *o, const struct host *host, struct str flow, struct str card)
{
    const struct flow_pin *pin = flow_pin_of(host, flow);

    if (pin == NULL)
        pin = &host->pins[0];
    json_kv_i64(o, "flow_id", pin->flow_id);
    json_kv_i64(o, "number", pin->number);
    json_kv_str(o, "card", card.p == NULL ? STR("") : card);
}

static bool
is_spoken(const struct effect *e)
{
    return e->kind == EFFECT_SEND || e->kind == EFFECT_ASK;
}

/* What a visit did in this step stands with its last entry; what was done between two visits, with the step's last. */
static bool
is_last_of_visit(const struct step_out *out, size_t i)
{
    for (size_t k = i + 1; k < out->trace_count; k++)
        if (out->trace[k].visit == out->trace[i].visit)
            return false;
    return true;
}

static bool
did(const struct step_out *out, size_t i, const struct effect *e)
{
    return (e->visit == out->trace[i].visit && is_last_of_visit(out, i)) ||
           (e->visit == 0 && i + 1 == out->trace_count);
}

/* Messages of one visit. */
static int64_t
sent_by(const struct step_out *out, size_t i)
{
    int64_t n = 0;

    if (out->trace[i].visit == 0 || !is_last_of_visit(out, i))
        return 0;
    for (size_t k = 0; k < out->effect_count; k++)
        n += is_spoken(&out->effects[k]) && out->effects[k].visit == out->trace[i].visit;
    return n;
}

static void
put_detail(struct json_out *o, struct arena *a, const struct host *host, size_t i)
{
    const struct step_out *out = &host->out;
    bool is_open = false;

    for (size_t k = 0; k < out->effect_count; k++) {
        const struct effect *e = &out->effects[k];

        if (!did(out, i, e))
            continue;
        if (!is_open) {
            json_key(o, "detail");
            json_open(o, '{');
            json_key(o, "effects");
            json_open(o, '[');
            is_open = true;
        }
        json_put_str(o,
                     str_fmt(a, "%lld.%lld.%d", (long long)host->run_id, (long long)e->seq, e->n));
    }
    if (!is_open)
        return;
    json_close(o, ']');
    if (sent_by(out, i) > 0)
        json_kv_i64(o, "sent", sent_by(out, i));
    json_close(o, '}');
}

static struct str
trace_of(struct cx *cx, const struct host *host)
{
    struct buf b = { .arena = cx->arena };
    struct json_out o = { .buf = &b };

    json_open(&o, '[');
    for (size_t i = 0; i < host->out.trace_count; i++) {
        const struct trace_entry *e = &host->out.trace[i];

        json_open(&o, '{');
        json_kv_i64(&o, "n", (int64_t)i + 1);
        put_place(&o, host, e->flow, e->card);
        put_text(&o, "type", e->type);
        json_kv_i64(&o, "visit", e->visit);
        json_kv_str(&o, "event", str_of(e->event));
        put_text(&o, "via", e->via);
        put_text(&o, "outlet", e->outlet);
        put_text(&o, "reason", e->reason);
        put_text(&o, "matched_by", str_of(e->matched_by));
        json_kv_i64(&o, "attempt", e->attempt);
        if (e->answered_ms > 0)
            json_kv_i64(&o, "answered_ms", e->answered_ms);
        put_text(&o, "skipped", e->skipped);
        put_text(&o, "error", e->error);
        put_detail(&o, cx->arena, host, i);
        json_close(&o, '}');
    }
    json_close(&o, ']');
    return buf_str(&b);
}

/* --- figures ------------------------------------------------------------------------------- */

static void
count(struct json_out *o, const struct host *host, const struct trace_entry *e, const char *what,
      struct str outlet, int64_t n)
{
    json_open(o, '{');
    put_place(o, host, e->flow, e->card);
    json_kv_str(o, "what", str_of(what));
    put_text(o, "outlet", outlet);
    json_kv_i64(o, "n", n);
    json_close(o, '}');
}

/* Those that no line leads along. What calls a flow jumps into it, and so does who goes back to the menu. */
static const struct {
    const char *via, *what;
} ways[] = {
    { "start", "start" }, { "jump", "jump" },     { "call", "jump" },
    { "menu", "jump" },   { "return", "return" },
};

static void
count_enter(struct json_out *o, const struct host *host, const struct trace_entry *e)
{
    count(o, host, e, "entry", STR(""), 1);
    count(o, host, e, "run", STR(""), 1);
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
        if (str_eq(e->via, str_of(ways[i].via)))
            count(o, host, e, ways[i].what, STR(""), 1);
}

static void
count_leave(struct json_out *o, const struct host *host, const struct trace_entry *e)
{
    count(o, host, e, "left", e->outlet, 1);
    if (e->matched_by == NULL)
        return;
    count(o, host, e, "answered", STR(""), 1);
    if (e->attempt == 0)
        count(o, host, e, "answered_first", STR(""), 1);
}

static void
count_invalid(struct json_out *o, const struct host *host, const struct trace_entry *e)
{
    count(o, host, e, "invalid", STR(""), 1);
}

static void
count_end(struct json_out *o, const struct host *host, const struct trace_entry *e)
{
    count(o, host, e, flow_is_purpose(e->reason) ? "finished" : "abandoned", e->reason, 1);
}

/*
 * By a person, for as long as they do not give it back. The flow's own question about silence is none; nor is a visit
 * that waits for whom it handed its ticket to.
 */
static void
count_interrupt(struct json_out *o, const struct host *host, const struct trace_entry *e)
{
    if (str_eq(e->reason, STR("taken")))
        count(o, host, e, "interrupted", STR(""), 1);
}

static void
count_resume(struct json_out *o, const struct host *host, const struct trace_entry *e)
{
    if (str_eq(e->reason, STR("taken")))
        count(o, host, e, "interrupted", STR(""), -1);
}

static const struct {
    const char *event;
    void (*count)(struct json_out *o, const struct host *host, const struct trace_entry *e);
} counted[] = {
    { "enter", count_enter }, { "leave", count_leave },         { "invalid", count_invalid },
    { "end", count_end },     { "interrupt", count_interrupt }, { "resume", count_resume },
};

static struct str
counts_of(struct cx *cx, const struct host *host)
{
    struct buf b = { .arena = cx->arena };
    struct json_out o = { .buf = &b };

    json_open(&o, '[');
    for (size_t i = 0; i < host->out.trace_count; i++) {
        const struct trace_entry *e = &host->out.trace[i];

        if (e->visit == 0)
            continue;
        for (size_t k = 0; k < sizeof counted / sizeof counted[0]; k++)
            if (strcmp(e->event, counted[k].event) == 0)
                counted[k].count(&o, host, e);
        if (sent_by(&host->out, i) > 0)
            count(&o, host, e, "sent", STR(""), sent_by(&host->out, i));
    }
    json_close(&o, ']');
    return buf_str(&b);
}

/* --- all of it -------------------------------------------------------------------------------- */

struct err
flow_record(struct cx *cx, struct host *host, const struct input *input)
{
    const struct run *run = host->out.run;
    struct buf state = { .arena = cx->arena };
    struct json_out o = { .buf = &state };

    run_write(&o, run);
    db_queue(cx, &SQL_run_save, P_ID(cx->account), P_I64(host->run_id), P_I64(run->seq),
             P_STR(str_of(run_state_names[run->state])), P_STR(buf_str(&state)), P_TIME(cx->now_us),
             P_STR(run->state == RUN_ENDED ? run->ended.reason : (struct str){ 0 }),
             P_I64(run->epoch),
             P_BOOL(run->state == RUN_HELD && str_eq(run->held.cause, STR("transferred"))),
             P_BOOL(run->state == RUN_ASKING && run->ask.is_sensitive));
    db_queue(cx, &SQL_run_input_add, P_ID(cx->account), P_I64(host->run_id), P_STR(input->id),
             P_I64(run->seq), P_TIME(cx->now_us));
    if (host->out.trace_count == 0)
        return OK;
    db_queue(cx, &SQL_run_trace_add, P_ID(cx->account), P_I64(host->run_id), P_I64(run->seq),
             P_TIME(cx->now_us), P_STR(trace_of(cx, host)));
    db_queue(cx, &SQL_run_counters_add, P_ID(cx->account), P_I64(host->run_id), P_I64(run->seq),
             P_STR(counts_of(cx, host)));
    return OK;
}
