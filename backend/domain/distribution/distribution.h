/*
 * How tickets get from a queue into somebody's hands: by hand, or by the department itself
 * (chooser.h says to whom). Where a department gives by itself, whatever could make a
 * decision possible rings (migration 0027): a ticket comes, a hand gets free, somebody is
 * there again, rules or hours change. Then one run (run.c) in the department's lane gives
 * what can be given, and keeps the reasons of each decision.
 *
 * Who waits can be told their place.
 */
#ifndef DOMAIN_DISTRIBUTION_DISTRIBUTION_H
#define DOMAIN_DISTRIBUTION_DISTRIBUTION_H

#include "base/db.h"
#include "base/http.h"
#include "base/jobs.h"
#include "domain/distribution/chooser.h"
#include "domain/tickets/tickets.h"

/* The rules of a department; zero: by hand, and nothing is told. */
struct distribution {
    struct department_id department;
    enum distribution_mode mode;
    int64_t
        returns_days;    /* a customer goes to who served them within so many days; 0: to anybody */
    int64_t agent_limit; /* of its tickets in one hand; 0: none */
    bool tells;          /* who waits is told tell_text */
    struct str tell_text;
    int64_t
        tell_again_min; /* and so many minutes later again, when their place improved; 0: once */
};

/* What its queue holds now. */
struct distribution_queue {
    int64_t waiting;   /* up to 1 000 */
    int64_t oldest_us; /* since when the first of them waits; 0: nobody does */
    int64_t place_ms;  /* that a place in it costs, as the last hour had it; 0: nobody can say */
};

/* Of every department that tickets may wait in: (department, its rules, its queue). */
struct distribution_row {
    struct distribution rules;
    struct distribution_queue queue;
};
MUST_CHECK struct err distribution_list(struct cx *cx, struct distribution_row **out, size_t *n);

/* ERR_NOT_FOUND "not_found". */
MUST_CHECK struct err distribution_get(struct cx *cx, struct department_id id,
                                       struct distribution *out);

/*
 * The caller reaches the department. A run follows at once.
 *
 *   ERR_NOT_FOUND  "not_found"
 *   ERR_FORBIDDEN  "cannot_grant"
 *   ERR_INVALID    "out_of_range" of returns_days, agent_limit, tell_again_min; "required" of tell_text
 */
MUST_CHECK struct err distribution_save(struct cx *cx, const struct distribution *wanted);

/* Who serves in a department, as a run would find them: the same rows it decides on. */
MUST_CHECK struct err distribution_candidates(struct cx *cx, struct department_id id,
                                              struct candidate **out, size_t *n);

/*
 * How many tickets somebody may have in hand, whatever departments they are of; 0: as many as come.
 * The caller may act on them.
 *
 *   ERR_NOT_FOUND  "member_unknown"
 *   ERR_FORBIDDEN  "target_above_you"
 *   ERR_INVALID    "out_of_range" of ticket_limit
 */
struct member_limit {
    struct member_id member;
    int64_t ticket_limit;
};
MUST_CHECK struct err distribution_limit(struct cx *cx, const struct member_limit *limits,
                                         size_t n);

/* What was decided of a ticket that the caller sees, newest first. ERR_NOT_FOUND "not_found". */
struct decision {
    int64_t id;
    struct department_id department;
    struct member_id member; /* .v == 0: it waited */
    struct str outcome;      /* outcome_names */
    int64_t decided_at_us;
    struct str why; /* JSON, see run.c */
};
MUST_CHECK struct err distribution_decisions(struct cx *cx, struct ticket_id id,
                                             struct decision **out, size_t *n);

extern const struct route distribution_routes[];
extern const struct job_kind distribution_jobs[];

#endif
