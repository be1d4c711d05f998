/*
 * Counts answers: by route and class of status, and the time they took. The figures
 * are shared by all children of a master, and start anew with a new program.
 */
#ifndef BASE_TALLY_H
#define BASE_TALLY_H

#include "http.h"

/* Before the fork. Without it nothing is counted (tests). */
void tally_open(const struct router *router);

/* route may be NULL: no such route. */
void tally_count(const struct route *route, int status, int64_t us);

/* Prometheus' text form; routes that nobody asked for are left out. */
void tally_write(struct buf *out);

#endif
