#include "presence.h"

#include "live.sql.h"

#include "base/db.h"

#include <stdlib.h>
#include <sys/queue.h>

enum { AT_ONCE = 250 }; /* people in one report: some 50 ms of the database */

/* A member in one session. */
struct person {
    int64_t account_id, member_id, session_id;
    uint32_t streams;
    bool is_known; /* to the database, as being here */
    bool has_ended;
    int64_t goes_us;            /* without streams: gone then */
    TAILQ_ENTRY(person) in_due; /* of those with something to be said, or to be waited for */
    bool is_due;
    struct person *next; /* in its bucket */
};

TAILQ_HEAD(people, person);

struct live_presence {
    struct live_presence_options options;
    int64_t gateway_id; /* 0: has no number yet, or no more */
    int64_t beat_at_us;
    struct person **buckets;
    size_t bucket_count; /* a power of two */
    size_t count;
    struct people coming; /* with a stream, and not known */
    struct people going;  /* known, without a stream, in the order of goes_us */
};

static void *
allocate(size_t n, size_t bytes)
{
    void *memory = calloc(n, bytes);

    if (memory == NULL)
        BUG("what=out_of_memory");
    return memory;
}

struct live_presence *
live_presence_new(const struct live_presence_options *options)
{
    struct live_presence *presence = allocate(1, sizeof *presence);

    presence->options = *options;
    presence->bucket_count = 64;
    presence->buckets = allocate(presence->bucket_count, sizeof(struct person *));
    TAILQ_INIT(&presence->coming);
    TAILQ_INIT(&presence->going);
    return presence;
}

void
live_presence_free(struct live_presence *presence)
{
    for (size_t i = 0; i < presence->bucket_count; i++)
        for (struct person *person = presence->buckets[i], *next; person != NULL; person = next) {
            next = person->next;
            free(person);
        }
    free(presence->buckets);
    free(presence);
}

size_t
live_presence_count(const struct live_presence *presence)
{
    return presence->count;
}

/* --- the people --- */

static struct person **
bucket_of(const struct live_presence *presence, int64_t member_id, int64_t session_id)
{
    uint64_t h = ((uint64_t)session_id ^ (uint64_t)member_id << 32) * UINT64_C(0x9E3779B97F4A7C15);

    return &presence->buckets[(size_t)(h >> 32) & (presence->bucket_count - 1)];
}

static struct person *
find(const struct live_presence *presence, const struct live_grant *grant)
{
    struct person *person;

    if (grant->session_id == 0 || grant->member_id == 0)
        return NULL;
    person = *bucket_of(presence, grant->member_id, grant->session_id);
    while (person != NULL &&
           (person->session_id != grant->session_id || person->member_id != grant->member_id ||
            person->account_id != grant->account_id))
        person = person->next;
    return person;
}

static void
put(struct live_presence *presence, struct person *person)
{
    struct person **bucket = bucket_of(presence, person->member_id, person->session_id);

    person->next = *bucket;
    *bucket = person;
}

static void
grow(struct live_presence *presence)
{
    struct person **before = presence->buckets;
    size_t count = presence->bucket_count;

    presence->bucket_count *= 2;
    presence->buckets = allocate(presence->bucket_count, sizeof(struct person *));
    for (size_t i = 0; i < count; i++)
        for (struct person *person = before[i], *next; person != NULL; person = next) {
            next = person->next;
            put(presence, person);
        }
    free(before);
}

static struct person *
add(struct live_presence *presence, const struct live_grant *grant)
{
    struct person *person = allocate(1, sizeof *person);

    if (presence->count == presence->bucket_count)
        grow(presence);
    person->account_id = grant->account_id;
    person->member_id = grant->member_id;
    person->session_id = grant->session_id;
    put(presence, person);
    presence->count++;
    return person;
}

static void
forget(struct live_presence *presence, struct person *person)
{
    struct person **link = bucket_of(presence, person->member_id, person->session_id);

    while (*link != person)
        link = &(*link)->next;
    *link = person->next;
    presence->count--;
    free(person);
}

static void
drop_due(struct live_presence *presence, struct person *person)
{
    if (!person->is_due)
        return;
    if (person->is_known)
        TAILQ_REMOVE(&presence->going, person, in_due);
    else
        TAILQ_REMOVE(&presence->coming, person, in_due);
    person->is_due = false;
}

void
live_presence_come(struct live_presence *presence, const struct live_grant *grant)
{
    struct person *person = find(presence, grant);

    if (grant->session_id == 0 || grant->member_id == 0)
        return;
    if (person == NULL)
        person = add(presence, grant);
    if (person->streams++ > 0)
        return;
    drop_due(presence, person);
    if (!person->is_known) {
        TAILQ_INSERT_TAIL(&presence->coming, person, in_due);
        person->is_due = true;
    }
}

