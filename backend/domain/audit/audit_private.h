/*
 * What the files of this room share and others have no business with.
 */
#ifndef DOMAIN_AUDIT_PRIVATE_H
#define DOMAIN_AUDIT_PRIVATE_H

#include "domain/audit/audit.h"
#include "domain/audit/chain.h"

struct err audit_seal_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                           struct job_outcome *out);
struct err audit_verify_step(struct cx *cx, const struct job *job,
                             const struct httpc_answer *answer, struct job_outcome *out);

struct err audit_forget_step(struct cx *cx, const struct job *job,
                             const struct httpc_answer *answer, struct job_outcome *out);

/* Links for these rows (columns of audit_unsealed, at least one), in their order. */
MUST_CHECK struct err audit_seal_rows(struct cx *cx, const struct db_rows *rows);

/* Signs the heads that are due, in the table and in the file. */
MUST_CHECK struct err audit_sign_heads(struct cx *cx);

/* By the installation's key. */
struct audit_signature {
    uint8_t key[CRYPTO_ATTEST_KEY_BYTES];
    uint8_t proof[CRYPTO_ATTEST_BYTES];
};
#define AUDIT_KEY(s) ((struct str){ (const char *)(s)->key, sizeof(s)->key })
#define AUDIT_PROOF(s) ((struct str){ (const char *)(s)->proof, sizeof(s)->proof })

/* The statement, and who says so. */
struct str audit_sign(struct cx *cx, const struct audit_promise *promise,
                      struct audit_signature *out);

/* A line of the file of checkpoints. */
void audit_add_line(struct cx *cx, struct buf *lines, struct str statement,
                    const struct audit_signature *signature);

/*
 * Before the commit: when that fails, the same rows make the same chain again, and the
 * line was true all the same. A place that cannot be written to must not stop the sealing.
 */
void audit_append(struct cx *cx, struct str lines);

#endif
