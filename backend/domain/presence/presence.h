/*
 * Who is there, and who takes a break. A member is
 *
 *   break    on one; whether the page is open or not
 *   offline  no page of theirs is open
 *   away     they said so, or nobody touched any of their browsers for a while
 *   online   else, and only then tickets are given to them
 *
 * Open pages are known to balcao-live, which reports them (live/presence.h). The state
 * follows in the database, in the transaction that moved it, and is told to every
 * screen as "presence.changed".
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
    struct str chosen; /* "available", "away": by hand */
};

/* What other rooms ask ----------------------------------------------------- */

/*
 * Whether a ticket may be given to this member now. They stay as they are until the
 * transaction ends: a break that starts meanwhile waits, and comes after the ticket.
 * Who may be given tickets of a department is the view receiving_members.
 */
MUST_CHECK struct err presence_hold(struct cx *cx, struct member_id member, bool *may_receive);

extern const struct job_kind presence_jobs[];

#endif
