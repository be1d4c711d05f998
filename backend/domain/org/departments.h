/*
 * Departments as those who run an account change them, and who serves in each.
 */
#ifndef DOMAIN_ORG_DEPARTMENTS_H
#define DOMAIN_ORG_DEPARTMENTS_H

#include "base/http.h"
#include "org.h"

/* ERR_NOT_FOUND "not_found". */
MUST_CHECK struct err departments_get(struct cx *cx, struct department_id id,
                                      struct department *out);
/* The same; until the transaction ends nobody else changes it. */
MUST_CHECK struct err departments_lock(struct cx *cx, struct department_id id,
                                       struct department *out);

/*
 * A new one stands last in order.
 *
 *   ERR_NOT_FOUND  "company_unknown"
 *   ERR_CONFLICT   "department_name_is_taken"
 *   ERR_INVALID    "unknown_value" of color
 */
MUST_CHECK struct err departments_add(struct cx *cx, const struct department *wanted,
                                      struct department *out);

/*
 * Writes what differs between the two; the row is locked. Where tickets no longer may
 * wait, none may be left: *held says how many live ones are.
 *
 *   as above, and
 *   ERR_CONFLICT   "department_has_tickets", "department_has_channels"
 */
MUST_CHECK struct err departments_save(struct cx *cx, const struct department *before,
                                       const struct department *after, int64_t *held);

/* One that nothing ever was in. ERR_CONFLICT "department_in_use". */
MUST_CHECK struct err departments_remove(struct cx *cx, struct department_id id);

/* Those named come first, in this order; the others stay behind them. ERR_NOT_FOUND "department_unknown". */
MUST_CHECK struct err departments_order(struct cx *cx, struct json_ids ids);

/* Who serves in a department. */
enum notice { NOTICE_DEFAULT, NOTICE_YES, NOTICE_NO };
struct department_member {
    struct member_id id;
    bool is_responsible;
    enum notice notifies_transfer;
};
struct department_people {
    const struct department_member *v;
    size_t n;
};
MUST_CHECK struct err departments_people(struct cx *cx, struct department_id id,
                                         struct department_people *out);

/*
 * Exactly these from now on, judged as delegation is: the caller reaches the department
 * and is not below whoever comes or goes. What they may see changes in this transaction.
 *
 *   ERR_NOT_FOUND  "not_found"; "member_unknown"
 *   ERR_FORBIDDEN  "cannot_grant", "target_above_you"
 *   ERR_INVALID    "member_repeated"
 */
MUST_CHECK struct err departments_set_people(struct cx *cx, struct department_id id,
                                             const struct department_people *wanted);

extern const struct route departments_routes[];

#endif
