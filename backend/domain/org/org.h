/*
 * How an account is organised: departments and the people who serve in them.
 */
#ifndef DOMAIN_ORG_ORG_H
#define DOMAIN_ORG_ORG_H

#include "base/db.h"

struct department_id {
    int64_t v;
};

struct department {
    struct department_id id;
    struct str name;
    struct str description;
    bool is_active;
    bool is_confidential; /* its closed tickets are nobody's history */
};

struct member {
    struct member_id id;
    struct str display_name;
    bool is_agent;
    bool is_active;
    struct str department_ids; /* JSON array of ids, ours */
    int64_t photo_id;          /* 0: none */
};

/* ERR_NOT_FOUND "department_unknown"; ERR_CONFLICT "department_inactive". */
MUST_CHECK struct err org_require_department(struct cx *cx, struct department_id id,
                                             struct department *out);

/* Somebody tickets may be given to. ERR_NOT_FOUND "member_unknown"; ERR_CONFLICT "member_inactive". */
MUST_CHECK struct err org_require_agent(struct cx *cx, struct member_id id, struct member *out);

/* ERR_CONFLICT "agent_lacks_channel": they could not even open what they were given. */
MUST_CHECK struct err org_require_channel(struct cx *cx, struct member_id id, int64_t channel_id);

/* What a customer is told of who writes; .p == NULL for nobody (.v == 0). */
MUST_CHECK struct err org_first_name(struct cx *cx, struct member_id id, struct str *out);

/* Everyone and everything, bounded by what an account holds (hundreds). */
MUST_CHECK struct err org_list_departments(struct cx *cx, struct db_rows *rows);
struct department org_department_at(const struct db_rows *rows, int index);
MUST_CHECK struct err org_list_members(struct cx *cx, struct db_rows *rows);
struct member org_member_at(const struct db_rows *rows, int index);

#endif
