#include "hours_private.h"

#include "base/clock.h"

#include "hours.sql.h"

const char *const hours_decider_names[] = {
    [HOURS_NOBODY] = "nobody",   [HOURS_PERIOD] = "period",   [HOURS_DEPARTMENT] = "department",
    [HOURS_CHANNEL] = "channel", [HOURS_ACCOUNT] = "account",
};

/* --- the books that a process remembers ------------------------------------------------ */

enum { BOOKS_KEPT = 16 };
static struct kept {
    int64_t account_id, used;
    struct hours_book book;
} kept[BOOKS_KEPT];

/* Where this account's book is, or the place of the one that was longest of no use. */
static struct kept *
kept_place(struct account_id account)
{
    struct kept *oldest = &kept[0];

    for (int i = 0; i < BOOKS_KEPT; i++) {
        if (kept[i].account_id == account.v)
            return &kept[i];
        if (kept[i].used < oldest->used)
            oldest = &kept[i];
    }
    return oldest;
}

void
hours_ask(struct cx *cx, struct db_rows *version)
{
    db_ask(cx, &SQL_hours_version, version, P_ID(cx->account));
}

struct err
hours_book(struct cx *cx, const struct db_rows *version, const struct hours_book **out)
{
    static const struct hours_book nothing_said;
    static int64_t uses;
    struct kept *k;
    int64_t now = 0;

    TRY(db_await(cx, version));
    if (version->count > 0) {
        struct db_row row = db_row_at(version, 0);

        now = db_i64(&row, 0);
    }
    *out = &nothing_said;
    if (now == 0)
        return OK;
    k = kept_place(cx->account);
    k->used = ++uses;
    if (k->account_id != cx->account.v || k->book.version != now) {
        struct arena *arena = k->book.arena == NULL ? arena_new(4 * 1024) : k->book.arena;

        arena_reset(arena);
        *k = (struct kept){ .used = uses, .book = { .arena = arena } };
        TRY(hours_book_read(cx, &k->book));
        k->account_id = cx->account.v;
        k->book.version = now;
    }
    *out = &k->book;
    return OK;
}

/* --- who decides ------------------------------------------------------------------------ */

static const struct follower *
follower_of(const struct follower *v, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].id == id)
            return &v[i];
    return NULL;
}

static const struct period *
decide(const struct hours_book *book, const struct hours_subject *s, enum hours_decider *decider)
{
    const struct follower *department =
        follower_of(book->departments, book->department_count, s->department_id);
    const struct follower *channel =
        follower_of(book->channels, book->channel_count, s->channel_id);
    const struct {
        enum hours_decider decider;
        struct period_id period;
    } rows[] = {
        { HOURS_PERIOD, s->period },
        { HOURS_DEPARTMENT, department == NULL ? (struct period_id){ 0 } : department->period },
        { HOURS_CHANNEL, channel == NULL ? (struct period_id){ 0 } : channel->period },
        { HOURS_ACCOUNT, book->account_period },
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct period *found =
            rows[i].period.v == 0 ? NULL : hours_period(book, rows[i].period);

        *decider = rows[i].decider;
        if (found != NULL)
            return found;
    }
    *decider = HOURS_NOBODY;
    return NULL;
}

static struct str
away_text_of(const struct hours_book *book, const struct hours_subject *s)
{
    const struct follower *department =
        follower_of(book->departments, book->department_count, s->department_id);
    const struct follower *channel =
        follower_of(book->channels, book->channel_count, s->channel_id);

    if (department != NULL && department->away_text.len > 0)
        return department->away_text;
    return channel != NULL && channel->away_text.len > 0 ? channel->away_text : book->away_text;
}

void
hours_look(const struct hours_book *book, const struct hours_subject *subject, int64_t at_us,
           struct hours *out)
{
    const struct period *period;

    *out = (struct hours){ .zone = book->zone == NULL ? zone_utc() : book->zone };
    period = decide(book, subject, &out->decider);
    out->away_text = away_text_of(book, subject);
    if (period == NULL) {
        out->state = (struct opening_state){ .is_open = true, .rule = OPENING_ALWAYS };
        return;
    }
    out->period = period->id;
    out->period_name = period->name;
    out->zone = period->schedule.zone;
    openings_at(&period->schedule, at_us, &out->state);
}

struct err
hours_of(struct cx *cx, const struct hours_subject *subject, int64_t at_us, struct hours *out)
{
    const struct hours_book *book;
    struct db_rows version;

    hours_ask(cx, &version);
    TRY(hours_book(cx, &version, &book));
    hours_look(book, subject, at_us, out);
    return OK;
}

int64_t
hours_next_opening(const struct hours_book *book, const struct hours_subject *subject,
                   int64_t at_us)
{
    const struct schedule *schedule = hours_schedule(book, subject);
    struct opening_state now;

    if (schedule == NULL)
        return 0;
    openings_at(schedule, at_us, &now);
    return now.is_open && now.changes_at_us != 0 ? openings_next(schedule, now.changes_at_us)
           : now.is_open                         ? 0
                                                 : now.changes_at_us;
}

struct str
hours_wall(struct arena *a, const struct zone *zone, int64_t us)
{
    char iso[CLOCK_ISO_BYTES];

    if (us == 0)
        return (struct str){ 0 };
    clock_iso(us + zone_at(zone, zone_floor_div(us, US_PER_S)).offset_s * US_PER_S, iso);
    return str_fmt(a, "%.19s", iso);
}

const struct schedule *
hours_schedule(const struct hours_book *book, const struct hours_subject *subject)
{
    enum hours_decider decider;
    const struct period *period = decide(book, subject, &decider);

    return period == NULL ? NULL : &period->schedule;
}

struct str
hours_shift(const struct hours_book *book, int64_t at_us)
{
    int64_t at_s = zone_floor_div(at_us, US_PER_S), minute;

    if (book->shift_count == 0)
        return (struct str){ 0 };
    at_s += zone_at(book->zone, at_s).offset_s;
    minute = (at_s - zone_floor_div(at_s, 86400) * 86400) / 60;
    for (size_t i = 0; i < book->shift_count; i++) {
        const struct opening *part = &book->shifts[i].part;

        if ((part->from_min <= minute && minute < part->until_min) ||
            minute + OPENINGS_DAY_MIN < part->until_min)
            return book->shifts[i].name;
    }
    return (struct str){ 0 };
}
