/*
 * A look at one ticket: its thread is read from where it last was, clocks begin and end by what was said in it, and
 * by how the ticket stands now. Everything that decides is read under the ticket's lock, so two looks at once are
 * served in order, and the second finds nothing to do.
 */
#include "timers_private.h"

#include "base/clock.h"

#include "timers.sql.h"

enum { THREAD_LIMIT = 500 };

/* Reading ------------------------------------------------------------------------ */

static void
read_clocks(struct look *look, const struct db_rows *rows)
{
    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);
        int kind = 0;

        while (!str_eq(db_str(&row, 0), str_of(clock_kind_names[kind])))
            kind++;
        look->clocks[kind] = (struct clock){
            .is_set = true,
            .rule_id = db_i64(&row, 1),
            .stands_for_us = db_time(&row, 2),
            .target_us = db_i64(&row, 3),
            .lead_us = db_i64(&row, 4),
            .spent_us = db_i64(&row, 5),
            .running_since_us = db_time(&row, 6),
            .warn_at_us = db_time(&row, 7),
            .due_at_us = db_time(&row, 8),
            .warned_at_us = db_time(&row, 9),
            .breached_at_us = db_time(&row, 10),
        };
    }
    for (int kind = 0; kind < CLOCK__MAX; kind++)
        look->was[kind] = look->clocks[kind];
}

static void
read_state(struct look *look, const struct db_rows *rows)
{
    struct db_row row;

    if (rows->count == 0)
        return;
    row = db_row_at(rows, 0);
    look->seen_seq = db_i64(&row, 0);
    look->unanswered_since_us = db_time(&row, 1);
    look->answered_at_us = db_time(&row, 2);
    look->awake_from_us = db_time(&row, 3);
    look->is_settled = db_bool(&row, 4);
}

/* What depends on where the ticket is; asked again when it has gone elsewhere. */
static struct err
read_place(struct cx *cx, struct look *look)
{
    const struct ticket *t = &look->ticket;
    struct hours_subject subject = { .department_id = t->department.v, .channel_id = t->channel.v };
    struct db_rows transfer, idle, version;
    struct hours hours;

    hours_ask(cx, &version);
    db_ask(cx, &SQL_timer_act_list, &look->acts, P_ID(cx->account), P_ID(t->id));
    db_ask(cx, &SQL_transfer_rule_of, &transfer, P_ID(cx->account), P_ID(t->department));
    db_ask(cx, &SQL_idle_rule_of, &idle, P_ID(cx->account), P_ID(t->department));
    TRY(db_many(cx, &SQL_policy_fitting, &look->policies, P_ID(cx->account), P_ID(t->department),
                P_ID(t->channel), P_I64(t->priority)));
    look->has_transfer_rule = transfer.count > 0;
    if (look->has_transfer_rule)
        look->transfer = transfer_rule_at(&transfer, 0);
    look->has_idle_rule = idle.count > 0;
    if (look->has_idle_rule)
        look->idle = idle_rule_at(&idle, 0);
    TRY(hours_book(cx, &version, &look->book));
    hours_look(look->book, &subject, cx->now_us, &hours);
    look->is_open = hours.state.is_open;
    look->schedule = hours_schedule(look->book, &subject);
    return OK;
}

/* Promises ------------------------------------------------------------------------- */

/* The first policy that fits and was there by then promises this, or nobody does. */
static void
begin(struct look *look, enum clock_kind kind, int64_t from_us)
{
    struct clock *c = &look->clocks[kind];

    for (int i = 0; i < look->policies.count; i++) {
        struct policy policy = policies_at(&look->policies, i);

        if (policy.valid_from_us > from_us)
            continue;
        if (policy_clock(&policy, kind, from_us, c))
            clock_run(c, look->schedule, from_us);
        return;
    }
}

static bool
is_with_people(const struct ticket *t)
{
    return t->state == TICKET_WAITING || t->state == TICKET_SERVING;
}

