/*
 * Moving one conversation: what it stays on, and the visit that it is in, which ends in the old version and begins in the
 * new one, so that what the funnel counts of both still adds up. Nothing else of it changes, and nothing is said.
 */
#include "flow_moves_private.h"

#include "base/clock.h"

#include "flows_host.sql.h"
#include "flows_moves.sql.h"

/* How often one that waits for an answer from outside is looked at, and how long in all: no call lasts longer. */
#define LOOK_AGAIN_US (5 * US_PER_S)
#define PATIENCE_US (10 * US_PER_MIN)

/* One conversation on its way: as it is, and what it would stay on. */
struct moving {
    struct host *old, *new;
    const struct flow_pin *from, *to; /* of the flow that it is in */
    int64_t step;
};

/* --- its visit ----------------------------------------------------------------------------- */

struct line {
    bool is_new; /* in the new version; else in the old one */
    const char *event, *via, *reason;
    const char *counter; /* NULL: it is none */
    int64_t n;
};

/* One that a person interrupted is interrupted in the new version as well. */
static const struct line interrupted[] = {
    { false, "resume", NULL, "taken", "interrupted", -1 },
    { false, "moved", NULL, NULL, "moved", 1 },
    { true, "enter", "moved", NULL, "entry", 1 },
    { true, "interrupt", NULL, "taken", "interrupted", 1 },
    { 0 },
};
static const struct line open[] = {
    { false, "moved", NULL, NULL, "moved", 1 },
    { true, "enter", "moved", NULL, "entry", 1 },
    { 0 },
};

static void
put_place(struct json_out *o, const struct moving *m, bool is_new)
{
    const struct flow_pin *pin = is_new ? m->to : m->from;

    json_kv_i64(o, "flow_id", pin->flow_id);
    json_kv_i64(o, "number", pin->number);
    json_kv_str(o, "card", m->new->run.at.card);
}

static void
put_line(struct json_out *o, const struct moving *m, const struct line *line, int n,
         struct str type)
{
    json_open(o, '{');
    json_kv_i64(o, "n", n);
    put_place(o, m, line->is_new);
    json_kv_str(o, "type", type);
    json_kv_i64(o, "visit", m->new->run.visits - (line->is_new ? 0 : 1));
    json_kv_str(o, "event", str_of(line->event));
    if (line->via != NULL)
        json_kv_str(o, "via", str_of(line->via));
    if (line->reason != NULL)
        json_kv_str(o, "reason", str_of(line->reason));
    json_close(o, '}');
}

static void
put_count(struct json_out *o, const struct moving *m, bool is_new, const char *what, int64_t n)
{
    json_open(o, '{');
    put_place(o, m, is_new);
    json_kv_str(o, "what", str_of(what));
    json_kv_i64(o, "n", n);
    json_close(o, '}');
}

static void
record_visit(struct cx *cx, const struct moving *m, const struct line *lines)
{
    const struct run *run = &m->new->run;
    const struct flow_document *d = flow_set_find(m->new->flows, run->at.flow);
    struct str type = d->cards[document_card(d, run->at.card)].type;
    struct buf trace = { .arena = cx->arena }, counts = { .arena = cx->arena };
    struct json_out t = { .buf = &trace }, c = { .buf = &counts };

    json_open(&t, '[');
    json_open(&c, '[');
    for (int i = 0; lines[i].event != NULL; i++) {
        put_line(&t, m, &lines[i], i + 1, type);
        put_count(&c, m, lines[i].is_new, lines[i].counter, lines[i].n);
        if (lines[i].via != NULL)
            put_count(&c, m, true, "moved_in", 1);
    }
    json_close(&t, ']');
    json_close(&c, ']');
    db_queue(cx, &SQL_run_trace_add, P_ID(cx->account), P_I64(run->id), P_I64(run->seq),
             P_TIME(cx->now_us), P_STR(buf_str(&trace)));
    db_queue(cx, &SQL_run_counters_add, P_ID(cx->account), P_I64(run->id), P_I64(run->seq),
             P_STR(buf_str(&counts)));
}

/* --- the conversation ------------------------------------------------------------------------ */

