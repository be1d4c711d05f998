#include "verify.h"

#include "audit_private.h"

#include "base/clock.h"
#include "base/log.h"

#include "audit.sql.h"

#include <stdio.h>
#include <stdlib.h>

enum { PAGE = 2000, COL_EVENT = 3, REBASE_BATCH = 5000 };

/* --- the walk ------------------------------------------------------------------------- */

struct walk {
    struct account_id account;
    struct audit_hash hash;  /* of the last good link */
    struct audit_hash start; /* before the first that is kept */
    struct audit_verdict *verdict;
};

static void
blame(struct walk *walk, const char *fault, int64_t seq)
{
    if (walk->verdict->fault != NULL)
        return;
    walk->verdict->fault = fault;
    walk->verdict->fault_seq = seq;
}

/* False: this link does not hold, and no later one can be judged. */
static bool
check_link(struct cx *cx, struct walk *walk, const struct db_row *row)
{
    int64_t seq = db_i64(row, 0);
    struct audit_hash kept, computed;
    struct audit_row event;

    if (seq != walk->verdict->seq + 1) {
        blame(walk, "missing", walk->verdict->seq + 1);
        return false;
    }
    if (db_is_null(row, COL_EVENT)) {
        blame(walk, "removed", seq);
        return false;
    }
    event = audit_row_from(row, COL_EVENT);
    computed = audit_link(cx->arena, &walk->hash, &event, seq);
    if (!audit_hash_from(cx, row, 1, &kept) || memcmp(kept.v, computed.v, sizeof kept.v) != 0) {
        blame(walk, "changed", seq);
        return false;
    }
    walk->hash = computed;
    walk->verdict->seq = seq;
    return true;
}

static struct err
walk_links(struct cx *cx, struct walk *walk)
{
    struct arena_mark mark = arena_mark(cx->arena);
    struct db_rows rows;

    do {
        arena_rewind(cx->arena, mark);
        TRY(db_many(cx, &SQL_audit_walk, &rows, P_ID(walk->account), P_I64(walk->verdict->seq),
                    P_I64(PAGE)));
        for (int i = 0; i < rows.count; i++) {
            struct db_row row = db_row_at(&rows, i);

            if (!check_link(cx, walk, &row))
                return OK;
        }
    } while (rows.count == PAGE);
    return OK;
}

/* The head is only where the next link hangs, but a chain cut at its end shows there first. */
static struct err
check_head(struct cx *cx, struct walk *walk)
{
    struct audit_hash head;
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_audit_head, &found, &row, P_ID(walk->account)));
    if (!found) {
        if (walk->verdict->seq > 0)
            blame(walk, "rewritten", walk->verdict->seq);
        return OK;
    }
    if (db_i64(&row, 0) > walk->verdict->seq)
        blame(walk, "cut", walk->verdict->seq + 1);
    else if (!audit_hash_from(cx, &row, 1, &head) ||
             memcmp(head.v, walk->hash.v, sizeof head.v) != 0)
        blame(walk, "rewritten", db_i64(&row, 0));
    return OK;
}

/* --- what was signed -------------------------------------------------------------------- */

static bool
is_ours(struct str statement, struct str key, struct str signature)
{
    uint8_t ours[CRYPTO_ATTEST_KEY_BYTES];

    crypto_attest_key(ours);
    return str_eq(key, (struct str){ (const char *)ours, sizeof ours }) &&
           crypto_attested(key, statement, signature);
}

/* Where the walk begins. A start that is not ours is none, but somebody wanted it to be one. */
static struct err
find_start(struct cx *cx, struct walk *walk)
{
    struct audit_promise start;
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_audit_last_start, &found, &row, P_ID(walk->account)));
    if (!found)
        return OK;
    if (!audit_statement_parse(cx->arena, db_str(&row, 0), &start) || start.kept_from_us == 0 ||
        start.account.v != walk->account.v ||
        !is_ours(db_str(&row, 0), db_bytes(cx, &row, 1), db_bytes(cx, &row, 2))) {
        blame(walk, "rewritten", 0);
        return OK;
    }
    walk->hash = walk->start = start.hash;
    walk->verdict->seq = walk->verdict->start_seq = start.seq;
    return OK;
}

/* The hash that the chain has there, from its start on; *has false: none. */
static struct err
hash_at(struct cx *cx, struct walk *walk, int64_t seq, bool *has, struct audit_hash *out)
{
    struct db_row row;

    *has = seq == walk->verdict->start_seq;
    *out = walk->start;
    if (*has)
        return OK;
    TRY(db_opt(cx, &SQL_audit_link_at, has, &row, P_ID(walk->account), P_I64(seq)));
    if (*has && !audit_hash_from(cx, &row, 0, out))
        *out = (struct audit_hash){ 0 };
    return OK;
}

static struct err
check_inserted(struct cx *cx, struct walk *walk)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_audit_inserted, &found, &row, P_ID(walk->account)));
    if (found)
        blame(walk, "inserted", db_i64(&row, 0));
    return OK;
}

static struct err
check_statement(struct cx *cx, struct walk *walk, struct str statement, struct str key,
                struct str signature)
{
    struct audit_promise promise;
    struct audit_hash kept;
    bool has;

    if (!audit_statement_parse(cx->arena, statement, &promise)) {
        blame(walk, "rewritten", 0);
        return OK;
    }
    if (promise.account.v != walk->account.v || promise.seq < walk->verdict->start_seq)
        return OK;
    if (!is_ours(statement, key, signature)) {
        blame(walk, "rewritten", promise.seq);
        return OK;
    }
    TRY(hash_at(cx, walk, promise.seq, &has, &kept));
    if (!has)
        blame(walk, "cut", promise.seq);
    else if (memcmp(kept.v, promise.hash.v, sizeof kept.v) != 0)
        blame(walk, "rewritten", promise.seq);
    return OK;
}

