#include "clock.h"
#include "jobs.sql.h"
#include "jobs_private.h"
#include "log.h"

/* Columns of lanes_claim. */
enum { LANE, FENCE, WAS_ABANDONED, JOB, KIND, ACCOUNT, SUBJECT, ARG, ATTEMPT, UNKNOWN_SINCE };

struct db_param
jobs_now(const struct worker *w)
{
    return P_TIME(w->is_cx_clock ? w->cx->now_us : 0);
}

void
jobs_begin(struct worker *w, struct cx *cx)
{
    if (!w->is_nested)
        db_begin(cx, TX_WRITE);
}

struct err
jobs_commit(struct worker *w, struct cx *cx)
{
    return w->is_nested ? OK : db_commit(cx);
}

void
jobs_rollback(struct worker *w, struct cx *cx)
{
    if (!w->is_nested)
        db_rollback(cx);
}

bool
jobs_holds(const struct worker *w, enum held_state state)
{
    for (int i = 0; i < LANES_MAX; i++)
        if (w->held[i].state == state)
            return true;
    return false;
}

int
jobs_free_slots(const struct worker *w)
{
    int n = 0;

    for (int i = 0; i < LANES_MAX; i++)
        n += w->held[i].state == HELD_FREE;
    return n;
}

void
jobs_free_slot(struct held *h)
{
    struct arena *arena = h->arena;

    arena_reset(arena);
    *h = (struct held){ .state = HELD_FREE, .arena = arena };
}

static struct held *
free_slot(struct worker *w)
{
    for (int i = 0; i < LANES_MAX; i++) {
        struct held *h = &w->held[i];

        if (h->state == HELD_FREE) {
            if (h->arena == NULL)
                h->arena = arena_new(4096);
            return h;
        }
    }
    BUG("more lanes claimed than slots free");
}

static int64_t
lease_end_us(const struct worker *w)
{
    return clock_monotonic_us() + w->cx->conf->job_lease_s * US_PER_S;
}

/* --- claiming ------------------------------------------------------------------- */

static void
hold_job(struct held *h, const struct db_row *row)
{
    struct held_job *held = &h->jobs[h->n++];

    held->kind_name = str_dup(h->arena, db_str(row, KIND));
    held->unknown_since_us = db_time(row, UNKNOWN_SINCE);
    held->job = (struct job){
        .id = db_i64(row, JOB),
        .kind = jobs_kind(held->kind_name),
        .account = { db_i64(row, ACCOUNT) },
        .subject_id = db_i64(row, SUBJECT),
        .arg = str_dup(h->arena, db_str(row, ARG)),
        .attempt = (int)db_i64(row, ATTEMPT) + 1,
        .lane = h->lane,
        .fence = h->fence,
    };
    /* The statement counted it, after the snapshot that we read. */
    if (h->n == 1 && h->is_alone)
        held->job.attempt++;
}

static int
hold_lanes(struct worker *w, const struct db_rows *rows)
{
    struct held *h = NULL;
    int lanes = 0;

    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);

        if (h == NULL || h->lane != db_i64(&row, LANE)) {
            h = free_slot(w);
            h->state = HELD_READY;
            h->lane = db_i64(&row, LANE);
            h->fence = db_i64(&row, FENCE);
            h->until_us = lease_end_us(w);
            h->is_alone = db_bool(&row, WAS_ABANDONED);
            lanes++;
        }
        if (db_is_null(&row, JOB))
            h->state = HELD_LEAVING;
        else
            hold_job(h, &row);
        h->mark = arena_mark(h->arena);
    }
    return lanes;
}

/* --- letting go ------------------------------------------------------------------ */

/* The lanes of some held ones, and their fences, as parameters. */
struct lane_list {
    int64_t lanes[LANES_MAX];
    int64_t fences[LANES_MAX];
    size_t n;
};

static void
list(struct lane_list *to, const struct held *h)
{
    to->lanes[to->n] = h->lane;
    to->fences[to->n] = h->fence;
    to->n++;
}

static struct held *
find(struct worker *w, int64_t lane, int64_t fence)
{
    for (int i = 0; i < LANES_MAX; i++) {
        struct held *h = &w->held[i];

        if (h->state != HELD_FREE && h->lane == lane && h->fence == fence)
            return h;
    }
    BUG("a lane came back that we do not hold");
}

