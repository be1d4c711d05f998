/*
 * Writing first: a conversation that we begin, not the customer. A way is a channel beside an address of the contact
 * on it; standing is what the channel says to it.
 */
#ifndef DOMAIN_TICKETS_START_H
#define DOMAIN_TICKETS_START_H

#include "domain/tickets/tickets.h"

enum start_standing { START_FREE, START_LIVE, START_TEMPLATE, START_STRANGER };
struct start_way {
    struct channel_id channel;
    const struct channel_driver *driver;
    struct department_id department; /* the channel's own */
    struct identity_id identity;
    struct str kind, address; /* as the caller may see it */
    enum start_standing standing;
    const char *standing_name; /* free, live, template_needed, visitor_unknown */
    struct ticket_id live;     /* .v == 0: none is open */
    struct str live_protocol;
    bool is_live_seen;         /* by the caller */
    int64_t window_ends_at_us; /* 0: they never wrote, or the channel has no window */
    bool has_written;
};

/* *refusal: why nobody may write to them at all (contact_blocked, opted_out), or NULL. ERR_NOT_FOUND "not_found". */
MUST_CHECK struct err tickets_start_ways(struct cx *cx, struct contact_id contact,
                                         const char **refusal, struct start_way **out, size_t *n);

struct ticket_start {
    struct str client_key; /* 8 to 64 characters: the same key opens the same ticket */
    struct channel_id channel;
    struct department_id department; /* .v == 0: the channel's */
    struct contact_id contact;       /* .v == 0: whoever has this phone, made when nobody has */
    struct identity_id identity;     /* of the contact; .v == 0: the one they wrote from last */
    struct str phone, name;
    struct str text;             /* the first message; empty: none yet */
    struct template_id template; /* said instead, also when their day is over; .v == 0: none */
    const struct template_param *params;
    size_t param_count;
    int64_t attachment_id; /* an upload of the author's, for the header of its template; 0: none */
};

/*
 * A conversation that we begin, in the author's hands; a program's waits in the queue. *live is the customer's open
 * ticket when that is why not, and is only filled if the caller sees it.
 *
 *   ERR_CONFLICT   one_live_ticket, merged_elsewhere, template_needed, visitor_unknown, not_reachable_here, channel_inactive,
 *                  contact_blocked, opted_out, and as org_require_department
 *   ERR_NOT_FOUND  not_found, channel_unknown
 *   ERR_INVALID    phone_invalid, too_long (text), text_and_template
 *   ERR_FORBIDDEN  permission_denied: a template takes messages.template
 *   and as templates_fill, tickets_claim_upload and tickets_check_template_file
 */
MUST_CHECK struct err tickets_start(struct cx *cx, const struct ticket_start *wish,
                                    struct ticket *live, struct ticket *out, bool *is_new);

extern const struct route ticket_start_routes[];

#endif
