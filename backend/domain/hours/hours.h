/*
 * Hours that tell the truth: one answer to "is somebody there?", for departments,
 * channels, timers and whoever else asks. The arithmetic is openings.h and pure; here an
 * account's periods are read and remembered.
 *
 * Who decides is the first that follows a period: the department, the channel, the
 * account. Nobody does: always open. A period's place is a branch (its zone, its state's
 * and city's holidays) or the account's own, so it says the same to all who follow it.
 */
#ifndef DOMAIN_HOURS_HOURS_H
#define DOMAIN_HOURS_HOURS_H

#include "base/db.h"
#include "base/http.h"
#include "domain/hours/openings.h"

struct period_id {
    int64_t v;
};

/* Whom it is asked about. Zero members: not known, or not asked for. */
struct hours_subject {
    struct period_id period; /* this one, whoever follows it; then the others do not count */
    int64_t department_id, channel_id;
};

enum hours_decider { HOURS_NOBODY, HOURS_PERIOD, HOURS_DEPARTMENT, HOURS_CHANNEL, HOURS_ACCOUNT };
extern const char *const hours_decider_names[];

/* The answer. Strings live as long as the call. */
struct hours {
    struct opening_state state; /* .rule is OPENING_ALWAYS when nobody decides */
    enum hours_decider decider;
    struct period_id period;
    struct str period_name;
    const struct zone *zone;
    /* What customers are told while it is closed: the department's, the channel's, the account's. */
    struct str away_text; /* empty: nothing */
};

/* Everything that an account said of its hours; good for the rest of the call. */
struct hours_book;

/*
 * The version is asked without waiting (db_ask), and the book read when it is there: in a
 * process that has read this version before without any question, else in one round trip.
 */
void hours_ask(struct cx *cx, struct db_rows *version);
MUST_CHECK struct err hours_book(struct cx *cx, const struct db_rows *version,
                                 const struct hours_book **out);

/* Pure. An unknown department or channel is one that follows nothing. */
void hours_look(const struct hours_book *book, const struct hours_subject *subject, int64_t at_us,
                struct hours *out);

/* All in one. */
MUST_CHECK struct err hours_of(struct cx *cx, const struct hours_subject *subject, int64_t at_us,
                               struct hours *out);

/*
 * When it opens next: of what is open now, after it has closed. 0: not in sight, or it is
 * always open.
 */
int64_t hours_next_opening(const struct hours_book *book, const struct hours_subject *subject,
                           int64_t at_us);

/* "2026-11-20T08:00:00" as the wall there shows it; .p == NULL for 0. */
struct str hours_wall(struct arena *a, const struct zone *zone, int64_t us);

/*
 * ?at=2026-12-25T10:00 as the wall of the place shows it, at the first moment that it does; now, when it is not said.
 * ERR_INVALID "date_invalid" of at.
 */
MUST_CHECK struct err hours_read_wall(struct cx *cx, const struct req *req, const struct zone *zone,
                                      int64_t *at_us);

/* Its schedule, for counting open time with openings_*; NULL: always open. */
const struct schedule *hours_schedule(const struct hours_book *book,
                                      const struct hours_subject *subject);

/* The name of the part of the day in the account's place; .p == NULL: none. */
struct str hours_shift(const struct hours_book *book, int64_t at_us);

/* {"is_open":…,"opens_at":…,"closes_at":…}: what a screen needs to say it, and to know when to ask again. */
void hours_write_state(struct json_out *o, const struct hours *hours);

extern const struct route hours_routes[];

#endif
