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

/* Links for these rows (columns of audit_unsealed, at least one), in their order. */
MUST_CHECK struct err audit_seal_rows(struct cx *cx, const struct db_rows *rows);

/* Signs the heads that are due, in the table and in the file. */
MUST_CHECK struct err audit_sign_heads(struct cx *cx);

#endif
