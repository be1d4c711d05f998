/*
 * Members: persons in the account. Persons are global, so nothing here touches their
 * password, e-mail or factor; an account gives and takes what they may do in it.
 */
#ifndef DOMAIN_PEOPLE_MEMBERS_H
#define DOMAIN_PEOPLE_MEMBERS_H

#include "groups.h"

struct person {
    struct member_id id;
    struct user_id user;
    struct str email, name, locale;
    struct str display_name, signature;
    struct group_id group;
    struct str departments, branches; /* PostgreSQL arrays */
    struct str channels;              /* .p == NULL: all of the group's */
    bool is_agent, is_active;
    bool has_password, has_factor;
    int64_t last_seen_at_us; /* anywhere; 0: never */
    int64_t created_at_us;
    int64_t photo_id; /* 0: none */
};

/* ERR_NOT_FOUND "not_found". */
MUST_CHECK struct err members_get(struct cx *cx, struct member_id id, struct person *out);
MUST_CHECK struct err members_lock(struct cx *cx, struct member_id id, struct person *out);

/* By name, at most 2000. */
MUST_CHECK struct err members_list(struct cx *cx, struct db_rows *rows);
struct person person_at(const struct db_rows *rows, int index);

/* What a membership amounts to: its group, its departments, its branches, its channels. */
struct reach members_reach(struct cx *cx, const struct group *group, struct str departments,
                           struct str branches, struct str channels);

/*
 * Departments, branches and channels that are the account's. ERR_NOT_FOUND
 * department_unknown, branch_unknown, channel_unknown with the field.
 */
MUST_CHECK struct err members_require_places(struct cx *cx, struct str departments,
                                             struct str branches, struct str channels);

/*
 * Writes what differs between the two, judged and on the trail.
 *   target_above_you, cannot_grant, cannot_change_self; last_owner at commit
 */
MUST_CHECK struct err members_save(struct cx *cx, const struct person *before,
                                   const struct person *after);

/*
 * Off: their access ends with this transaction, what they hold goes back to the queues
 * of its departments, what they did stays. On: they come back as they were.
 */
MUST_CHECK struct err members_set_active(struct cx *cx, struct member_id id, bool is_active);

#endif