static void
move_run(struct cx *cx, struct moving *m, struct str input)
{
    struct run *run = &m->new->run;
    struct buf state = { .arena = cx->arena };
    struct json_out o = { .buf = &state };
    bool is_taken = run->state == RUN_HELD && str_eq(run->held.cause, STR("taken"));
    bool is_elsewhere;

    m->from = flow_pin_of(m->old, run->at.flow);
    m->to = flow_pin_of(m->new, run->at.flow);
    is_elsewhere = run->at.card.len > 0 && m->from->number != m->to->number;
    run->seq++;
    run->visits += is_elsewhere;
    run_write(&o, run);
    db_queue(cx, &SQL_move_run_save, P_ID(cx->account), P_I64(run->id), P_I64(run->seq),
             P_STR(buf_str(&state)),
             P_STR(flow_pins_write(cx->arena, m->new->pins, m->new->pin_count)));
    db_queue(cx, &SQL_run_input_add, P_ID(cx->account), P_I64(run->id), P_STR(input),
             P_I64(run->seq), P_TIME(cx->now_us));
    if (is_elsewhere)
        record_visit(cx, m, is_taken ? interrupted : open);
}

/* Whether the run of this ticket may be moved now; one that is no longer there has ended. */
static struct err
weigh_one(struct cx *cx, const struct flow_target *target, struct moving *m, int64_t run,
          bool is_live, enum flow_stay *out)
{
    struct flow_pin *pins;

    *out = STAY_ENDED;
    if (!is_live || m->old->run_id != run)
        return OK;
    m->new->pin_count = flow_target_pins(cx->arena, target, m->old->pins, m->old->pin_count, &pins);
    m->new->pins = pins;
    m->new->run = m->old->run;
    *out = STAY_FLOW;
    if (m->new->pin_count > FLOW_CLOSURE_MAX)
        return OK;
    TRY(flow_documents(cx, m->old));
    TRY(flow_documents(cx, m->new));
    *out = flow_move(cx->arena, m->old->flows, m->new->flows, &m->old->run);
    return OK;
}

static struct err
move_one(struct cx *cx, const struct job *job, const struct flow_target *target, int64_t run,
         struct ticket_id ticket, int64_t until_us)
{
    struct moving m = { .old = arena_new_of(cx->arena, struct host),
                        .new = arena_new_of(cx->arena, struct host) };
    struct str input = str_fmt(cx->arena, "move:%lld", (long long)job->subject_id);
    bool is_live, is_known, waits;
    enum flow_stay stays = STAY_NOT;

    TRY(flow_find(cx, ticket, input, m.old, &is_live, &is_known));
    if (!is_known)
        TRY(weigh_one(cx, target, &m, run, is_live, &stays));
    if (!is_known && stays == STAY_NOT)
        move_run(cx, &m, input);
    waits = stays == STAY_CALL && m.old->run.state == RUN_CALLING && cx->now_us < until_us;
    db_queue(cx, &SQL_move_item_save, P_ID(cx->account), P_I64(job->subject_id), P_I64(run),
             P_STR(waits               ? STR("pending")
                   : stays == STAY_NOT ? STR("moved")
                                       : STR("stayed")),
             P_STR(waits || stays == STAY_NOT ? (struct str){ 0 } : str_of(flow_stay_names[stays])),
             P_TIME(waits ? cx->now_us + LOOK_AGAIN_US : cx->now_us));
    return OK;
}

/* --- the job -------------------------------------------------------------------------------------- */

static struct err
finish(struct cx *cx, const struct job *job, struct flow_id flow, struct str state)
{
    db_queue(cx, &SQL_move_end, P_ID(cx->account), P_I64(job->subject_id), P_STR(state),
             P_TIME(cx->now_us));
    flows_tell(cx, flow);
    return OK;
}

/* "flow.move": one conversation in each step, so that no two tickets are held at once. */
static struct err
move_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
          struct job_outcome *out)
{
    struct flow_target target;
    struct db_row row, next;
    struct flow_id flow;
    bool found;

    (void)answer;
    TRY(db_one(cx, &SQL_move_lock, &row, P_ID(cx->account), P_I64(job->subject_id)));
    flow.v = db_i64(&row, 0);
    if (!str_eq(db_str(&row, 2), STR("running")))
        return OK;
    if (db_i64(&row, 1) != db_i64(&row, 5) ||
        flow_target_read(cx, flow, db_str(&row, 4), &target).code != ERR_NONE)
        return finish(cx, job, flow, STR("overtaken"));
    TRY(db_opt(cx, &SQL_move_next, &found, &next, P_ID(cx->account), P_I64(job->subject_id)));
    if (!found)
        return finish(cx, job, flow, STR("done"));
    out->verdict = JOB_LATER;
    out->at_us = cx->now_us;
    if (db_time(&next, 2) > cx->now_us) {
        out->at_us = db_time(&next, 2);
        return OK;
    }
    return move_one(cx, job, &target, db_i64(&next, 0), (struct ticket_id){ db_i64(&next, 1) },
                    db_time(&row, 3) + PATIENCE_US);
}

const struct job_kind flow_moves_jobs[] = {
    { .name = "flow.move", .queue = QUEUE_CHORES, .step = move_step, .backoff_ms = 500 },
    { 0 },
};