static struct err
check_table(struct cx *cx, struct walk *walk)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_audit_checkpoints, &rows, P_ID(walk->account)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        TRY(check_statement(cx, walk, db_str(&row, 0), db_bytes(cx, &row, 1),
                            db_bytes(cx, &row, 2)));
    }
    return OK;
}

/* A line that is torn or foreign is nobody's promise; one of ours that says more than the table counts. */
static struct err
check_line(struct cx *cx, struct walk *walk, struct str line)
{
    uint8_t key[CRYPTO_ATTEST_KEY_BYTES], signature[CRYPTO_ATTEST_BYTES];
    const struct json *o;

    if (json_parse(cx->arena, line, &o).code != ERR_NONE ||
        !crypto_unhex(json_get_text(o, "public_key"), key, sizeof key) ||
        !crypto_unhex(json_get_text(o, "signature"), signature, sizeof signature))
        return OK;
    return check_statement(cx, walk, json_get_text(o, "statement"),
                           (struct str){ (const char *)key, sizeof key },
                           (struct str){ (const char *)signature, sizeof signature });
}

/* No file is no fault: a copy of the database elsewhere has none. */
static struct err
check_file(struct cx *cx, struct walk *walk)
{
    FILE *file = fopen(audit_checkpoint_file(cx), "re");
    struct err e = OK;
    char *line = NULL;
    size_t room = 0;
    ssize_t n;

    if (file == NULL)
        return OK;
    while (e.code == ERR_NONE && (n = getline(&line, &room, file)) > 0) {
        struct arena_mark mark = arena_mark(cx->arena);

        e = check_line(cx, walk, (struct str){ line, (size_t)n });
        arena_rewind(cx->arena, mark);
    }
    free(line);
    fclose(file);
    return e;
}

static struct err
look_over(struct cx *cx, struct walk *walk)
{
    const struct audit_verdict *verdict = walk->verdict;

    TRY(find_start(cx, walk));
    if (verdict->fault == NULL)
        TRY(walk_links(cx, walk));
    if (verdict->fault != NULL)
        return OK;
    TRY(check_table(cx, walk));
    TRY(check_file(cx, walk));
    TRY(check_head(cx, walk));
    return check_inserted(cx, walk);
}

/* What is forgotten while we look would seem to be missing: then once more, from the new start. */
static struct err
is_still_the_start(struct cx *cx, const struct walk *walk, bool *is)
{
    struct audit_verdict unused = { 0 };
    struct walk now = { .account = walk->account, .verdict = &unused };

    TRY(find_start(cx, &now));
    *is = unused.start_seq == walk->verdict->start_seq;
    return OK;
}

struct err
audit_verify(struct cx *cx, struct account_id account, struct audit_verdict *out)
{
    bool is_settled = false;

    while (!is_settled) {
        struct walk walk = { .account = account, .hash = audit_start(account), .verdict = out };

        *out = (struct audit_verdict){ 0 };
        TRY(look_over(cx, &walk));
        is_settled = out->fault == NULL;
        if (!is_settled)
            TRY(is_still_the_start(cx, &walk, &is_settled));
    }
    return OK;
}

void
audit_verified(struct cx *cx, struct account_id account, const struct audit_verdict *verdict)
{
    db_queue(cx, &SQL_audit_verified, P_ID(account), P_I64(verdict->seq),
             P_STR(str_of(verdict->fault)),
             verdict->fault == NULL ? P_NULL : P_I64(verdict->fault_seq), P_TIME(cx->now_us));
}

/* --- chores -------------------------------------------------------------------------------- */

/* Each chain once a day, one for each step. */
struct err
audit_verify_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                  struct job_outcome *out)
{
    struct audit_verdict verdict;
    struct account_id account;
    struct db_row row;
    bool found;

    (void)job;
    (void)answer;
    out->verdict = JOB_LATER;
    out->at_us = cx->now_us + US_PER_MIN;
    TRY(db_opt(cx, &SQL_audit_unverified, &found, &row, P_TIME(cx->now_us)));
    if (!found)
        return OK;
    account.v = db_i64(&row, 0);
    db_set_account(cx, account);
    TRY(audit_verify(cx, account, &verdict));
    if (verdict.fault != NULL)
        log_error("audit.broken", "account=%lld seq=%lld fault=%s", (long long)account.v,
                  (long long)verdict.fault_seq, verdict.fault);
    audit_verified(cx, account, &verdict);
    out->at_us = cx->now_us;
    return OK;
}

struct err
audit_rebase(struct cx *cx)
{
    struct db_rows rows;

    do {
        TRY(db_many(cx, &SQL_audit_unsealed_by_id, &rows, P_I64(REBASE_BATCH)));
        if (rows.count > 0)
            TRY(audit_seal_rows(cx, &rows));
    } while (rows.count > 0);
    return db_exec_(cx, &SQL_audit_rebase, NULL, NULL, 0);
}

struct err
audit_accounts(struct cx *cx, struct account_id **out, size_t *n)
{
    struct db_rows rows;

    TRY(db_many_(cx, &SQL_audit_accounts, &rows, NULL, 0));
    *n = (size_t)rows.count;
    *out = arena_array(cx->arena, struct account_id, *n);
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        (*out)[i].v = db_i64(&row, 0);
    }
    return OK;
}