/* Locks what is leaving; the rest of it stays for the next time, or for its lease to end. */
static struct err
lock_leaving(struct worker *w, struct lane_list *locked)
{
    struct cx *cx = w->cx;
    struct str queue = str_of(job_queue_names[w->queue]);
    struct lane_list leaving = { .n = 0 };
    struct db_rows rows;

    for (int i = 0; i < LANES_MAX; i++)
        if (w->held[i].state == HELD_LEAVING)
            list(&leaving, &w->held[i]);
    if (leaving.n == 0)
        return OK;

    TRY(db_many(cx, &SQL_lanes_lock, &rows, P_STR(queue),
                db_p_i64s(cx->arena, leaving.lanes, leaving.n),
                db_p_i64s(cx->arena, leaving.fences, leaving.n)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        list(locked, find(w, db_i64(&row, 0), db_i64(&row, 1)));
    }
    if (locked->n > 0)
        db_queue(cx, &SQL_lanes_let_go, P_STR(queue),
                 db_p_i64s(cx->arena, locked->lanes, locked->n));
    return OK;
}

void
jobs_note_unknown(struct worker *w)
{
    if (w->unknown == UNKNOWN_NONE)
        w->unknown = UNKNOWN_UNBEGUN;
}

/*
 * What begins to be claimed in the same moment as this is not seen, and waits for its lease to end: a session that goes on
 * for a moment after its worker died.
 */
static void
disclaim_unknown(struct worker *w)
{
    struct cx *cx = w->cx;
    struct lane_list known = { .n = 0 };

    if (w->unknown == UNKNOWN_NONE)
        return;
    for (int i = 0; i < LANES_MAX; i++)
        if (w->held[i].state != HELD_FREE)
            list(&known, &w->held[i]);
    db_queue(cx, &SQL_lanes_disclaim, P_STR(str_of(job_queue_names[w->queue])), P_I64(w->place),
             db_p_i64s(cx->arena, known.lanes, known.n),
             db_p_i64s(cx->arena, known.fences, known.n), P_BOOL(w->unknown == UNKNOWN_ABANDONED));
}

static struct err
leave_and_claim(struct worker *w, int most, struct lane_list *left, struct db_rows *rows)
{
    struct cx *cx = w->cx;

    db_queue_(cx, &SQL_commit_lazily, NULL, 0);
    disclaim_unknown(w);
    TRY(lock_leaving(w, left));
    if (most == 0)
        return OK;
    return db_many(cx, &SQL_lanes_claim, rows, P_STR(str_of(job_queue_names[w->queue])),
                   P_I64(most), P_I64(LANE_JOBS), P_I64(cx->conf->job_lease_s), jobs_now(w),
                   P_I64(w->place));
}

int
jobs_leave_and_claim(struct worker *w, int most)
{
    struct cx *cx = w->cx;
    struct arena_mark mark = arena_mark(cx->arena);
    struct lane_list left = { .n = 0 };
    struct db_rows rows = { NULL, 0 };
    struct err failed;
    int lanes = 0;

    if (most == 0 && !jobs_holds(w, HELD_LEAVING))
        return 0;

    jobs_begin(w, cx);
    failed = leave_and_claim(w, most, &left, &rows);
    if (failed.code != ERR_NONE)
        jobs_rollback(w, cx);
    else
        failed = jobs_commit(w, cx);

    if (failed.code == ERR_NONE) {
        for (size_t i = 0; i < left.n; i++)
            jobs_free_slot(find(w, left.lanes[i], left.fences[i]));
        lanes = hold_lanes(w, &rows);
        w->unknown = UNKNOWN_NONE;
    } else {
        jobs_note_unknown(w);
        log_error("jobs.claim_failed", "queue=%s why=%s", job_queue_names[w->queue], failed.slug);
    }
    /* Locked out until its lease ended, or the lease is somebody else's: not ours to release. */
    for (int i = 0; i < LANES_MAX; i++)
        if (w->held[i].state == HELD_LEAVING && w->held[i].until_us < clock_monotonic_us())
            jobs_free_slot(&w->held[i]);
    arena_rewind(cx->arena, mark);
    return lanes;
}

/* --- renewing --------------------------------------------------------------------- */

static struct err
renew(struct worker *w, const struct lane_list *due, struct db_rows *rows)
{
    struct cx *cx = w->cx;

    db_queue_(cx, &SQL_commit_lazily, NULL, 0);
    return db_many(cx, &SQL_lanes_renew, rows, P_STR(str_of(job_queue_names[w->queue])),
                   db_p_i64s(cx->arena, due->lanes, due->n),
                   db_p_i64s(cx->arena, due->fences, due->n), P_I64(cx->conf->job_lease_s),
                   jobs_now(w));
}

void
jobs_renew(struct worker *w)
{
    struct cx *cx = w->cx;
    int64_t half_over_us = clock_monotonic_us() + w->cx->conf->job_lease_s * US_PER_S / 2;
    struct lane_list due = { .n = 0 };
    struct arena_mark mark = arena_mark(cx->arena);
    struct db_rows rows = { NULL, 0 };
    struct err failed;

    for (int i = 0; i < LANES_MAX; i++)
        if (w->held[i].state != HELD_FREE && w->held[i].until_us < half_over_us)
            list(&due, &w->held[i]);
    if (due.n == 0)
        return;

    jobs_begin(w, cx);
    failed = renew(w, &due, &rows);
    if (failed.code != ERR_NONE)
        jobs_rollback(w, cx);
    else
        failed = jobs_commit(w, cx);
    /* A lane that did not come back may be lost: its job then ends in lease_lost, without effect. */
    if (failed.code == ERR_NONE) {
        for (int i = 0; i < rows.count; i++) {
            struct db_row row = db_row_at(&rows, i);

            find(w, db_i64(&row, 0), db_i64(&row, 1))->until_us = lease_end_us(w);
        }
    }
    arena_rewind(cx->arena, mark);
}
