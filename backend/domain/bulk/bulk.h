/*
 * One act on many tickets: up to fifty that are named, in the request; or all that a filter of the list shows,
 * by a job with the rights its member has then. Each ticket is acted on as by hand, by the same function, with
 * its own line and trace; one that refuses does not hold up the others.
 *
 * The tickets are written down first (0022_ticket_acts.sql), each with what the act changes before and after.
 * Undoing goes back over those that are still as the act left them, and over no others.
 */
#ifndef DOMAIN_BULK_BULK_H
#define DOMAIN_BULK_BULK_H

#include "domain/tags/tags.h"

struct bulk_id {
    int64_t v;
};

enum { BULK_NAMED_MAX = 50, BULK_MAX = 5000 };

/* What is wished; which fields count depends on the act. */
struct bulk_wish {
    struct str act; /* transfer tag untag close snooze read */
    int64_t department_id, assignee_id, tag_id, reason_id;
    struct str until;
};

struct bulk {
    struct bulk_id id;
    struct str act, state; /* collecting running done cancelled access_lost undoing undone */
    int64_t pending, done, refused, undone, kept;
    int64_t started_at_us, finished_at_us; /* 0: not yet */
};

/*
 * Begins. ids: those tickets, at once; else filter, the query of a list, as a job. Of what is wished all is
 * checked that does not depend on the ticket. ERR_FORBIDDEN "permission_denied" when the act itself is not
 * allowed; ERR_INVALID "unknown_value", "required".
 */
MUST_CHECK struct err bulk_start(struct cx *cx, const struct bulk_wish *wish, struct json_ids ids,
                                 struct str filter, struct bulk *out);

/* One's own, nobody else's: ERR_NOT_FOUND "not_found". */
MUST_CHECK struct err bulk_get(struct cx *cx, struct bulk_id id, struct bulk *out);

/* What was not done yet stays undone. ERR_CONFLICT "bulk_over". */
MUST_CHECK struct err bulk_cancel(struct cx *cx, struct bulk_id id, struct bulk *out);

/* ERR_CONFLICT "bulk_running", "bulk_undone". */
MUST_CHECK struct err bulk_undo(struct cx *cx, struct bulk_id id, struct bulk *out);

void bulk_write_json(struct json_out *o, const void *bulk);

extern const struct route bulk_routes[];
extern const struct job_kind bulk_jobs[];

#endif
