/*
 * Tags: an account's own words, put on tickets, on single messages and on contacts. Each level has links of
 * its own; the ticket's row and the message's carry the ids too (0022_ticket_acts.sql keeps them), so that
 * lists and threads show tags without asking.
 *
 * A tag is archived, never deleted: what carries it keeps it. Merging archives it for good and moves its
 * links to the other one, batch by batch.
 */
#ifndef DOMAIN_TAGS_TAGS_H
#define DOMAIN_TAGS_TAGS_H

#include "domain/tickets/tickets.h"

struct tag_id {
    int64_t v;
};

struct tag {
    struct tag_id id;
    struct str name;
    struct str color; /* a role of the theme: plain accent ok warn bad bot survey note */
    struct str description;
    bool is_active;
};

/* A row of a statement that selects @tag_row. */
struct tag tags_from_row(const struct db_row *row);
void tag_write_json(struct json_out *o, const void *tag);

/* All that were not merged away, by name: tag_from_row reads the rows. */
MUST_CHECK struct err tags_list(struct cx *cx, struct db_rows *rows);

/*
 * Adds or changes one and tells the screens. The id of *tag is set by adding; its strings are taken as they
 * are after trimming. ERR_INVALID "required", "unknown_value"; ERR_CONFLICT "tag_name_is_taken",
 * "too_many_tags".
 */
enum { TAGS_MAX = 500 };
MUST_CHECK struct err tags_add(struct cx *cx, struct tag *tag);
MUST_CHECK struct err tags_edit(struct cx *cx, const struct tag *tag);

/* ERR_NOT_FOUND "not_found". Locks the row until commit. */
MUST_CHECK struct err tags_lock(struct cx *cx, struct tag_id id, struct tag *out);

/*
 * What carries `from` will carry `into`; `from` is gone from every list at once, the links follow.
 * ERR_CONFLICT "tag_is_itself"; ERR_NOT_FOUND "tag_unknown" when into is not an active one.
 */
MUST_CHECK struct err tags_merge(struct cx *cx, struct tag_id from, struct tag_id into);

/*
 * Puts a tag on, or takes it off; twice is once, and leaves one line and one trace.
 * ERR_NOT_FOUND "tag_unknown"; ERR_CONFLICT "too_many_tags" beyond twenty on one thing.
 */
enum { TAGS_ON_ONE_MAX = 20 };
MUST_CHECK struct err tags_on_ticket(struct cx *cx, struct ticket_id ticket, struct tag_id tag,
                                     bool on, struct ticket *out);
MUST_CHECK struct err tags_on_message(struct cx *cx, struct ticket_id ticket, int64_t seq,
                                      struct tag_id tag, bool on, struct message *out);
MUST_CHECK struct err tags_on_contact(struct cx *cx, struct contact_id contact, struct tag_id tag,
                                      bool on);

extern const struct route tags_routes[];
extern const struct job_kind tags_jobs[];

#endif