static enum clock_kind
answer_kind(const struct look *look)
{
    return look->answered_at_us == 0 ? CLOCK_FIRST_ANSWER : CLOCK_NEXT_ANSWER;
}

static void
pause_resolution(struct look *look, int64_t at_us)
{
    struct clock *c = &look->clocks[CLOCK_RESOLUTION];

    if (c->is_set && c->running_since_us != 0 && c->breached_at_us == 0)
        clock_pause(c, look->schedule, at_us);
}

static void
resume_resolution(struct look *look, int64_t at_us)
{
    struct clock *c = &look->clocks[CLOCK_RESOLUTION];

    if (c->is_set && c->running_since_us == 0 && c->breached_at_us == 0)
        clock_run(c, look->schedule, at_us);
}

/* What ran out before this instant is broken, whoever looks late. */
static void
breach_until(struct cx *cx, struct look *look, int64_t at_us)
{
    for (enum clock_kind kind = 0; kind < CLOCK__PROMISES; kind++) {
        const struct clock *c = &look->clocks[kind];

        if (c->is_set && c->breached_at_us == 0 && c->due_at_us != 0 && c->due_at_us <= at_us)
            promise_breach(cx, look, kind);
    }
}

static void
hear(struct cx *cx, struct look *look, int64_t at_us, bool is_inbound)
{
    breach_until(cx, look, at_us);
    if (is_inbound && look->unanswered_since_us == 0) {
        look->unanswered_since_us = at_us;
        resume_resolution(look, at_us);
        if (is_with_people(&look->ticket))
            begin(look, answer_kind(look), at_us);
    } else if (!is_inbound) {
        promise_end(cx, look, CLOCK_FIRST_ANSWER, at_us, true);
        promise_end(cx, look, CLOCK_NEXT_ANSWER, at_us, true);
        look->unanswered_since_us = 0;
        look->answered_at_us = at_us;
        pause_resolution(look, at_us);
    }
}

