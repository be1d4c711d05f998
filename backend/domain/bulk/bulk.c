#include "bulk_private.h"

#include "domain/audit/audit.h"
#include "domain/auth/auth.h"

#include "bulk.sql.h"

enum { TICKETS_A_STEP = 20 };

static const struct json_field wish_fields[] = {
    { "act", JSON_STR, true, offsetof(struct bulk_wish, act), 20 },
    { "department_id", JSON_ID, false, offsetof(struct bulk_wish, department_id), 0 },
    { "assignee_id", JSON_ID, false, offsetof(struct bulk_wish, assignee_id), 0 },
    { "tag_id", JSON_ID, false, offsetof(struct bulk_wish, tag_id), 0 },
    { "reason_id", JSON_ID, false, offsetof(struct bulk_wish, reason_id), 0 },
    { "until", JSON_STR, false, offsetof(struct bulk_wish, until), 40 },
    { 0 },
};

/* Read again by wish_fields; what is absent is left out, as it came. */
static struct str
print_wish(struct cx *cx, const struct bulk_wish *w)
{
    const struct {
        const char *name;
        int64_t id;
    } ids[] = { { "department_id", w->department_id },
                { "assignee_id", w->assignee_id },
                { "tag_id", w->tag_id },
                { "reason_id", w->reason_id } };
    struct buf buf;
    struct json_out o = events_payload(cx, &buf);

    json_kv_str(&o, "act", w->act);
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
        if (ids[i].id != 0)
            json_kv_i64(&o, ids[i].name, ids[i].id);
    if (w->until.len > 0)
        json_kv_str(&o, "until", w->until);
    json_close(&o, '}');
    return buf_str(&buf);
}

/* A bulk as it goes on: its row locked, its act and its wish. */
struct running {
    struct bulk_id id;
    struct member_id member;
    struct user_id user;
    const struct bulk_act *act;
    struct bulk_wish wish;
    struct str filter, state;
};

static struct err
lock(struct cx *cx, struct bulk_id id, struct running *out)
{
    const struct json *wish;
    struct db_row row;

    db_assert_tx(cx);
    TRY(db_one(cx, &SQL_bulk_lock, &row, P_ID(cx->account), P_ID(id)));
    *out = (struct running){
        .id = id,
        .member = { db_i64(&row, 0) },
        .user = { db_i64(&row, 5) },
        .act = bulk_act_find(db_str(&row, 1)),
        .filter = db_str(&row, 3),
        .state = db_str(&row, 4),
    };
    TRY(json_parse(cx->arena, db_str(&row, 2), &wish));
    return json_read(cx->arena, wish, wish_fields, &out->wish);
}

static struct err
move(struct cx *cx, struct running *r, struct str state, bool is_over)
{
    r->state = state;
    return db_exec(cx, &SQL_bulk_move, NULL, P_ID(cx->account), P_ID(r->id), P_STR(state),
                   P_TIME(is_over ? cx->now_us : 0));
}

static struct err
snapshot(struct cx *cx, const struct running *r, struct ticket_id id, struct str *out)
{
    struct ticket ticket;
    struct buf buf;
    struct json_out o;

    TRY(tickets_lock(cx, id, &ticket));
    o = events_payload(cx, &buf);
    r->act->snapshot(&o, &ticket, &r->wish);
    json_close(&o, '}');
    *out = buf_str(&buf);
    return OK;
}

/* A refusal about this ticket, and not of the world: it is written down and the others go on. */
static bool
is_about_ticket(struct err e)
{
    return e.code == ERR_NOT_FOUND || e.code == ERR_CONFLICT || e.code == ERR_INVALID ||
           e.code == ERR_FORBIDDEN;
}

static struct err
note(struct cx *cx, const struct running *r, struct ticket_id id, const char *state, struct err e,
     struct str was, struct str became)
{
    struct str none = { 0 };

    return db_exec(cx, &SQL_bulk_item_save, NULL, P_ID(cx->account), P_ID(r->id), P_ID(id),
                   P_STR(str_of(state)), P_STR(e.code == ERR_NONE ? none : str_of(e.slug)),
                   P_STR(was), P_STR(became));
}

static struct err
do_one(struct cx *cx, const struct running *r, struct ticket_id id)
{
    struct str was = { 0 }, became = { 0 };
    struct err e = snapshot(cx, r, id, &was);

    if (e.code == ERR_NONE)
        e = r->act->act(cx, id, &r->wish);
    if (e.code == ERR_NONE)
        TRY(snapshot(cx, r, id, &became));
    else if (!is_about_ticket(e))
        return e;
    return note(cx, r, id, e.code == ERR_NONE ? "done" : "refused", e, was, became);
}

