/*
 * The chain that makes the trail trustworthy: the hash of a row covers the row and
 * the hash before it, so changing, removing or inserting one breaks every later
 * link. Bytes and hashes are pure functions here; seal.c makes links, verify.c
 * looks for broken ones.
 */
#ifndef DOMAIN_AUDIT_CHAIN_H
#define DOMAIN_AUDIT_CHAIN_H

#include "base/crypto.h"
#include "base/db.h"

/* A row of the trail as it is stored. Text without .p and numbers that are_null: NULL. */
struct audit_row {
    int64_t account, id, at_us;
    struct str action, actor_kind;
    struct audit_number {
        int64_t v;
        bool is_null;
    } actor_id, session_id, token_id, port, subject_id;
    struct str address, request_id, subject_kind, detail;
};

struct audit_hash {
    uint8_t v[CRYPTO_SHA256_BYTES];
};

/*
 * Columns account_id, id, at, action, actor_kind, actor_id, session_id, token_id, address,
 * port, request_id, subject_kind, subject_id, detail, in this order, from `first` on.
 */
struct audit_row audit_row_from(const struct db_row *row, int first);

/*
 * What is hashed: 0x01, then as 64 bits, big endian, the account, seq, id and the time in
 * µs; then action, actor kind, actor, session, token, address, port, request id, subject
 * kind, subject and detail, each as its length in 32 bits (-1: NULL) and its bytes. Numbers
 * are 64 bits, a request id of 32 hex digits is 16 bytes.
 */
struct str audit_bytes(struct arena *a, const struct audit_row *row, int64_t seq);

/* Before the first row: SHA-256 of "balcao-audit-1" and the account in 64 bits. */
struct audit_hash audit_start(struct account_id account);

struct audit_hash audit_link(struct arena *a, const struct audit_hash *before,
                             const struct audit_row *row, int64_t seq);

/* A hash as the database returns it; false: not one. */
bool audit_hash_from(struct cx *cx, const struct db_row *row, int col, struct audit_hash *out);

/* What is signed of a chain: that this is the hash at that seq. */
struct audit_promise {
    struct account_id account;
    int64_t seq;
    struct audit_hash hash;
    int64_t at_us; /* when it was signed */
    int64_t
        kept_from_us; /* the chain begins behind seq: what is older was forgotten; 0: a checkpoint */
};

/*
 * {"account":1,"at":…,"count":…,"hash":"…","seq":…}, at in µs; of a start "kept_from" as well.
 * The count is the seq, said once more for readers who know nothing of chains.
 */
struct str audit_statement(struct arena *a, const struct audit_promise *promise);

/* Reads one back. False: it is no statement of ours. */
bool audit_statement_parse(struct arena *a, struct str text, struct audit_promise *out);

/* conf's file of checkpoints, one JSON object on each line. */
const char *audit_checkpoint_file(struct cx *cx);

#endif
