/*
 * Who is there. A member is
 *
 *   break    on one (breaks.h); whether a page of theirs is open or not
 *   offline  no page of theirs is open
 *   away     they said so, or nobody touched any of their browsers for a while
 *   online   else, and only then tickets are given to them
 *
 * Open pages are known to balcao-live, which reports them (live/presence.h). The state
 * follows in the database, in the transaction that moved it (gate.settle_presence), and
 * is told to every screen as "presence.changed".
 */
#ifndef DOMAIN_PRESENCE_PRESENCE_H
#define DOMAIN_PRESENCE_PRESENCE_H

#include "base/db.h"
#include "base/http.h"
#include "base/jobs.h"

struct presence {
    struct member_id member;
    struct str state;  /* "online" "away" "break" "offline" */
    int64_t since_us;  /* of state; 0: was never there */
    struct str chosen; /* "available" "away": by hand */
};

/* What other rooms ask ----------------------------------------------------- */

/*
 * Whether a ticket may be given to this member now. They stay as they are until the
 * transaction ends: a break that starts meanwhile waits, and comes after the ticket.
 * Who may be given tickets of a department is the view receiving_members.
 */
MUST_CHECK struct err presence_hold(struct cx *cx, struct member_id member, bool *may_receive);

/* Everyone who was ever there, bounded by what an account holds; others are offline. */
MUST_CHECK struct err presence_list(struct cx *cx, struct db_rows *rows);
struct presence presence_at(const struct db_rows *rows, int index);

/* One's own ---------------------------------------------------------------- */

MUST_CHECK struct err presence_get(struct cx *cx, struct member_id member, struct presence *out);

/* Nobody touches the browser of cx's session, or somebody does again. */
MUST_CHECK struct err presence_idle(struct cx *cx, bool is_idle);

/*
 * "available" or "away", of oneself or of somebody whom one supervises.
 *   ERR_INVALID "unknown_value" of chosen; ERR_NOT_FOUND "not_found"
 */
MUST_CHECK struct err presence_choose(struct cx *cx, struct member_id member, struct str chosen);

/* Other people's: those one supervises -------------------------------------- */

/* In one's departments, or in the whole account. ERR_NOT_FOUND "not_found". */
MUST_CHECK struct err presence_require(struct cx *cx, struct member_id member);

extern const struct route presence_routes[];
extern const struct job_kind presence_jobs[];

#endif
