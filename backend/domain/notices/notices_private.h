/* Between the files of the room. */
#ifndef DOMAIN_NOTICES_PRIVATE_H
#define DOMAIN_NOTICES_PRIVATE_H

#include "notices.h"

/* The jobs: along the log, one notice judged, one notice to one browser. */
struct err notices_follow_step(struct cx *cx, const struct job *job,
                               const struct httpc_answer *answer, struct job_outcome *out);
struct err notice_judge_step(struct cx *cx, const struct job *job,
                             const struct httpc_answer *answer, struct job_outcome *out);
struct err notice_push_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                            struct job_outcome *out);

/* Queues notice_push_step: in the browser's lane, so that a service that asks for patience is asked once. */
void notice_push_add(struct cx *cx, int64_t notice, int64_t subscription);

#endif
