/*
 * A group: what its members may do, on which rows, on which channels, and what they
 * are not shown. Built-in ones mean the same in every account and are only copied.
 */
#ifndef DOMAIN_PEOPLE_GROUPS_H
#define DOMAIN_PEOPLE_GROUPS_H

#include "base/db.h"
#include "domain/auth/auth.h"

struct group_id {
    int64_t v;
};

struct group {
    struct group_id id;
    struct str builtin; /* .p == NULL: the account's own */
    struct str name, description;
    struct permission_set permissions;
    enum access_scope scope;
    struct str channels; /* PostgreSQL array; .p == NULL: all */
    unsigned masks;
    int64_t factor_from_us; /* 0: no second factor is demanded */
    int64_t member_count;
};

/* ERR_NOT_FOUND "group_unknown", field group_id. */
MUST_CHECK struct err groups_require(struct cx *cx, struct group_id id, struct group *out);

/* ERR_NOT_FOUND "not_found"; holds the row until commit. */
MUST_CHECK struct err groups_lock(struct cx *cx, struct group_id id, struct group *out);

/* All of them, built-in ones first. */
MUST_CHECK struct err groups_list(struct cx *cx, struct db_rows *rows);
struct group group_at(const struct db_rows *rows, int index);

/* What its members hold, but for departments and branches, which are each member's own. */
struct reach group_reach(struct cx *cx, const struct group *group);

/*
 * Creates (id 0), changes, removes; with delegation and trail. The caller of
 * groups_save has locked `before` and filled `after`.
 *   cannot_grant (permissions, scope, masks, channel_ids); group_builtin, group_in_use,
 *   group_name_is_taken, cannot_change_self
 */
MUST_CHECK struct err groups_add(struct cx *cx, const struct group *wanted, struct group *out);
/* All that an account says of a built-in group: from when its people need a second factor (0: never). */
MUST_CHECK struct err groups_demand_factor(struct cx *cx, const struct group *before,
                                           int64_t factor_from_us, struct group *out);
MUST_CHECK struct err groups_save(struct cx *cx, const struct group *before,
                                  const struct group *after, struct group *out);
MUST_CHECK struct err groups_remove(struct cx *cx, struct group_id id);

#endif