void
live_presence_go(struct live_presence *presence, const struct live_grant *grant, int64_t now_us)
{
    struct person *person = find(presence, grant);

    if (person == NULL || --person->streams > 0)
        return;
    drop_due(presence, person);
    if (!person->is_known) {
        forget(presence, person);
        return;
    }
    person->is_due = true;
    person->goes_us = now_us;
    if (person->has_ended) {
        TAILQ_INSERT_HEAD(&presence->going, person, in_due);
    } else {
        person->goes_us += presence->options.grace_us;
        TAILQ_INSERT_TAIL(&presence->going, person, in_due);
    }
}

void
live_presence_end(struct live_presence *presence, const struct live_grant *grant)
{
    struct person *person = find(presence, grant);

    if (person != NULL)
        person->has_ended = true;
}

/* --- the report --- */

/* The first of a list: three columns, for the database to have them as one table. */
struct report {
    struct person **people;
    size_t n;
    struct db_param accounts, members, sessions;
};

static struct report
gather(struct arena *a, const struct people *from, int64_t until_us)
{
    struct report report = { .people = arena_array(a, struct person *, AT_ONCE) };
    int64_t *accounts = arena_array(a, int64_t, AT_ONCE),
            *members = arena_array(a, int64_t, AT_ONCE),
            *sessions = arena_array(a, int64_t, AT_ONCE);
    struct person *person;

    TAILQ_FOREACH(person, from, in_due)
    {
        if (report.n == AT_ONCE || person->goes_us > until_us)
            break;
        accounts[report.n] = person->account_id;
        members[report.n] = person->member_id;
        sessions[report.n] = person->session_id;
        report.people[report.n++] = person;
    }
    report.accounts = db_p_i64s(a, accounts, report.n);
    report.members = db_p_i64s(a, members, report.n);
    report.sessions = db_p_i64s(a, sessions, report.n);
    return report;
}

static struct err
say(struct cx *cx, int64_t gateway_id, const struct report *coming, const struct report *going,
    int64_t *answer)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_live_presence, &row, P_I64(gateway_id), coming->accounts, coming->members,
               coming->sessions, going->accounts, going->members, going->sessions));
    *answer = db_i64(&row, 0);
    return OK;
}

/* The database took this gateway for dead: all that it knew through it is forgotten there. */
static void
begin_anew(struct live_presence *presence)
{
    presence->gateway_id = 0;
    for (size_t i = 0; i < presence->bucket_count; i++)
        for (struct person *person = presence->buckets[i], *next; person != NULL; person = next) {
            next = person->next;
            if (!person->is_known)
                continue;
            drop_due(presence, person);
            person->is_known = false;
            if (person->streams == 0) {
                forget(presence, person);
                continue;
            }
            TAILQ_INSERT_TAIL(&presence->coming, person, in_due);
            person->is_due = true;
        }
}

static void
note_said(struct live_presence *presence, const struct report *coming, const struct report *going)
{
    for (size_t i = 0; i < coming->n; i++) {
        drop_due(presence, coming->people[i]);
        coming->people[i]->is_known = true;
    }
    for (size_t i = 0; i < going->n; i++) {
        drop_due(presence, going->people[i]);
        forget(presence, going->people[i]);
    }
}

static bool
has_more(const struct live_presence *presence, int64_t now_us)
{
    const struct person *first = TAILQ_FIRST(&presence->going);

    return !TAILQ_EMPTY(&presence->coming) || (first != NULL && first->goes_us <= now_us);
}

bool
live_presence_report(struct live_presence *presence, struct cx *cx, int64_t now_us, bool *is_more)
{
    struct report coming, going;
    int64_t answer = 0;
    struct err e;

    *is_more = false;
    if (presence->count == 0 || (!has_more(presence, now_us) && now_us < presence->beat_at_us))
        return true;
    db_begin(cx, TX_WRITE);
    coming = gather(cx->arena, &presence->coming, INT64_MAX);
    going = gather(cx->arena, &presence->going, now_us);
    e = say(cx, presence->gateway_id, &coming, &going, &answer);
    if (e.code != ERR_NONE)
        db_rollback(cx);
    else
        e = db_commit(cx);
    if (e.code == ERR_NONE && answer != 0) {
        presence->gateway_id = answer;
        presence->beat_at_us = now_us + presence->options.beat_us;
        note_said(presence, &coming, &going);
    } else if (e.code == ERR_NONE) {
        begin_anew(presence);
    }
    *is_more = e.code == ERR_NONE && has_more(presence, now_us);
    arena_reset(cx->arena);
    return e.code == ERR_NONE || e.code == ERR_RETRY;
}
