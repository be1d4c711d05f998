/* Jobs that wait, worked off as the worker does it with those that share a transaction. */
#ifndef DOMAIN_TESTING_COMPANY_H
#define DOMAIN_TESTING_COMPANY_H

#include "base/jobs.h"

/* The jobs of a kind that wait, in their order: exactly so many. */
void test_waiting_jobs(struct cx *cx, const char *kind, struct job jobs[], int expected);

/*
 * The same in one company, at most JOBS_TOGETHER: looked ahead together, then each its step, then they are gone.
 * Returns the round trips it took.
 */
int64_t test_company_works(struct cx *cx, const char *kind, int expected);

#endif
