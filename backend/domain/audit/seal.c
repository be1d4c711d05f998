/*
 * Job "audit.seal": makes links of what is final, each second, and signs the heads of
 * the chains each hour. Sealing beside the work instead of within it leaves writers
 * alone: a chain inline needs the account's last hash locked until each commit.
 */
#include "audit_private.h"

#include "base/clock.h"
#include "base/log.h"

#include "audit.sql.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum {
    BATCH = 5000,
    SIGNED_AT_ONCE = 500,
    COL_XID = 14, /* behind the columns of a row */
    COL_HEAD_SEQ,
    COL_HEAD_HASH
};

/* --- links ------------------------------------------------------------------------- */

/* Heads of the accounts in a batch, as they grow: a hash table, open, twice as large as a batch. */
struct head {
    int64_t account, seq; /* account 0: free */
    struct audit_hash hash;
};
enum { HEADS = 2 * 8192 };

struct links {
    int64_t *accounts, *seqs, *ids;
    struct str *ats, *hashes;
    size_t n;
};

static struct head *
head_of(struct cx *cx, struct head *heads, const struct db_row *row, int64_t account)
{
    uint64_t at = (uint64_t)account * UINT64_C(0x9E3779B97F4A7C15) >> 50;
    struct head *head = &heads[at % HEADS];

    while (head->account != 0 && head->account != account)
        head = &heads[++at % HEADS];
    if (head->account == 0) {
        *head = (struct head){ .account = account, .seq = db_i64(row, COL_HEAD_SEQ) };
        if (!audit_hash_from(cx, row, COL_HEAD_HASH, &head->hash))
            head->hash = audit_start((struct account_id){ account });
    }
    return head;
}

static void
add_link(struct cx *cx, struct links *links, struct head *heads, const struct db_row *row)
{
    struct audit_row event = audit_row_from(row, 0);
    struct head *head = head_of(cx, heads, row, event.account);
    size_t i = links->n++;

    head->hash = audit_link(cx->arena, &head->hash, &event, ++head->seq);
    links->accounts[i] = event.account;
    links->seqs[i] = head->seq;
    links->ids[i] = event.id;
    links->ats[i] = db_str(row, 2);
    links->hashes[i] = crypto_hex(cx->arena, head->hash.v, sizeof head->hash.v);
}

struct err
audit_seal_rows(struct cx *cx, const struct db_rows *rows)
{
    size_t n = (size_t)rows->count;
    struct links links = {
        .accounts = arena_array(cx->arena, int64_t, n),
        .seqs = arena_array(cx->arena, int64_t, n),
        .ids = arena_array(cx->arena, int64_t, n),
        .ats = arena_array(cx->arena, struct str, n),
        .hashes = arena_array(cx->arena, struct str, n),
    };
    struct head *heads = arena_array(cx->arena, struct head, HEADS);
    struct db_row row;

    for (int i = 0; i < rows->count; i++) {
        row = db_row_at(rows, i);
        add_link(cx, &links, heads, &row);
    }
    return db_exec(cx, &SQL_audit_seal, NULL, db_p_i64s(cx->arena, links.accounts, n),
                   db_p_i64s(cx->arena, links.seqs, n), db_p_strs(cx->arena, links.ats, n),
                   db_p_i64s(cx->arena, links.ids, n), db_p_strs(cx->arena, links.hashes, n),
                   P_STR(db_str(&row, COL_XID)), P_I64(links.ids[n - 1]));
}

/* --- checkpoints --------------------------------------------------------------------- */

struct str
audit_sign(struct cx *cx, const struct audit_promise *promise, struct audit_signature *out)
{
    struct str statement = audit_statement(cx->arena, promise);

    crypto_attest_key(out->key);
    crypto_attest(statement, out->proof);
    return statement;
}

void
audit_add_line(struct cx *cx, struct buf *lines, struct str statement,
               const struct audit_signature *signature)
{
    struct json_out o = { .buf = lines };

    json_open(&o, '{');
    json_kv_str(&o, "public_key", crypto_hex(cx->arena, signature->key, sizeof signature->key));
    json_kv_str(&o, "signature", crypto_hex(cx->arena, signature->proof, sizeof signature->proof));
    json_kv_str(&o, "statement", statement);
    json_close(&o, '}');
    buf_char(lines, '\n');
}

void
audit_append(struct cx *cx, struct str lines)
{
    const char *path = audit_checkpoint_file(cx);
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);

    if (fd < 0 || write(fd, lines.p, lines.len) != (ssize_t)lines.len || fdatasync(fd) != 0)
        log_error("audit.file_refused", "errno=%d", errno);
    if (fd >= 0)
        close(fd);
}

struct err
audit_sign_heads(struct cx *cx)
{
    struct buf lines = { .arena = cx->arena };
    struct db_rows rows;

    TRY(db_many(cx, &SQL_audit_unsigned, &rows, P_TIME(cx->now_us), P_I64(SIGNED_AT_ONCE)));
    if (rows.count == 0)
        return OK;
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);
        struct audit_promise head = { .account = { db_i64(&row, 0) },
                                      .seq = db_i64(&row, 1),
                                      .at_us = cx->now_us };
        struct audit_signature signature;
        struct str statement;

        if (!audit_hash_from(cx, &row, 2, &head.hash))
            continue;
        statement = audit_sign(cx, &head, &signature);
        db_queue(cx, &SQL_audit_sign, P_ID(head.account), P_I64(head.seq), P_STR(statement),
                 db_p_bytes(cx->arena, AUDIT_KEY(&signature)),
                 db_p_bytes(cx->arena, AUDIT_PROOF(&signature)), P_TIME(cx->now_us));
        audit_add_line(cx, &lines, statement, &signature);
    }
    audit_append(cx, buf_str(&lines));
    return OK;
}

struct err
audit_seal_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                struct job_outcome *out)
{
    struct db_rows rows;

    (void)job;
    (void)answer;
    TRY(db_many(cx, &SQL_audit_unsealed, &rows, P_I64(BATCH)));
    if (rows.count > 0)
        TRY(audit_seal_rows(cx, &rows));
    TRY(audit_sign_heads(cx));
    out->verdict = JOB_LATER;
    out->at_us = rows.count == BATCH ? cx->now_us : cx->now_us + US_PER_S;
    return OK;
}

const struct job_kind audit_jobs[] = {
    /* Never given up: what is not sealed is not protected. */
    { .name = "audit.seal",
      .queue = QUEUE_CHORES,
      .step = audit_seal_step,
      .attempts = 1000000,
      .backoff_max_ms = 10000 },
    { .name = "audit.verify",
      .queue = QUEUE_CHORES,
      .step = audit_verify_step,
      .attempts = 1000000 },
    { .name = "audit.forget",
      .queue = QUEUE_CHORES,
      .step = audit_forget_step,
      .attempts = 1000000 },
    { 0 },
};
