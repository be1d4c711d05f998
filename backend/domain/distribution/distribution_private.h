/*
 * What the files of this room share and others have no business with.
 */
#ifndef DOMAIN_DISTRIBUTION_PRIVATE_H
#define DOMAIN_DISTRIBUTION_PRIVATE_H

#include "domain/distribution/distribution.h"

/* @distribution_row from this column on. */
struct distribution distribution_from_row(const struct db_row *row, int at);

enum { DISTRIBUTION_COLUMNS = 7 };

/* Job "distribution.run": subject is the department. */
struct err distribution_run_step(struct cx *cx, const struct job *job,
                                 const struct httpc_answer *answer, struct job_outcome *out);

/* Job "distribution.due": the same, at a time that a run planned; it rings, so that runs stay in their lane. */
struct err distribution_due_step(struct cx *cx, const struct job *job,
                                 const struct httpc_answer *answer, struct job_outcome *out);

#endif
