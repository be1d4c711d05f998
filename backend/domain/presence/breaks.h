/*
 * Breaks: why people take one, how many may at once, who is on one and who was. A break
 * that starts stops new tickets with its commit. Its time is planned by its reason;
 * staying longer is shown and counted, and ends nothing.
 */
#ifndef DOMAIN_PRESENCE_BREAKS_H
#define DOMAIN_PRESENCE_BREAKS_H

#include "domain/org/org.h"
#include "domain/presence/presence.h"

struct break_reason_id {
    int64_t v;
};
struct break_id {
    int64_t v;
};

enum { BREAK_MINUTES_MAX = 480, BREAK_PEOPLE_MAX = 999 };

/* Reasons ------------------------------------------------------------------ */

struct break_reason {
    struct break_reason_id id;
    struct str name;
    int64_t planned_min; /* 1 … BREAK_MINUTES_MAX */
    struct str color;    /* one of department_colors */
    bool is_active;
};

/* All of them, in their order. */
MUST_CHECK struct err break_reasons_list(struct cx *cx, struct db_rows *rows);
struct break_reason break_reasons_at(const struct db_rows *rows, int index);

/* ERR_NOT_FOUND "not_found". Locked until the transaction ends. */
MUST_CHECK struct err break_reasons_lock(struct cx *cx, struct break_reason_id id,
                                         struct break_reason *out);

/*
 * before NULL: a new one, last in order. Breaks that were taken keep their plan.
 *   ERR_CONFLICT "break_reason_name_is_taken"; ERR_INVALID "out_of_range" of planned_min,
 *   "unknown_value" of color
 */
MUST_CHECK struct err break_reasons_save(struct cx *cx, const struct break_reason *before,
                                         const struct break_reason *after,
                                         struct break_reason *out);

/* One that no break was taken for. ERR_CONFLICT "break_reason_in_use". */
MUST_CHECK struct err break_reasons_remove(struct cx *cx, struct break_reason_id id);

/* Those named come first, in this order. ERR_NOT_FOUND "break_reason_unknown". */
MUST_CHECK struct err break_reasons_order(struct cx *cx, struct json_ids ids);

/* Limits ------------------------------------------------------------------- */

/* (department, 0: the account; people) of each limit. */
MUST_CHECK struct err break_limits_list(struct cx *cx, struct db_rows *rows);

/*
 * How many of a department (.v == 0: of the account) may be on a break at once; 0: any number.
 *   ERR_NOT_FOUND "department_unknown"; ERR_INVALID "out_of_range"
 */
MUST_CHECK struct err break_limits_set(struct cx *cx, struct department_id department,
                                       int64_t max_people);

/* Breaks ------------------------------------------------------------------- */

struct a_break {
    struct break_id id;
    struct member_id member;
    struct break_reason_id reason;
    int64_t planned_min;
    int64_t started_at_us, ended_at_us; /* ended 0: it lasts */
    struct member_id ended_by; /* .v == 0: it lasts, or nobody came back and it was ended */
};

/* The one a member is on; *found false: none. */
MUST_CHECK struct err breaks_current(struct cx *cx, struct member_id member, bool *found,
                                     struct a_break *out);

/*
 * cx's member takes a break now. However many try at once, no limit is passed.
 *   ERR_CONFLICT  "already_on_break", "break_limit_reached"
 *   ERR_NOT_FOUND "break_reason_unknown" of reason_id: not there, or not in use
 */
MUST_CHECK struct err breaks_start(struct cx *cx, struct break_reason_id reason,
                                   struct a_break *out);

/* cx's member is back. ERR_CONFLICT "not_on_break". */
MUST_CHECK struct err breaks_end(struct cx *cx);

/*
 * Ends the break of somebody whom one supervises.
 *   ERR_NOT_FOUND "not_found"; ERR_CONFLICT "break_ended"
 */
MUST_CHECK struct err breaks_end_of(struct cx *cx, struct break_id id, struct a_break *out);

/* Supervision: people and breaks of those one supervises ---------------------- */

struct teammate {
    struct presence presence;
    bool is_connected;  /* a page of theirs is open: of people on a break too */
    int64_t serving;    /* live tickets in their hands */
    struct a_break now; /* .id.v == 0: on none */
};

/* Everybody active, bounded by what an account holds. */
MUST_CHECK struct err team_list(struct cx *cx, struct db_rows *rows);
struct teammate team_at(const struct db_rows *rows, int index);

struct break_query {
    struct member_id member; /* .v == 0: anybody, and so on */
    struct break_reason_id reason;
    struct department_id department; /* who serves in it today */
    int64_t from_us, to_us;          /* by its start; 0: open */
    int64_t after_us, after_id;      /* the last of the page before; 0: the first page */
    int64_t limit;
};

/* Newest first. */
MUST_CHECK struct err breaks_find(struct cx *cx, const struct break_query *query,
                                  struct db_rows *rows);
struct a_break breaks_at(const struct db_rows *rows, int index);

/* (reason, breaks, seconds, breaks that went over, seconds over) of each reason taken; limit and after do not count. */
MUST_CHECK struct err breaks_total(struct cx *cx, const struct break_query *query,
                                   struct db_rows *rows);

extern const struct route breaks_routes[];
extern const struct route break_reasons_routes[];

/* Job "break.forgotten": nobody came back from a break in half a day. */
MUST_CHECK struct err breaks_forgotten_step(struct cx *cx, const struct job *job,
                                            const struct httpc_answer *answer,
                                            struct job_outcome *out);

#endif