static struct err
undo_one(struct cx *cx, const struct running *r, struct ticket_id id, struct str was,
         struct str became)
{
    const struct json *before;
    struct str now, none = { 0 };
    struct err e = snapshot(cx, r, id, &now);

    if (e.code == ERR_NONE && !str_eq(now, became))
        e = FAIL(ERR_CONFLICT, "moved_on");
    if (e.code == ERR_NONE && !str_eq(was, became)) {
        TRY(json_parse(cx->arena, was, &before));
        e = r->act->undo(cx, id, &r->wish, before);
    }
    if (e.code != ERR_NONE && !is_about_ticket(e))
        return e;
    return note(cx, r, id, e.code == ERR_NONE ? "undone" : "kept", e, none, none);
}

/*
 * Goes through the next few; *is_over when there were no more. What a step did and that it did it are one
 * transaction: whoever dies in between has done nothing, and the next one begins with the same tickets.
 */
static struct err
go_on(struct cx *cx, struct running *r, int64_t limit, bool *is_over)
{
    bool undoing = str_eq(r->state, STR("undoing"));
    struct db_rows rows;

    TRY(db_many(cx, &SQL_bulk_items_next, &rows, P_ID(cx->account), P_ID(r->id),
                P_STR(undoing ? STR("done") : STR("pending")), P_I64(limit)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);
        struct ticket_id id = { db_i64(&row, 0) };

        TRY(undoing ? undo_one(cx, r, id, db_str(&row, 1), db_str(&row, 2)) : do_one(cx, r, id));
    }
    *is_over = rows.count < limit;
    return *is_over ? move(cx, r, undoing ? STR("undone") : STR("done"), true) : OK;
}

/* Writes down what the filter shows, in one transaction with having done so. */
static struct err
collect(struct cx *cx, struct running *r)
{
    struct req asked = { .query = r->filter, .arena = cx->arena, .cx = cx };
    struct ticket_filter filter;
    struct db_rows rows;
    int64_t *ids;

    TRY(tickets_filter_read(cx, &asked, &filter));
    TRY(tickets_list(cx, &filter, &(struct ticket_place){ 0 }, BULK_MAX, &rows));
    ids = arena_array(cx->arena, int64_t, (size_t)rows.count + 1);
    for (int i = 0; i < rows.count; i++)
        ids[i] = tickets_at(&rows, i).id.v;
    TRY(db_exec(cx, &SQL_bulk_item_add, NULL, P_ID(cx->account), P_ID(r->id),
                db_p_i64s(cx->arena, ids, (size_t)rows.count)));
    return move(cx, r, STR("running"), false);
}

static void
queue_step(struct cx *cx, struct bulk_id id)
{
    jobs_add(cx, "bulk.step", jobs_lane("bulk", id.v, 0), id.v, STR(""), 0);
}

static void
leave_trail(struct cx *cx, const char *action, struct bulk_id id, struct str act, int64_t named)
{
    struct audit_change change = { 0 };

    audit_text(&change, "act", (struct str){ 0 }, act);
    audit_id(&change, "tickets", 0, named);
    audit_changed(cx, action, "bulk", id.v, &change);
}

/* --- in a request ------------------------------------------------------------------- */

static struct err
check_filter(struct cx *cx, struct str filter)
{
    struct req asked = { .query = filter, .arena = cx->arena, .cx = cx };
    struct ticket_filter read;

    if (req_query(&asked, "q").len > 0)
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "filter");
    if (tickets_filter_read(cx, &asked, &read).code != ERR_NONE)
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "filter");
    return OK;
}

struct err
bulk_start(struct cx *cx, const struct bulk_wish *wish, struct json_ids ids, struct str filter,
           struct bulk *out)
{
    const struct bulk_act *act = bulk_act_find(wish->act);
    bool is_named = filter.len == 0, is_over;
    struct running running;
    struct bulk_id id;
    struct db_row row;

    if (cx->member.v == 0)
        return FAIL(ERR_FORBIDDEN, "token_not_allowed");
    if (act == NULL)
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "act");
    TRY(access_require(cx, act->permission));
    if (is_named && ids.n == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "ticket_ids");
    if (!is_named)
        TRY(check_filter(cx, filter));
    TRY(act->check(cx, wish));

    TRY(db_one(cx, &SQL_bulk_add, &row, P_ID(cx->account), P_ID(cx->member), P_STR(wish->act),
               P_STR(print_wish(cx, wish)), P_STR(is_named ? (struct str){ 0 } : filter),
               P_STR(is_named ? STR("running") : STR("collecting")), P_TIME(cx->now_us)));
    id.v = db_i64(&row, 0);
    leave_trail(cx, "bulk.started", id, wish->act, (int64_t)ids.n);
    if (is_named) {
        TRY(db_exec(cx, &SQL_bulk_item_add, NULL, P_ID(cx->account), P_ID(id),
                    db_p_i64s(cx->arena, ids.v, ids.n)));
        TRY(lock(cx, id, &running));
        TRY(go_on(cx, &running, BULK_NAMED_MAX + 1, &is_over));
    } else {
        queue_step(cx, id);
    }
    return bulk_get(cx, id, out);
}

