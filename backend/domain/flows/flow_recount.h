/*
 * The figures of the funnel, counted again. Each step writes its figures and its trace in one transaction, so at any
 * moment the one follows from the other; the night after a day in which runs began, it is looked whether it does.
 */
#ifndef DOMAIN_FLOWS_FLOW_RECOUNT_H
#define DOMAIN_FLOWS_FLOW_RECOUNT_H

#include "base/jobs.h"

/* Ends that are what a flow is for; any other leaves somebody standing. */
bool flow_is_purpose(struct str reason);

/* The figures of runs that began on a day of the account ("2026-11-27") that are not what the trace says; each is logged. */
MUST_CHECK struct err flow_recount(struct cx *cx, struct str day, int *differing);

/* "flow.recount": arg is the day. Queued with its first run. */
struct err flow_recount_step(struct cx *cx, const struct job *job,
                             const struct httpc_answer *answer, struct job_outcome *out);

#endif
