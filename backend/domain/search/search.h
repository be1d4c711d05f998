/*
 * Words inside conversations: what was said, whispered or attached, newest first, among
 * the tickets that the asker sees. Accents do not count; a word of three letters or more
 * is the beginning of one, "words in quotes" are a phrase, -word leaves out.
 *
 * Words are indexed a second or so after they are said, by job "search.index", which reads
 * the account's log as the screens do: writing a message costs nothing more. It also
 * catches up with what was there before it; until then a page is not whole.
 */
#ifndef DOMAIN_SEARCH_SEARCH_H
#define DOMAIN_SEARCH_SEARCH_H

#include "base/jobs.h"
#include "domain/tickets/tickets.h"

enum { SEARCH_TYPED_MAX = 200, SEARCH_PAGE_MAX = 50 };

struct search {
    struct str typed;
    struct ticket_id ticket;               /* .v == 0: every ticket */
    struct json_ids departments, channels; /* .n == 0: any */
    struct member_id assignee;             /* .v == 0: anybody */
    int64_t since_us;                      /* 0: as far back as there is anything */
    struct message_place before;           /* .created_at_us == 0: from now on back */
    int64_t limit;
};

struct search_page {
    const struct message *messages; /* newest first, with attachments */
    const struct ticket *tickets;   /* tickets[i] holds messages[i] */
    size_t n;
    bool is_whole; /* what was said before there was an index is in it too */
    bool has_more;
    struct message_place
        next; /* where to look further, when has_more: a page may end before it is full */
};

/*
 * One page, in bounded time: with has_more and few messages, or none, it was the time that
 * ended, and the asker decides whether to look further back.
 *
 *   ERR_INVALID  "search_empty"  nothing to look for; "too_long"
 */
MUST_CHECK struct err search_messages(struct cx *cx, const struct search *search,
                                      struct search_page *out);

extern const struct job_kind search_jobs[];
extern const struct route search_routes[];

#endif
