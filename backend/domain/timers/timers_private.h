/*
 * What the files of this room share and others have no business with.
 */
#ifndef DOMAIN_TIMERS_PRIVATE_H
#define DOMAIN_TIMERS_PRIVATE_H

#include "domain/hours/hours.h"
#include "domain/tickets/tickets.h"
#include "timers.h"

/* Clocks: arithmetic, no database (clocks.c) ------------------------------------ */

enum clock_kind {
    CLOCK_FIRST_ANSWER,
    CLOCK_NEXT_ANSWER,
    CLOCK_RESOLUTION,
    CLOCK__PROMISES, /* those before are an SLA's */
    CLOCK_TRANSFER = CLOCK__PROMISES,
    CLOCK_IDLE,
    CLOCK__MAX
};
extern const char *const clock_kind_names[CLOCK__MAX];

struct clock {
    bool is_set;
    int64_t rule_id;
    int64_t stands_for_us; /* the instant of the ticket that it was set for */
    int64_t target_us;     /* open time */
    int64_t lead_us;       /* it warns so much before; -1: it does not */
    int64_t spent_us;      /* open time before the last pause */
    int64_t running_since_us, warn_at_us, due_at_us; /* 0: paused; or not in sight */
    int64_t warned_at_us, breached_at_us;            /* 0: not yet */
};

/* A schedule of NULL is always open, here and below. */
void clock_run(struct clock *c, const struct schedule *schedule, int64_t from_us);
void clock_pause(struct clock *c, const struct schedule *schedule, int64_t at_us);
int64_t clock_spent(const struct clock *c, const struct schedule *schedule, int64_t at_us);

/* When it must be looked at next; 0: not before the ticket moves. */
int64_t clock_look_at(const struct clock *c);

/* The nearest promise as screens read it; .p == NULL: none runs. */
struct promise {
    struct str json;
    int64_t warn_at_us, due_at_us;
};
struct promise clocks_promise(struct arena *a, const struct clock clocks[CLOCK__MAX],
                              const struct schedule *schedule);

/* so much open time later, and the first open instant from one on; 0: not in sight */
int64_t open_after(const struct schedule *schedule, int64_t from_us, int64_t open_us);
int64_t open_next(const struct schedule *schedule, int64_t from_us);

/* Rules (rules.c) ------------------------------------------------------------------ */

enum { WAIT_MIN_MAX = 10080, SPAN_MIN_MAX = 129600, RULES_MAX = 200, RULE_TEXT_MAX = 1000 };

struct transfer_rule {
    int64_t id, department_id; /* 0: of every department without its own */
    bool is_on;
    int64_t wait_min;
    int64_t to_department_id, to_member_id; /* one of the two */
    struct str message;
};

struct idle_rule {
    int64_t id, department_id;
    bool is_on;
    int64_t close_after_min;
    int64_t warn_before_min; /* 0: without a warning */
    struct str warn_text;
    int64_t reason_id;  /* 0: none */
    struct str message; /* empty: what the reason or the account says */
};

/* Rows of rules: all of the account's. */
MUST_CHECK struct err transfer_rules_list(struct cx *cx, struct db_rows *rows);
MUST_CHECK struct err idle_rules_list(struct cx *cx, struct db_rows *rows);
struct transfer_rule transfer_rule_at(const struct db_rows *rows, int index);
struct idle_rule idle_rule_at(const struct db_rows *rows, int index);

/*
 * In place of all that were. Tickets that are there already are looked at by a job.
 *   ERR_INVALID "required", "out_of_range", "one_target_only", "rule_twice" and as variables_require
 *   ERR_NOT_FOUND "department_unknown", "member_unknown", "reason_unknown"
 */
MUST_CHECK struct err transfer_rules_save(struct cx *cx, const struct transfer_rule *rules,
                                          size_t n);
MUST_CHECK struct err idle_rules_save(struct cx *cx, const struct idle_rule *rules, size_t n);

/* Policies (policies.c) ---------------------------------------------------------------- */

struct policy {
    int64_t id;
    struct str name;
    bool is_active;
    struct str department_ids, channel_ids, priorities;        /* PostgreSQL arrays; {}: all */
    int64_t first_answer_min, next_answer_min, resolution_min; /* 0: not promised */
    int64_t warn_percent, warn_min;                            /* one of the two */
    int64_t valid_from_us;
};

MUST_CHECK struct err policies_list(struct cx *cx, struct db_rows *rows);
struct policy policies_at(const struct db_rows *rows, int index);
struct policy policy_from_row(const struct db_row *row);

/* What a policy promises of this kind, ready to run; false: nothing. */
bool policy_clock(const struct policy *policy, enum clock_kind kind, int64_t from_us,
                  struct clock *out);

/* Looking (look.c, due.c) ------------------------------------------------------------------ */

/* Everything about one ticket, read under its lock. */
struct look {
    struct ticket ticket;
    int64_t seen_seq;
    int64_t unanswered_since_us, answered_at_us, awake_from_us;
    bool is_settled;
    struct clock clocks[CLOCK__MAX], was[CLOCK__MAX];
    bool has_transfer_rule, has_idle_rule;
    struct transfer_rule transfer;
    struct idle_rule idle;
    struct db_rows policies; /* that fit, in their order */
    struct db_rows acts;     /* automatic transfers so far: (stands_for, department) */
    const struct hours_book *book;
    const struct schedule *schedule;
    bool is_open; /* somebody is there now */
};

/* The ticket as it is, all that is due done. Needs a write transaction. */
MUST_CHECK struct err timers_look(struct cx *cx, struct ticket_id id);

/* What is due of a look whose thread is read and whose clocks stand right. */
MUST_CHECK struct err due_do(struct cx *cx, struct look *look);

/* The clocks of transfer and inactivity as the rules and the ticket have them now. */
void look_set_timers(struct cx *cx, struct look *look);
/* The same of a ticket that has gone elsewhere: other rules and hours hold there. */
MUST_CHECK struct err look_moved(struct cx *cx, struct look *look);

/* Written down as kept or broken; .is_set no more. */
void promise_end(struct cx *cx, struct look *look, enum clock_kind kind, int64_t at_us,
                 bool is_answered);
void promise_breach(struct cx *cx, struct look *look, enum clock_kind kind);

#endif
