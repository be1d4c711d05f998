/*
 * What a member is told about, and by which ways: a line in the page, a sound, the system's
 * own notice, a push to a browser with no page of ours open. The first three are made in the
 * browser, of the events it hears anyway; this room keeps what the member chose and does the
 * fourth.
 *
 * Who is told of what is said in one place, gate.notices_of (migration 0030), over the
 * account's log of events: nothing is added where messages are written. A notice is judged
 * when it is queued and again before each call: its member is active, sees the ticket as it
 * is then, still wants this kind, and it is not their quiet time.
 *
 * A push carries nothing. The browser's worker is only woken and asks GET /api/v1/notices
 * with its session, which answers kind and number: no personal data passes a third party,
 * nothing of a conversation is in anybody's log, a lost session tells nothing, and there is
 * no encryption of our own (RFC 8291) to get wrong.
 */
#ifndef DOMAIN_NOTICES_NOTICES_H
#define DOMAIN_NOTICES_NOTICES_H

#include "base/cx.h"
#include "base/http.h"
#include "base/jobs.h"
#include "base/json.h"

enum { NOTICE_SUBSCRIPTIONS_MAX = 8 }; /* browsers of a member; the oldest gives way */

struct notice_choices {
    struct json_strs page, sound, system, push; /* kinds, by way */
    struct str tune;                            /* "soft", "bell", "wood" */
    int64_t volume;                             /* 0 … 100 */
    bool repeats, only_away;
    bool has_quiet;
    int64_t quiet_from_min,
        quiet_until_min; /* of the account's day; past midnight when the end is less */
};

/*
 * Keeps what the caller's member chose. ERR_INVALID "unknown_value" (a kind or tune that there
 * is none of), "out_of_range", or "required" for half a quiet time.
 */
MUST_CHECK struct err notices_choose(struct cx *cx, const struct notice_choices *choices);

/*
 * The browser behind this endpoint is told what the caller's member is told, and nobody else's
 * of the account from here on. The same endpoint again is the same subscription. ERR_INVALID
 * "url_invalid" or "address_refused" as for every address that somebody types.
 */
MUST_CHECK struct err notices_subscribe(struct cx *cx, struct str endpoint, struct str agent,
                                        int64_t *id, bool *is_new);
/* ERR_NOT_FOUND when it is none of the caller's. */
MUST_CHECK struct err notices_unsubscribe(struct cx *cx, int64_t id);

/* A push that says it is a test, to one browser of the caller's. ERR_NOT_FOUND likewise. */
MUST_CHECK struct err notices_try(struct cx *cx, int64_t id);

extern const struct route notices_routes[];
extern const struct job_kind notices_jobs[];

#endif
