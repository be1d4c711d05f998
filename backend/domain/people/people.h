/*
 * The people of an account and what they may do: members, invitations, groups,
 * networks, rules of signing in, their own profile.
 *
 * Everything that gives, takes away or acts on somebody passes through
 * domain/auth/delegation.h; everything that changes leaves a row in the trail with
 * what was and what is.
 */
#ifndef DOMAIN_PEOPLE_PEOPLE_H
#define DOMAIN_PEOPLE_PEOPLE_H

#include "base/http.h"
#include "base/jobs.h"

extern const struct route groups_routes[];
extern const struct route invites_routes[];
extern const struct route members_routes[];
extern const struct route networks_routes[];
extern const struct route photo_routes[];
extern const struct route profile_routes[];
extern const struct route resets_routes[];
extern const struct route security_routes[];

extern const struct job_kind people_jobs[];

#endif
