/*
 * What the files of this room share and others have no business with.
 */
#ifndef DOMAIN_HOURS_PRIVATE_H
#define DOMAIN_HOURS_PRIVATE_H

#include "domain/hours/hours.h"

struct period {
    struct period_id id;
    struct str name;
    int64_t branch_id; /* 0: the account's place */
    struct schedule schedule;
    struct holiday_calendar calendar;
};

struct follower {
    int64_t id;
    struct period_id period;
    struct str away_text;
};

struct shift {
    struct str name;
    struct opening part;
    int64_t id; /* 0: a new one */
};

struct hours_book {
    int64_t version; /* 0: nobody ever said anything */
    struct arena *arena;
    const struct zone *zone; /* of the account */
    struct str uf;
    struct period_id account_period;
    struct str away_text;
    struct period *periods; /* by id */
    size_t period_count;
    struct follower *departments, *channels;
    size_t department_count, channel_count;
    struct shift *shifts;
    size_t shift_count;
};

/* As the table of the account knows them; what a book leaves out. */
struct place {
    int64_t branch_id;
    struct str name, city, time_zone, uf; /* .p == NULL: none of its own */
};

/* A week and its exceptions as somebody typed them; every list in order (openings_are_sound). */
struct period_draft {
    struct str name;
    int64_t branch_id; /* 0: the account's place */
    bool keeps_holidays;
    struct openings week[OPENINGS_DAY_KINDS];
    const struct opening_exception *exceptions; /* by day, one for a day */
    size_t exception_count;
};
enum { PERIODS_MAX = 200, PERIOD_EXCEPTIONS_MAX = 400, DAY_RANGES_MAX = 12 };

/*
 * ERR_NOT_FOUND "branch_unknown"; ERR_CONFLICT "period_name_is_taken", "too_many". The trail
 * and the screens are told. Needs a write transaction, here and below.
 */
MUST_CHECK struct err periods_add(struct cx *cx, const struct period_draft *draft);
/* Puts the draft in the place of what was there; ERR_NOT_FOUND "not_found" too. */
MUST_CHECK struct err periods_save(struct cx *cx, struct period_id id,
                                   const struct period_draft *draft);
/* ERR_NOT_FOUND "not_found"; ERR_CONFLICT "period_in_use" while anybody follows it. */
MUST_CHECK struct err periods_remove(struct cx *cx, struct period_id id);

/* Who follows which period; those not named keep theirs. Period 0: none of their own. */
struct follow {
    bool has_account;
    struct period_id account_period;
    struct str account_away_text;
    const struct follower *departments, *channels;
    size_t department_count, channel_count;
};
/* ERR_NOT_FOUND "period_unknown", "department_unknown", "channel_unknown". */
MUST_CHECK struct err hours_follow(struct cx *cx, const struct follow *follow);

/* Exactly these from now on. */
struct typed_holiday {
    int64_t branch_id; /* 0: every place */
    struct str name;
    int64_t day;
    bool every_year;
};
struct kept_holidays {
    const struct holiday_switch *switches;
    const struct typed_holiday *city;
    size_t switch_count, city_count;
};
enum { CITY_HOLIDAYS_MAX = 200 };
/* ERR_NOT_FOUND "branch_unknown". */
MUST_CHECK struct err hours_keep_holidays(struct cx *cx, const struct kept_holidays *kept);
enum { SHIFTS_MAX = 24 };
/* Those that the account has and this list has not. */
MUST_CHECK struct err hours_shifts_left_out(struct cx *cx, const struct shift *shifts, size_t n,
                                            struct json_ids *out);
/*
 * These and no others; each that was there keeps its id.
 *
 *   ERR_CONFLICT  "shift_name_is_taken"
 *   ERR_INVALID   "unknown_value" (shifts): an id that is not there, or is there twice
 */
MUST_CHECK struct err hours_save_shifts(struct cx *cx, const struct shift *shifts, size_t n);
/* uf of the account; zone and state of branches. ERR_NOT_FOUND "branch_unknown". */
MUST_CHECK struct err hours_save_places(struct cx *cx, struct str uf, const struct place *branches,
                                        size_t n);

/* (id, name, city, time_zone, uf) of every branch. */
MUST_CHECK struct err hours_places(struct cx *cx, struct db_rows *rows);

/* Says to the screens that hours changed. */
void hours_tell(struct cx *cx);

/* openapi Hours: everything that the screens of settings show. */
MUST_CHECK struct err hours_write(struct cx *cx, struct json_out *o);

/* Bodies of the routes, read and judged. */
MUST_CHECK struct err hours_read_period(struct cx *cx, struct req *req, struct period_draft *out);
MUST_CHECK struct err hours_read_follow(struct cx *cx, struct req *req, struct follow *out);
MUST_CHECK struct err hours_read_holidays(struct cx *cx, struct req *req,
                                          struct kept_holidays *out);
MUST_CHECK struct err hours_read_shifts(struct cx *cx, struct req *req, const struct shift **v,
                                        size_t *n);
MUST_CHECK struct err hours_read_places(struct cx *cx, struct req *req, struct str *uf,
                                        const struct place **v, size_t *n);

/* "2026-11-20", from 1970 on. */
bool hours_parse_date(struct arena *a, struct str text, int64_t *day);
struct str hours_print_date(struct arena *a, int64_t day);

/* Reads everything of the account into the book's arena, in one round trip. */
MUST_CHECK struct err hours_book_read(struct cx *cx, struct hours_book *book);

/* NULL: there is none. */
const struct period *hours_period(const struct hours_book *book, struct period_id id);

#endif
