/*
 * What somebody may give to others and whom they may act on: nobody hands out what
 * they lack, and nobody acts on a person who holds more. Owners hold everything,
 * present and future, so only an owner is never below another.
 */
#ifndef DOMAIN_AUTH_DELEGATION_H
#define DOMAIN_AUTH_DELEGATION_H

#include "domain/auth/access.h"

/* What is held or is to be held. Lists count only where `every_…` is false. */
struct reach {
    struct permission_set permissions;
    enum access_scope scope;
    unsigned masks;
    bool every_department, every_branch, every_channel;
    struct json_ids departments, branches, channels;
};

/* What an access row amounts to. Scope account reaches every department and branch. */
struct reach auth_reach_of(struct cx *cx, const struct access *access);

/* "{1,2}" as a list in the arena; an absent array is an empty list. */
struct json_ids auth_ids_of(struct arena *a, struct str array);

/*
 * Whether `mine` covers `wanted`: permissions and reach within it, masks at least as
 * many. Otherwise ERR_FORBIDDEN "cannot_grant", field permissions, scope, masks,
 * channel_ids, department_ids or branch_ids.
 */
MUST_CHECK struct err auth_covers(const struct reach *mine, const struct reach *wanted);

/*
 * The same for the caller. Taking away is judged like giving: pass what was there
 * (NULL: nothing) and what is to be (NULL: nothing).
 */
MUST_CHECK struct err auth_may_grant(struct cx *cx, const struct reach *before,
                                     const struct reach *after);

/*
 * Whether the caller may act on this person of the account: themselves, or one who
 * holds nothing that they lack. ERR_NOT_FOUND "not_found", ERR_FORBIDDEN "target_above_you".
 */
MUST_CHECK struct err auth_may_act_on(struct cx *cx, struct user_id target);

#endif
