/*
 * A run: gives what waits in a department to whom it can be given, and says why, of each ticket, it was
 * them or nobody. It runs in the department's lane, one after the other; a person who picks at the same
 * moment is met at the ticket's lock, and whoever comes second finds it taken. All of it is one
 * transaction: a worker that dies in the middle has done nothing, and the run comes again.
 */
#include "distribution_private.h"

#include "base/clock.h"
#include "domain/auth/auth.h"
#include "domain/hours/hours.h"
#include "domain/variables/variables.h"

#include "distribution.sql.h"

enum {
    QUEUE_MAX = 500, /* looked at in a run */
    ACTS_MAX = 50,   /* gifts and words in a run: then another run goes on */
    EXPLAINED_MAX =
        100 /* of those that wait, the first: what comes behind waits for the same reasons */
};

struct run {
    struct cx *cx;
    struct distribution rules;
    struct candidate *candidates;
    struct json_ids *channels; /* of each candidate; .v == NULL: all */
    bool *has_channels;        /* false: all */
    enum verdict *verdicts;
    size_t n;
    const struct hours_book *book;
    int64_t turn;
    int64_t next_us; /* when something changes by itself; 0: never */
    int64_t waiting; /* of those looked at, so far */
    int acts;
};

/* One that waits. */
struct waiting {
    struct ticket_id id;
    int64_t channel_id;
    int64_t queued_at_us;
    int64_t last_agent;
    struct str outcome; /* why it waited so far; .p == NULL: never said in this stay */
    int64_t told_place; /* 0: they were told nothing yet */
    int64_t told_at_us;
};

static struct waiting
waiting_at(const struct db_rows *rows, int index)
{
    struct db_row row = db_row_at(rows, index);

    return (struct waiting){
        .id = { db_i64(&row, 0) },
        .channel_id = db_i64(&row, 1),
        .queued_at_us = db_time(&row, 2),
        .last_agent = db_i64(&row, 3),
        .outcome = db_str(&row, 4),
        .told_place = db_i64(&row, 5),
        .told_at_us = db_time(&row, 6),
    };
}

/* The earliest of what will change by itself. */
static void
look_again(struct run *run, int64_t at_us)
{
    if (at_us > run->cx->now_us && (run->next_us == 0 || at_us < run->next_us))
        run->next_us = at_us;
}

/* --- reading --------------------------------------------------------------------------------- */

static enum verdict
absence_of(const struct db_row *row)
{
    struct str state = db_str(row, 2);

    if (!db_bool(row, 1))
        return VERDICT_INACTIVE;
    if (str_eq(state, STR("break")))
        return VERDICT_ON_BREAK;
    if (str_eq(state, STR("away")))
        return VERDICT_AWAY;
    return db_bool(row, 3) ? VERDICT_CHOSEN : VERDICT_OFFLINE;
}

static struct candidate
candidate_from_row(const struct db_row *row)
{
    return (struct candidate){
        .member_id = db_i64(row, 0),
        .absence = absence_of(row),
        .held = db_i64(row, 4),
        .held_here = db_i64(row, 5),
        .limit = db_i64(row, 6),
        .turn = db_i64(row, 7),
    };
}

struct err
distribution_candidates(struct cx *cx, struct department_id id, struct candidate **out, size_t *n)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_candidates_list, &rows, P_ID(cx->account), P_ID(id)));
    *n = (size_t)rows.count;
    *out = arena_array(cx->arena, struct candidate, *n + 1);
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        (*out)[i] = candidate_from_row(&row);
    }
    return OK;
}

static void
take_candidates(struct run *run, const struct db_rows *rows)
{
    struct arena *a = run->cx->arena;

    run->n = (size_t)rows->count;
    run->candidates = arena_array(a, struct candidate, run->n + 1);
    run->channels = arena_array(a, struct json_ids, run->n + 1);
    run->has_channels = arena_array(a, bool, run->n + 1);
    run->verdicts = arena_array(a, enum verdict, run->n + 1);
    for (size_t i = 0; i < run->n; i++) {
        struct db_row row = db_row_at(rows, (int)i);

        run->candidates[i] = candidate_from_row(&row);
        run->has_channels[i] = !db_is_null(&row, 8);
        run->channels[i] = auth_ids_of(a, db_str(&row, 8));
    }
}

static bool
lacks(const struct run *run, size_t i, int64_t channel_id)
{
    if (!run->has_channels[i])
        return false;
    for (size_t k = 0; k < run->channels[i].n; k++)
        if (run->channels[i].v[k] == channel_id)
            return false;
    return true;
}

/* --- deciding -------------------------------------------------------------------------------- */

/*
 * {"mode":…,"ahead": who waits before it,"limit_here":…,"last_agent_id":…,"opens_at":…,"candidates":
 * [{"member_id":…,"verdict":…,"held":…,"held_here":…,"limit":…}],"more": left out}
 */
