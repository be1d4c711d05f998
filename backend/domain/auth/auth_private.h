/* Between the files of the room. */
#ifndef DOMAIN_AUTH_AUTH_PRIVATE_H
#define DOMAIN_AUTH_AUTH_PRIVATE_H

#include "auth.h"

/* {"person":{…},"accounts":[…]} of cx's session. */
MUST_CHECK struct err auth_write_me(struct cx *cx, struct json_out *o);

/* In the trail of every account the person of cx works in. detail may be empty. */
void auth_audit_person(struct cx *cx, const char *action, const char *subject_kind,
                       struct str detail);

/* The member that a path names, in cx's account. */
struct member_person {
    struct member_id member;
    struct user_id user;
    struct str display_name, email, locale;
    bool is_active;
};
MUST_CHECK struct err auth_member_person(struct cx *cx, const struct req *req,
                                         struct member_person *out);

/*
 * Whoever acts on another person needs all that they have: ERR_FORBIDDEN
 * "target_above_you". Nobody does it to themselves here: "cannot_change_self".
 */
MUST_CHECK struct err auth_require_above(struct cx *cx, struct user_id target);

/* "2026-11-26 20:50 UTC", for letters. */
struct str auth_time_text(struct cx *cx);

#endif
