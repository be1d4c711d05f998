/*
 * Invitations: bound to an e-mail, an account, a group and whoever gave them; good for
 * a week, once. The token travels in the fragment of a link and is kept as a hash.
 */
#ifndef DOMAIN_PEOPLE_INVITES_H
#define DOMAIN_PEOPLE_INVITES_H

#include "members.h"

struct invite {
    int64_t id;
    struct str email, display_name;
    struct group_id group;
    struct str departments, branches, channels; /* as in struct person */
    bool is_agent;
    struct member_id invited_by;
    int64_t sent_at_us, expires_at_us;
};

/*
 * Writes and mails it. ERR_CONFLICT "member_exists"; an open invitation of the same
 * e-mail is replaced, and its link is good no longer.
 */
MUST_CHECK struct err invites_send(struct cx *cx, const struct invite *wanted, struct invite *out);

/* A new link for an open one; the former is good no longer. ERR_NOT_FOUND "not_found". */
MUST_CHECK struct err invites_resend(struct cx *cx, int64_t id, struct invite *out);
MUST_CHECK struct err invites_end(struct cx *cx, int64_t id);
MUST_CHECK struct err invites_list(struct cx *cx, struct db_rows *rows);
struct invite invite_at(const struct db_rows *rows, int index);

/* For whoever holds the token. */
struct invite_seen {
    struct invite invite;
    struct account_id account;
    struct str account_name, group_name, group_builtin, inviter_name;
    struct user_id inviter;
    struct user_id person; /* .v == 0: nobody is known by this e-mail yet */
};

/* ERR_GONE link_used, link_expired. */
MUST_CHECK struct err invites_look(struct cx *cx, struct str token, struct invite_seen *out);

/*
 * Makes the member. Somebody new gives a name and a password; somebody known must be
 * signed in as that person (ERR_FORBIDDEN "invite_for_other"). What the inviter may give
 * is asked once more: "cannot_grant". Puts the account in force.
 */
MUST_CHECK struct err invites_accept(struct cx *cx, struct str token, struct str name,
                                     struct str password, struct str locale,
                                     struct invite_seen *out);

#endif