static struct str
print_why(const struct run *run, const struct waiting *w, const struct choice *choice,
          int64_t opens_at_us)
{
    enum { NAMED_MAX = 60 };
    size_t named = 0;
    struct buf buf;
    struct json_out o = events_payload(run->cx, &buf);

    json_kv_str(&o, "mode", str_of(distribution_mode_names[run->rules.mode]));
    json_kv_i64(&o, "ahead", run->waiting);
    json_kv_id(&o, "limit_here", run->rules.agent_limit);
    json_kv_id(&o, "last_agent_id", w->last_agent);
    json_kv_time(&o, "opens_at", opens_at_us);
    json_key(&o, "candidates");
    json_open(&o, '[');
    for (size_t i = 0; i < run->n; i++) {
        const struct candidate *c = &run->candidates[i];

        if (named == NAMED_MAX && (int)i != choice->chosen)
            continue;
        named++;
        json_open(&o, '{');
        json_kv_i64(&o, "member_id", c->member_id);
        json_kv_str(&o, "verdict", str_of(verdict_names[run->verdicts[i]]));
        json_kv_i64(&o, "held", c->held);
        json_kv_i64(&o, "held_here", c->held_here);
        json_kv_id(&o, "limit", c->limit);
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_kv_i64(&o, "more", (int64_t)(run->n - named));
    json_close(&o, '}');
    return buf_str(&buf);
}

static struct choice
decide(struct run *run, const struct waiting *w, int64_t *opens_at_us)
{
    struct hours_subject subject = { .department_id = run->rules.department.v,
                                     .channel_id = w->channel_id };
    struct choice_rules rules = { .mode = run->rules.mode,
                                  .last_agent = w->last_agent,
                                  .limit_here = run->rules.agent_limit };
    struct hours hours;

    hours_look(run->book, &subject, run->cx->now_us, &hours);
    rules.is_open = hours.state.is_open;
    *opens_at_us = rules.is_open ? 0 : hours.state.changes_at_us;
    for (size_t i = 0; i < run->n; i++)
        run->candidates[i].lacks_channel = lacks(run, i, w->channel_id);
    return choose(&rules, run->candidates, run->n, run->verdicts);
}

/* --- giving ---------------------------------------------------------------------------------- */

static struct err
give(struct run *run, const struct waiting *w, const struct choice *choice)
{
    struct candidate *c = &run->candidates[choice->chosen];
    struct member_id to = { c->member_id };
    struct cx *cx = run->cx;
    struct str why = print_why(run, w, choice, 0);
    bool given;

    TRY(tickets_distribute(cx, w->id, run->rules.department, to, outcome_names[choice->outcome],
                           &given));
    if (!given) /* somebody was faster: it waits no more */
        return OK;
    run->acts++;
    c->held++;
    c->held_here++;
    c->turn = ++run->turn;
    db_queue(cx, &SQL_turn_save, P_ID(cx->account), P_ID(run->rules.department), P_ID(to),
             P_I64(c->turn));
    db_queue(cx, &SQL_decision_given, P_ID(cx->account), P_ID(w->id), P_ID(run->rules.department),
             P_ID(to), P_STR(str_of(outcome_names[choice->outcome])), P_TIME(cx->now_us),
             P_TIME(w->queued_at_us), P_STR(why));
    return OK;
}

/* Whether who waits is to be told now; where it is only too early, the run comes again. */
static bool
is_to_be_told(struct run *run, const struct waiting *w, int64_t place, bool is_open)
{
    int64_t again_us = w->told_at_us + run->rules.tell_again_min * 60 * US_PER_S;

    if (!run->rules.tells || !is_open)
        return false;
    if (w->told_place == 0)
        return true;
    if (run->rules.tell_again_min == 0 || place >= w->told_place)
        return false;
    look_again(run, again_us);
    return again_us <= run->cx->now_us;
}

static struct err
tell(struct run *run, const struct waiting *w, int64_t place)
{
    struct cx *cx = run->cx;
    struct ticket ticket;
    struct message said;
    struct str text;

    TRY(tickets_lock(cx, w->id, &ticket));
    if (ticket.state != TICKET_WAITING || ticket.department.v != run->rules.department.v)
        return OK;
    run->acts++;
    /* Whom the channel no longer takes to is passed by, and not asked about again in this stay. */
    if (tickets_require_window(&ticket, cx->now_us).code == ERR_NONE) {
        TRY(variables_fill(cx, w->id, run->rules.tell_text, &text));
        if (text.len > 0) {
            tickets_say(cx, &ticket, "bot", text, &said);
            tickets_save(cx, &ticket, NULL);
        }
    }
    db_queue(cx, &SQL_queue_told_save, P_ID(cx->account), P_ID(w->id), P_TIME(w->queued_at_us),
             P_I64(place), P_TIME(cx->now_us));
    return OK;
}

static struct err
let_wait(struct run *run, const struct waiting *w, const struct choice *choice, int64_t opens_at_us)
{
    struct str outcome = str_of(outcome_names[choice->outcome]);
    struct cx *cx = run->cx;

    look_again(run, opens_at_us);
    if (run->waiting < EXPLAINED_MAX && !str_eq(outcome, w->outcome))
        db_queue(cx, &SQL_decision_waits, P_ID(cx->account), P_ID(w->id),
                 P_ID(run->rules.department), P_STR(outcome), P_TIME(cx->now_us),
                 P_TIME(w->queued_at_us), P_STR(print_why(run, w, choice, opens_at_us)));
    run->waiting++;
    if (is_to_be_told(run, w, run->waiting, choice->outcome != OUTCOME_CLOSED))
        TRY(tell(run, w, run->waiting));
    return OK;
}

/* --- the run --------------------------------------------------------------------------------- */

static struct err
go_through(struct run *run, const struct db_rows *queue)
{
    for (int i = 0; i < queue->count; i++) {
        struct waiting w = waiting_at(queue, i);
        int64_t opens_at_us;
        struct choice choice;

        if (run->acts == ACTS_MAX) {
            db_queue(run->cx, &SQL_distribution_ring, P_ID(run->cx->account),
                     P_ID(run->rules.department), P_TIME(run->cx->now_us));
            jobs_touch(QUEUE_FLOW);
            return OK;
        }
        choice = decide(run, &w, &opens_at_us);
        if (choice.chosen >= 0)
            TRY(give(run, &w, &choice));
        else
            TRY(let_wait(run, &w, &choice, opens_at_us));
    }
    return OK;
}

/* A plan that stands and is early enough stays; else a new one. */
static void
plan(struct run *run, int64_t turn, int64_t planned_us)
{
    struct cx *cx = run->cx;
    bool stands = planned_us > cx->now_us && (run->next_us == 0 || planned_us <= run->next_us);

    if (!stands && run->next_us != 0)
        jobs_add(cx, "distribution.due", jobs_lane_alone(), run->rules.department.v, STR(""),
                 run->next_us);
    if (run->turn != turn || (!stands && run->next_us != planned_us))
        db_queue(cx, &SQL_distribution_turned, P_ID(cx->account), P_ID(run->rules.department),
                 P_I64(run->turn), P_TIME(stands ? planned_us : run->next_us));
}

struct err
distribution_run_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                      struct job_outcome *out)
{
    struct run run = { .cx = cx };
    struct db_rows version, candidates, queue;
    struct db_row row;
    int64_t turn, planned_us;
    bool found;

    (void)answer;
    (void)out;
    hours_ask(cx, &version);
    TRY(db_opt(cx, &SQL_distribution_lock, &found, &row, P_ID(cx->account),
               P_I64(job->subject_id)));
    if (!found) /* it gives by hand meanwhile */
        return OK;
    run.rules = distribution_from_row(&row, 0);
    run.turn = turn = db_i64(&row, DISTRIBUTION_COLUMNS);
    planned_us = db_time(&row, DISTRIBUTION_COLUMNS + 1);
    TRY(hours_book(cx, &version, &run.book));

    db_queue(cx, &SQL_candidates_hold, P_ID(cx->account), P_ID(run.rules.department));
    db_ask(cx, &SQL_candidates_list, &candidates, P_ID(cx->account), P_ID(run.rules.department));
    TRY(db_many(
        cx, &SQL_queue_list, &queue, P_ID(cx->account), P_ID(run.rules.department),
        P_TIME(run.rules.returns_days == 0 ? 0 : cx->now_us - run.rules.returns_days * US_PER_DAY),
        P_I64(QUEUE_MAX)));
    TRY(db_await(cx, &candidates));
    take_candidates(&run, &candidates);
    TRY(go_through(&run, &queue));
    plan(&run, turn, planned_us);
    return OK;
}

struct err
distribution_due_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                      struct job_outcome *out)
{
    (void)answer;
    (void)out;
    db_queue(cx, &SQL_distribution_ring, P_ID(cx->account), P_I64(job->subject_id),
             P_TIME(cx->now_us));
    jobs_touch(QUEUE_FLOW);
    return OK;
}

const struct job_kind distribution_jobs[] = {
    { .name = "distribution.run",
      .queue = QUEUE_FLOW,
      .step = distribution_run_step,
      .backoff_ms = 200,
      .backoff_max_ms = 5000 },
    { .name = "distribution.due", .queue = QUEUE_FLOW, .step = distribution_due_step },
    { 0 },
};