/* *all: the thread was read to its end. */
static struct err
read_thread(struct cx *cx, struct look *look, bool *all)
{
    const struct ticket *t = &look->ticket;
    struct db_rows rows;

    *all = true;
    if (t->last_seq <= look->seen_seq)
        return OK;
    TRY(db_many(cx, &SQL_timer_thread, &rows, P_ID(cx->account), P_ID(t->id), P_I64(look->seen_seq),
                P_TIME(t->opened_at_us), P_I64(THREAD_LIMIT)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        hear(cx, look, db_time(&row, 1), db_bool(&row, 2));
        look->seen_seq = db_i64(&row, 0);
    }
    *all = rows.count < THREAD_LIMIT;
    if (*all)
        look->seen_seq = t->last_seq;
    return OK;
}

static int64_t
later(int64_t a_us, int64_t b_us)
{
    return a_us > b_us ? a_us : b_us;
}

/* As the ticket stands now, whatever its thread said of before. */
static void
set_promises(struct cx *cx, struct look *look)
{
    const struct ticket *t = &look->ticket;
    struct clock *resolution = &look->clocks[CLOCK_RESOLUTION];
    enum clock_kind answer = answer_kind(look);

    if (t->state == TICKET_CLOSED || t->is_concluded) {
        /* Merged into another it is not resolved, only promised elsewhere; taken back, it is promised again. */
        bool is_over = t->merged_into.v == 0;
        int64_t at_us = t->closed_at_us != 0 ? t->closed_at_us : cx->now_us;

        for (enum clock_kind kind = 0; kind < CLOCK__PROMISES; kind++)
            promise_end(cx, look, kind, at_us, is_over && kind == CLOCK_RESOLUTION);
        look->is_settled = look->is_settled || is_over;
        return;
    }
    if (t->snoozed_until_us != 0)
        look->awake_from_us = t->snoozed_until_us;
    else if (look->awake_from_us > cx->now_us)
        look->awake_from_us = cx->now_us;
    if (!is_with_people(t))
        return;
    if (look->unanswered_since_us != 0 && !look->clocks[answer].is_set)
        begin(look, answer, later(look->unanswered_since_us, t->queued_at_us));
    if (!resolution->is_set && !look->is_settled) {
        begin(look, CLOCK_RESOLUTION, t->opened_at_us);
        if (look->unanswered_since_us == 0)
            pause_resolution(look, later(look->answered_at_us, t->opened_at_us));
    }
    if (t->snoozed_until_us != 0)
        pause_resolution(look, cx->now_us);
    else if (look->unanswered_since_us != 0)
        resume_resolution(look, cx->now_us);
}

/* Transfer and inactivity ------------------------------------------------------------ */

/* In this wait the rule of this department has acted already. */
static bool
has_acted(const struct look *look)
{
    for (int i = 0; i < look->acts.count; i++) {
        struct db_row row = db_row_at(&look->acts, i);

        if (db_time(&row, 0) == look->unanswered_since_us &&
            db_i64(&row, 1) == look->ticket.department.v)
            return true;
    }
    return false;
}

static bool
would_move(const struct ticket *t, const struct transfer_rule *rule)
{
    if (rule->to_member_id != 0)
        return t->assignee.v != rule->to_member_id;
    return t->department.v != rule->to_department_id || t->state == TICKET_SERVING;
}

static void
set_transfer(struct look *look)
{
    const struct ticket *t = &look->ticket;
    const struct transfer_rule *rule = &look->transfer;
    struct clock *c = &look->clocks[CLOCK_TRANSFER], wanted = { .lead_us = -1 };

    if (!look->has_transfer_rule || !rule->is_on || !is_with_people(t) ||
        t->snoozed_until_us != 0 || look->unanswered_since_us == 0 || has_acted(look) ||
        !would_move(t, rule)) {
        c->is_set = false;
        return;
    }
    wanted.rule_id = rule->id;
    wanted.target_us = rule->wait_min * US_PER_MIN;
    wanted.stands_for_us = later(later(look->unanswered_since_us, look->awake_from_us),
                                 later(t->queued_at_us, t->assigned_at_us));
    if (c->is_set && c->rule_id == wanted.rule_id && c->target_us == wanted.target_us &&
        c->stands_for_us == wanted.stands_for_us)
        return;
    *c = wanted;
    clock_run(c, look->schedule, c->stands_for_us);
}

/* The first moment from one on at which somebody is there; what is past is due now, or when they open. */
static int64_t
next_moment(const struct look *look, int64_t at_us, int64_t now_us)
{
    return at_us <= now_us && look->is_open ? at_us
                                            : open_next(look->schedule, later(at_us, now_us));
}

/* Never while nobody is there, and never sooner after the warning than it said. */
static void
set_idle(struct look *look, int64_t now_us)
{
    const struct ticket *t = &look->ticket;
    const struct idle_rule *rule = &look->idle;
    struct clock *c = &look->clocks[CLOCK_IDLE];
    int64_t since_us = later(look->answered_at_us, look->awake_from_us), lead_us, due_us;

    if (!look->has_idle_rule || !rule->is_on || !is_with_people(t) || t->snoozed_until_us != 0 ||
        look->unanswered_since_us != 0 || look->answered_at_us == 0) {
        c->is_set = false;
        return;
    }
    lead_us = rule->warn_before_min * US_PER_MIN;
    if (!c->is_set || c->stands_for_us != since_us)
        *c = (struct clock){ .stands_for_us = since_us };
    c->is_set = true;
    c->rule_id = rule->id;
    c->target_us = rule->close_after_min * US_PER_MIN;
    c->lead_us = lead_us > 0 ? lead_us : -1;
    c->running_since_us = since_us;
    c->warn_at_us = 0;
    if (lead_us > 0 && c->warned_at_us == 0)
        c->warn_at_us = next_moment(look, since_us + c->target_us - lead_us, now_us);
    due_us = since_us + c->target_us;
    if (lead_us > 0)
        due_us = later(due_us, later(c->warned_at_us, c->warn_at_us) + lead_us);
    c->due_at_us = next_moment(look, due_us, now_us);
}

void
look_set_timers(struct cx *cx, struct look *look)
{
    set_transfer(look);
    set_idle(look, cx->now_us);
}

struct err
look_moved(struct cx *cx, struct look *look)
{
    TRY(read_place(cx, look));
    look_set_timers(cx, look);
    return OK;
}

/* Saving --------------------------------------------------------------------------- */

static bool
is_same(const struct clock *a, const struct clock *b)
{
    return a->is_set == b->is_set && a->rule_id == b->rule_id &&
           a->stands_for_us == b->stands_for_us && a->target_us == b->target_us &&
           a->lead_us == b->lead_us && a->spent_us == b->spent_us &&
           a->running_since_us == b->running_since_us && a->warn_at_us == b->warn_at_us &&
           a->due_at_us == b->due_at_us && a->warned_at_us == b->warned_at_us &&
           a->breached_at_us == b->breached_at_us;
}

static void
save_clock(struct cx *cx, const struct look *look, enum clock_kind kind)
{
    const struct clock *c = &look->clocks[kind];
    struct db_param name = P_STR(str_of(clock_kind_names[kind]));

    if (!c->is_set && !look->was[kind].is_set)
        return;
    if (!c->is_set)
        db_queue(cx, &SQL_clock_remove, P_ID(cx->account), P_ID(look->ticket.id), name);
    else if (is_same(c, &look->was[kind]))
        db_queue(cx, &SQL_clocks_wait, P_ID(cx->account), P_ID(look->ticket.id), name,
                 P_TIME(clock_look_at(c)));
    else
        db_queue(cx, &SQL_clock_save, P_ID(cx->account), P_ID(look->ticket.id), name,
                 P_I64(c->rule_id), P_TIME(c->stands_for_us), P_I64(c->target_us),
                 P_I64(c->lead_us), P_I64(c->spent_us), P_TIME(c->running_since_us),
                 P_TIME(c->warn_at_us), P_TIME(c->due_at_us), P_TIME(c->warned_at_us),
                 P_TIME(c->breached_at_us), P_TIME(clock_look_at(c)));
}

static void
save(struct cx *cx, struct look *look)
{
    struct promise promise = clocks_promise(cx->arena, look->clocks, look->schedule);

    for (enum clock_kind kind = 0; kind < CLOCK__MAX; kind++)
        save_clock(cx, look, kind);
    db_queue(cx, &SQL_timer_state_save, P_ID(cx->account), P_ID(look->ticket.id),
             P_I64(look->seen_seq), P_TIME(look->unanswered_since_us), P_TIME(look->answered_at_us),
             P_TIME(look->awake_from_us), P_BOOL(look->is_settled));
    tickets_promise(cx, &look->ticket, promise.json, promise.warn_at_us, promise.due_at_us);
}

struct err
timers_look(struct cx *cx, struct ticket_id id)
{
    struct look look = { 0 };
    struct db_rows state, clocks;
    bool all;

    TRY(tickets_lock(cx, id, &look.ticket));
    db_ask(cx, &SQL_timer_state, &state, P_ID(cx->account), P_ID(id));
    db_ask(cx, &SQL_clock_list, &clocks, P_ID(cx->account), P_ID(id));
    TRY(read_place(cx, &look));
    read_state(&look, &state);
    read_clocks(&look, &clocks);
    TRY(read_thread(cx, &look, &all));
    if (all) {
        set_promises(cx, &look);
        look_set_timers(cx, &look);
        breach_until(cx, &look, cx->now_us);
        TRY(due_do(cx, &look));
    } else {
        jobs_add(cx, "timers.look", jobs_lane("timers", id.v, 0), id.v, STR(""), 0);
    }
    save(cx, &look);
    return OK;
}