struct err
bulk_get(struct cx *cx, struct bulk_id id, struct bulk *out)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_bulk_find, &row, P_ID(cx->account), P_ID(id), P_ID(cx->member)));
    *out = (struct bulk){
        .id = { db_i64(&row, 0) },
        .act = db_str(&row, 1),
        .state = db_str(&row, 2),
        .started_at_us = db_time(&row, 3),
        .finished_at_us = db_time(&row, 4),
        .pending = db_i64(&row, 5),
        .done = db_i64(&row, 6),
        .refused = db_i64(&row, 7),
        .undone = db_i64(&row, 8),
        .kept = db_i64(&row, 9),
    };
    return OK;
}

static bool
is_going(struct str state)
{
    return str_eq(state, STR("collecting")) || str_eq(state, STR("running"));
}

struct err
bulk_cancel(struct cx *cx, struct bulk_id id, struct bulk *out)
{
    struct running running;

    TRY(bulk_get(cx, id, out));
    TRY(lock(cx, id, &running));
    if (!is_going(running.state))
        return FAIL(ERR_CONFLICT, "bulk_over");
    TRY(move(cx, &running, STR("cancelled"), true));
    leave_trail(cx, "bulk.cancelled", id, out->act, 0);
    return bulk_get(cx, id, out);
}

struct err
bulk_undo(struct cx *cx, struct bulk_id id, struct bulk *out)
{
    struct running running;
    bool is_over;

    TRY(bulk_get(cx, id, out));
    TRY(lock(cx, id, &running));
    if (is_going(running.state))
        return FAIL(ERR_CONFLICT, "bulk_running");
    if (str_eq(running.state, STR("undoing")) || str_eq(running.state, STR("undone")))
        return FAIL(ERR_CONFLICT, "bulk_undone");
    TRY(access_require(cx, running.act->permission));
    TRY(move(cx, &running, STR("undoing"), false));
    leave_trail(cx, "bulk.undone", id, out->act, out->done);
    if (out->done <= BULK_NAMED_MAX)
        TRY(go_on(cx, &running, BULK_NAMED_MAX + 1, &is_over));
    else
        queue_step(cx, id);
    return bulk_get(cx, id, out);
}

/* --- as a job ------------------------------------------------------------------------ */

/* With the rights that its member has now; NULL: none that would let them do this. */
static struct err
rights_of(struct cx *cx, const struct running *r, const struct access **out)
{
    const struct access *access;

    TRY(access_look(cx, cx->account, r->user, &access));
    *out = access != NULL && access->is_active && access->block.p == NULL &&
                   permissions_has(&access->permissions, permissions_get("tickets.bulk")) &&
                   permissions_has(&access->permissions, permissions_get(r->act->permission))
               ? access
               : NULL;
    return OK;
}

static struct err
step_as_member(struct cx *cx, struct running *r, bool *is_over)
{
    if (!str_eq(r->state, STR("collecting")))
        return go_on(cx, r, TICKETS_A_STEP, is_over);
    *is_over = false;
    return collect(cx, r);
}

static struct err
bulk_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
          struct job_outcome *out)
{
    const struct access *access;
    struct access_lent before;
    struct running running;
    bool is_over = true;
    struct err e;

    (void)answer;
    TRY(lock(cx, (struct bulk_id){ job->subject_id }, &running));
    if (!is_going(running.state) && !str_eq(running.state, STR("undoing")))
        return OK;
    TRY(rights_of(cx, &running, &access));
    if (access == NULL)
        return move(cx, &running, STR("access_lost"), true);

    before = access_lend(cx, access);
    e = step_as_member(cx, &running, &is_over);
    access_give_back(cx, &before);
    TRY(e);
    if (!is_over) {
        out->verdict = JOB_LATER;
        out->at_us = cx->now_us;
    }
    return OK;
}

const struct job_kind bulk_jobs[] = {
    { .name = "bulk.step", .queue = QUEUE_CHORES, .step = bulk_step, .backoff_ms = 500 },
    { 0 },
};
