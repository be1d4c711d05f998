/*
 * Who has a flow open, and who of them writes: one page at a time holds the pencil, the others read along.
 *
 * A page is one window of a person's browser, and says every few seconds that it lives (FLOW_PAGE_LEASE_S): a browser
 * that died holds nothing for longer than that. Who wants the pencil of another page asks for it; that page saves what
 * it has and lets go, and one that does not answer loses it (FLOW_HAND_OVER_S). Whatever moves is told to screens as
 * "flow.pages".
 *
 * The pencil is between persons. Programs have no page and hold none: a draft that they save is kept apart from
 * everybody else's by its revision alone, which is the last line for persons too.
 */
#ifndef DOMAIN_FLOWS_FLOW_PAGES_H
#define DOMAIN_FLOWS_FLOW_PAGES_H

#include "domain/flows/flows.h"

enum {
    FLOW_PAGE_LEASE_S = 45, /* a page says that it lives three times as often */
    FLOW_HAND_OVER_S = 5,
    FLOW_PAGES_OF_ONE = 20 /* of a person, in one flow */
};

struct flow_page {
    struct member_id member;
    int64_t page; /* a number that it gave itself; another person's may have the same */
    int64_t opened_at_us;
    int64_t pencil_at_us; /* holds the pencil since; 0: does not */
    int64_t asked_at_us;  /* wants it since; 0: does not */
};

/* Those that live, in the order in which they were opened. */
struct flow_pages {
    struct flow_page *v;
    size_t n;
    size_t here; /* the caller's own; n: it is none of them any more */
};

/*
 * The caller's page shows the flow and only reads: it lets go of the pencil, which goes to who asked for it first. Needs
 * a write transaction, as all of these.
 *
 *   ERR_NOT_FOUND  not_found
 *   ERR_FORBIDDEN  token_not_allowed: of programs
 *   ERR_CONFLICT   too_many_pages
 */
MUST_CHECK struct err flow_pages_read(struct cx *cx, struct flow_id id, int64_t page,
                                      struct flow_pages *out);

/*
 * The caller's page would write: it gets the pencil when nobody has it, and keeps it when it has. asks: of somebody else
 * too. Fails as reading does.
 */
MUST_CHECK struct err flow_pages_write(struct cx *cx, struct flow_id id, int64_t page, bool asks,
                                       struct flow_pages *out);

/* The page is closed; closing it twice is closing it once. */
MUST_CHECK struct err flow_pages_close(struct cx *cx, struct flow_id id, int64_t page,
                                       struct flow_pages *out);

/*
 * Whether the caller may save the draft now: a person while no other person holds the pencil, a program always. The
 * flow must be locked. ERR_CONFLICT "flow_is_held".
 */
MUST_CHECK struct err flow_pages_require(struct cx *cx, struct flow_id id);

extern const struct route flow_pages_routes[];

#endif
