/*
 * Links for a new password. Whoever asks learns nothing: the same answer after the same
 * work, and a job looks whether there is such a person.
 */
#ifndef DOMAIN_PEOPLE_RESETS_H
#define DOMAIN_PEOPLE_RESETS_H

#include "base/db.h"
#include "base/jobs.h"

/* Mails a link, good for half an hour, to the person behind this e-mail; nobody: nothing. */
MUST_CHECK struct err resets_start(struct cx *cx, struct str email);

/*
 * Sets the password; all their sessions end. ERR_GONE link_used, link_expired;
 * ERR_INVALID what is wrong with the password.
 */
MUST_CHECK struct err resets_finish(struct cx *cx, struct str token, struct str password);

MUST_CHECK struct err resets_step(struct cx *cx, const struct job *job,
                                  const struct httpc_answer *answer, struct job_outcome *out);

#endif
