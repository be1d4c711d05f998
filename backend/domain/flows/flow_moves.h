/*
 * Moving conversations that go on to the version that is live. It never happens by itself: somebody sees how many would
 * move, and why which others would not, and decides. Who moves has this flow, and all that it reaches, as whoever
 * begins now would; flows that come before it stay as they are. Nothing is said again: the card that a conversation
 * rests on is the same, and what its customer sees means what it meant (move.h).
 *
 * A job moves them one by one, each under the lock of its ticket, where steps are made too. One that waits for an answer
 * from outside, which the new version would take otherwise, is looked at again when it may be there.
 */
#ifndef DOMAIN_FLOWS_FLOW_MOVES_H
#define DOMAIN_FLOWS_FLOW_MOVES_H

#include "base/jobs.h"
#include "domain/flows/flows.h"
#include "domain/flows/move.h"

enum { FLOW_MOVES_MAX = 5000 }; /* conversations at a time; the rest when it is done again */

struct flow_move_id {
    int64_t v;
};

struct flow_move_preview {
    int64_t number;              /* the live version */
    int64_t stays[STAY__COUNT];  /* by reason; [STAY_NOT]: those that move */
    bool has_more;               /* than FLOW_MOVES_MAX; these are not counted */
    struct flow_move_id running; /* a move of this flow that goes on; 0: none */
};

struct flow_move {
    struct flow_move_id id;
    struct flow_id flow;
    int64_t number;   /* to which */
    struct str state; /* running done cancelled overtaken */
    int64_t pending, moved;
    int64_t stays[STAY__COUNT];
    struct member_id member;               /* .v == 0: a program */
    int64_t started_at_us, finished_at_us; /* 0: it goes on */
};

/* ERR_NOT_FOUND "not_found"; ERR_CONFLICT "flow_is_not_live". */
MUST_CHECK struct err flow_moves_preview(struct cx *cx, struct flow_id id,
                                         struct flow_move_preview *out);

/*
 * Begins; one that goes on already is that one. number: the live version, as far as the caller knows. Needs a write
 * transaction.
 *
 *   ERR_NOT_FOUND  not_found
 *   ERR_CONFLICT   flow_is_not_live; flow_moved_on: another version is live
 */
MUST_CHECK struct err flow_moves_start(struct cx *cx, struct flow_id id, int64_t number,
                                       struct flow_move *out);

/* ERR_NOT_FOUND "not_found": no such move of this flow. */
MUST_CHECK struct err flow_moves_get(struct cx *cx, struct flow_id flow, struct flow_move_id id,
                                     struct flow_move *out);

/* Who was not moved yet stays. One that is over stays as it ended. ERR_NOT_FOUND "not_found". */
MUST_CHECK struct err flow_moves_cancel(struct cx *cx, struct flow_id flow, struct flow_move_id id,
                                        struct flow_move *out);

extern const struct route flow_moves_routes[];
extern const struct job_kind flow_moves_jobs[];

#endif
