/*
 * The e-mail somebody comes in with, changed by themselves. Asking says the same whether the
 * address is free or somebody's, after the same work; a job writes to it if it is free. Nothing
 * changes before the link in that letter is used, and for three days the old address can take
 * it back.
 */
#ifndef DOMAIN_AUTH_EMAIL_H
#define DOMAIN_AUTH_EMAIL_H

#include "base/http.h"
#include "base/jobs.h"

extern const struct route email_routes[];
extern const struct job_kind email_jobs[];

#endif
