/*
 * How an account is organised: companies and their branches, departments and the
 * people who serve in them. What changes here is told to every screen of the account
 * ("account.changed"), for all of them show it.
 */
#ifndef DOMAIN_ORG_ORG_H
#define DOMAIN_ORG_ORG_H

#include "base/db.h"

struct company_id {
    int64_t v;
};
struct department_id {
    int64_t v;
};

struct department {
    struct department_id id;
    struct company_id company;
    struct str name;
    struct str description;
    struct str color;        /* one of department_colors */
    struct str welcome_text; /* empty: the account's */
    struct str away_text;    /* outside of its hours; empty: none */
    int64_t member_count;
    bool is_active;
    bool serves;            /* tickets may wait in it */
    bool is_confidential;   /* its closed tickets are nobody's history */
    bool notifies_transfer; /* of its members, those who did not choose */
};
extern const char *const department_colors[]; /* NULL ends the list */

struct member {
    struct member_id id;
    struct str display_name;
    bool is_agent;
    bool is_active;
    struct str department_ids; /* JSON array of ids, ours */
    int64_t photo_id;          /* 0: none */
};

/* What other rooms ask ----------------------------------------------------- */

/*
 * Somewhere tickets may wait, and it stays so until the transaction ends. ERR_NOT_FOUND
 * "department_unknown"; ERR_CONFLICT "department_inactive", "department_does_not_serve".
 */
MUST_CHECK struct err org_require_department(struct cx *cx, struct department_id id,
                                             struct department *out);

/*
 * A department by its name alone, of the company that the account began with: tickets may wait in it, and nobody is in it
 * yet. ERR_CONFLICT "department_name_is_taken"; ERR_NOT_FOUND "company_unknown".
 */
MUST_CHECK struct err org_add_department(struct cx *cx, struct str name, struct department_id *out);

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

/* Every screen asks again what it knows of the account. */
void org_tell(struct cx *cx);

#endif
