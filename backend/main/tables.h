/*
 * Every table the programs hand over to the base layer: routes to the dispatcher,
 * kinds of jobs to the queue.
 */
#ifndef MAIN_TABLES_H
#define MAIN_TABLES_H

#include "base/http.h"
#include "base/jobs.h"

extern const struct route *const route_tables[];
extern const size_t route_table_count;

/* What the operators' pool answers to, and nothing else. */
extern const struct route *const operator_tables[];
extern const size_t operator_table_count;

extern const struct job_kind *const job_tables[];
extern const size_t job_table_count;

#endif
