/*
 * A database that breaks at the n-th statement that writes, whatever table it writes: what a step has done until then must
 * be gone, and its next try must do it all, once. Transactions here are real ones.
 */
#ifndef DOMAIN_TESTING_BRITTLE_H
#define DOMAIN_TESTING_BRITTLE_H

#include "base/cx.h"
#include "base/jobs.h"

enum { BRITTLE_WRITES_MAX = 200 };

/* From here on, until the test ends. Commits what the test has made so far. */
void brittle_make(struct cx *cx);

/* A write transaction with the rights of a test, for looking; end it with db_rollback. */
void brittle_begin(struct cx *cx);

/* One step of the job; broken at that statement that writes (1: the first), or not at all (0). */
struct err brittle_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                        struct job_outcome *out, int at);
/* The same of its first step. */
struct err brittle_try(struct cx *cx, const struct job *job, int at);

/*
 * The job broken at one statement after the other until none is left and it is done; how often it broke, less than
 * BRITTLE_WRITES_MAX. After each break `sum` (a statement whose $1 is the account) must say what it said before.
 */
int brittle_everywhere(struct cx *cx, const struct job *job, const struct db_stmt *sum);
/* What it says now. */
int64_t brittle_sum(struct cx *cx, const struct db_stmt *sum);

#endif
