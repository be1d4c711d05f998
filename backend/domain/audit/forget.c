/*
 * Job "audit.forget": the oldest rows of a trail go when their account's years are over,
 * in the order of the chain. Before they do, the hash that the rest hangs on is signed as
 * the chain's new start, in the table and in the file outside: verify.c begins there, and
 * a start that is missing is a chain whose beginning is missing.
 */
#include "audit_private.h"

#include "base/clock.h"
#include "base/log.h"

#include "audit.sql.h"

enum { FORGOTTEN_AT_ONCE = 5000 };

/* In the trail itself: how far it was forgotten. */
static void
leave_trail(struct cx *cx, const struct audit_promise *start, int64_t rows)
{
    struct audit_change change = { 0 };
    char iso[CLOCK_ISO_BYTES];

    audit_text(&change, "kept_from", (struct str){ 0 }, clock_iso(start->kept_from_us, iso));
    audit_id(&change, "rows", 0, rows);
    audit_id(&change, "seq", 0, start->seq);
    audit_changed(cx, "retention.ran", "account", cx->account.v, &change);
}

static struct err
forget_some(struct cx *cx)
{
    struct audit_promise start = { .account = cx->account, .at_us = cx->now_us };
    struct buf line = { .arena = cx->arena };
    struct audit_signature signature;
    struct db_row row, gone;
    struct str statement;

    TRY(db_one(cx, &SQL_audit_old_links, &row, P_ID(cx->account), P_I64(FORGOTTEN_AT_ONCE)));
    start.seq = db_i64(&row, 0);
    start.kept_from_us = db_time(&row, 2);
    if (start.seq == 0 || !audit_hash_from(cx, &row, 1, &start.hash))
        return OK;
    statement = audit_sign(cx, &start, &signature);
    audit_add_line(cx, &line, statement, &signature);
    audit_append(cx, buf_str(&line));
    TRY(db_one(cx, &SQL_audit_forget, &gone, P_ID(cx->account), P_I64(start.seq), P_STR(statement),
               db_p_bytes(cx->arena, AUDIT_KEY(&signature)),
               db_p_bytes(cx->arena, AUDIT_PROOF(&signature))));
    leave_trail(cx, &start, db_i64(&gone, 0));
    log_info("audit.forgotten", "account=%lld seq=%lld rows=%lld", (long long)cx->account.v,
             (long long)start.seq, (long long)db_i64(&gone, 0));
    return OK;
}

/* One account for each step, then the months that are empty, then tomorrow. */
struct err
audit_forget_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                  struct job_outcome *out)
{
    char today[CLOCK_ISO_BYTES];
    struct db_row row;
    bool found;

    (void)job;
    (void)answer;
    out->verdict = JOB_LATER;
    TRY(db_opt_(cx, &SQL_audit_outlived, &found, &row, NULL, 0));
    if (!found) {
        out->at_us = cx->now_us + US_PER_DAY;
        return db_exec(cx, &SQL_audit_drop_months, NULL, P_STR(clock_iso(cx->now_us, today)));
    }
    cx->account.v = db_i64(&row, 0);
    db_set_account(cx, cx->account);
    out->at_us = cx->now_us;
    return forget_some(cx);
}
