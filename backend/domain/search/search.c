/*
 * The gate gives places that hold the words, whoever may see them; here those are kept
 * which the asker sees. Where most of what is found belongs to others, it asks again
 * further back, a few times, and then gives what it has.
 */
#include "search.h"

#include "base/clock.h"
#include "domain/auth/auth.h"

#include "search.sql.h"

enum {
    ROUNDS = 6,
    FIRST_ROUND = 100, /* enough for whoever sees most tickets */
    NEXT_ROUND = 500,
    INDEX_BATCH = 500
};

static struct db_param
ids_param(struct cx *cx, struct json_ids ids)
{
    return ids.n == 0 ? P_NULL : db_p_i64s(cx->arena, ids.v, ids.n);
}

static struct err
ask_places(struct cx *cx, const struct search *s, const struct message_place *before,
           int64_t how_many, struct db_rows *rows)
{
    return db_many(cx, &SQL_search_places, rows, P_ID(cx->account), P_STR(s->typed),
                   P_ID(s->ticket), P_TIME(s->since_us), P_TIME(before->created_at_us),
                   P_I64(before->ticket.v), P_I64(before->seq), P_I64(how_many),
                   ids_param(cx, s->departments), ids_param(cx, s->channels), P_ID(s->assignee));
}

static struct message_place
place_at(const struct db_rows *rows, int index)
{
    struct db_row row = db_row_at(rows, index);

    return (struct message_place){ .ticket = { db_i64(&row, 0) },
                                   .seq = db_i64(&row, 1),
                                   .created_at_us = db_time(&row, 2) };
}

struct places {
    struct message_place *v;
    size_t n, limit;
};

/* Takes what is seen of one round. *next moves behind the last place that was judged; false: that was all. */
static bool
take_round(const struct db_rows *rows, int64_t asked, struct places *out,
           struct message_place *next)
{
    int last = rows->count - 1;
    struct message_place end = place_at(rows, last);

    for (int i = 0; i < last; i++) {
        struct db_row row = db_row_at(rows, i);

        if (out->n == out->limit)
            return true;
        *next = place_at(rows, i);
        if (db_bool(&row, 3))
            out->v[out->n++] = *next;
    }
    if (end.created_at_us == 0)
        return false;
    /* Fewer than were asked for: nothing else is found down to there. */
    if (last < asked)
        *next = end;
    return true;
}

static const struct ticket *
ticket_of(const struct ticket *tickets, size_t n, struct ticket_id id)
{
    for (size_t i = 0; i < n; i++)
        if (tickets[i].id.v == id.v)
            return &tickets[i];
    return NULL;
}

/* The messages at these places with their tickets; what went meanwhile is left out. */
static struct err
read_page(struct cx *cx, const struct places *places, struct search_page *out)
{
    struct message *messages;
    struct ticket *tickets, *holders = arena_array(cx->arena, struct ticket, places->n);
    int64_t *ids = arena_array(cx->arena, int64_t, places->n);
    size_t messages_n, tickets_n, n = 0;

    for (size_t i = 0; i < places->n; i++)
        ids[i] = places->v[i].ticket.v;
    TRY(tickets_list_ids(cx, ids, places->n, &tickets, &tickets_n));
    TRY(tickets_messages_at(cx, places->v, places->n, &messages, &messages_n));
    for (size_t i = 0; i < messages_n; i++) {
        const struct ticket *holder = ticket_of(tickets, tickets_n, messages[i].ticket);

        if (holder == NULL)
            continue;
        messages[n] = messages[i];
        holders[n++] = *holder;
    }
    out->messages = messages;
    out->tickets = holders;
    out->n = n;
    return OK;
}

struct err
search_messages(struct cx *cx, const struct search *search, struct search_page *out)
{
    struct places places = { .v = arena_array(cx->arena, struct message_place,
                                              (size_t)search->limit),
                             .limit = (size_t)search->limit };
    struct message_place next = search->before;
    struct db_rows rows;
    struct db_row row;
    bool has_more = true;

    *out = (struct search_page){ 0 };
    if (str_code_points(search->typed) > SEARCH_TYPED_MAX)
        return FAIL_FIELD(ERR_INVALID, "too_long", "q");
    TRY(db_one(cx, &SQL_search_begin, &row, P_STR(search->typed)));
    if (!db_bool(&row, 0))
        return FAIL_FIELD(ERR_INVALID, "search_empty", "q");

    out->is_whole = db_bool(&row, 1);
    for (int round = 0; has_more && places.n < places.limit && round < ROUNDS; round++) {
        int64_t how_many = round == 0 ? FIRST_ROUND : NEXT_ROUND;

        TRY(ask_places(cx, search, &next, how_many, &rows));
        has_more = take_round(&rows, how_many, &places, &next);
    }
    out->has_more = has_more;
    out->next = next;
    return places.n == 0 ? OK : read_page(cx, &places, out);
}

static struct err
index_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
           struct job_outcome *out)
{
    struct db_row row;

    (void)job;
    (void)answer;
    TRY(db_one(cx, &SQL_search_index, &row, P_I64(INDEX_BATCH)));
    out->verdict = JOB_LATER;
    out->at_us = db_i64(&row, 0) > 0 ? cx->now_us : cx->now_us + US_PER_S;
    return OK;
}

const struct job_kind search_jobs[] = {
    { .name = "search.index",
      .queue = QUEUE_CHORES,
      .step = index_step,
      .attempts = 1000000,
      .backoff_max_ms = 10000 },
    { 0 },
};
