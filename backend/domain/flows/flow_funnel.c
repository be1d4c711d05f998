#include "flow_funnel.h"

#include "base/clock.h"

#include "flows_funnel.sql.h"

/* Counters as rows name them. */
static const char *const counted[FUNNEL__COUNT] = {
    [FUNNEL_ENTRIES] = "entry",
    [FUNNEL_STARTS] = "start",
    [FUNNEL_JUMPS] = "jump",
    [FUNNEL_RETURNS] = "return",
    [FUNNEL_RUNS] = "run",
    [FUNNEL_LEFT] = "left",
    [FUNNEL_ABANDONED] = "abandoned",
    [FUNNEL_FINISHED] = "finished",
    [FUNNEL_INTERRUPTED] = "interrupted",
    [FUNNEL_OPEN] = "open",
    [FUNNEL_MOVED] = "moved",
    [FUNNEL_MOVED_IN] = "moved_in",
    [FUNNEL_INVALID] = "invalid",
    [FUNNEL_ANSWERED] = "answered",
    [FUNNEL_ANSWERED_FIRST] = "answered_first",
    [FUNNEL_SENT] = "sent",
};

/* --- the period ----------------------------------------------------------------------- */

enum { YEARS_FROM = 1970, YEARS_BEFORE = 2200 }; /* in which something may have happened */

static struct err
check_day(struct cx *cx, struct str day, const char *field)
{
    int64_t us;

    if (day.p == NULL)
        return OK;
    if (day.len != 10 || !clock_parse(str_fmt(cx->arena, "%.*sT00:00:00Z", STR_ARG(day)), &us) ||
        us < clock_days(YEARS_FROM, 1, 1) * US_PER_DAY ||
        us >= clock_days(YEARS_BEFORE, 1, 1) * US_PER_DAY)
        return FAIL_FIELD(ERR_INVALID, "date_invalid", field);
    return OK;
}

/* What the other questions are asked with. */
struct period {
    struct str from, to;
    int64_t from_us, until_us;
    struct db_param versions;
};

static struct err
read_period(struct cx *cx, const struct funnel_query *query, struct funnel *out,
            struct period *period)
{
    const struct json_ids *versions = &query->versions;
    struct db_row row;
    int64_t days;

    TRY(check_day(cx, query->from, "from"));
    TRY(check_day(cx, query->to, "to"));
    TRY(db_one(cx, &SQL_flow_funnel_period, &row, P_ID(cx->account), P_STR(query->from),
               P_STR(query->to), P_TIME(cx->now_us)));
    days = db_i64(&row, 5) + 1;
    if (days < 1 || days > FUNNEL_DAYS_MAX)
        return FAIL_FIELD(ERR_INVALID, "days_invalid", "to");
    *period = (struct period){
        .from = db_str(&row, 1),
        .to = db_str(&row, 2),
        .from_us = db_time(&row, 3),
        .until_us = db_time(&row, 4),
        .versions = versions->n == 0 ? P_NULL : db_p_i64s(cx->arena, versions->v, versions->n),
    };
    out->time_zone = db_str(&row, 0);
    out->from = period->from;
    out->to = period->to;
    return OK;
}

/* --- cards ------------------------------------------------------------------------------- */

static void
add_share(struct arena *a, struct funnel_share **list, size_t *n, struct str word, int64_t count)
{
    size_t size = sizeof **list;

    for (size_t i = 0; i < *n; i++)
        if (str_eq((*list)[i].word, word)) {
            (*list)[i].n += count;
            return;
        }
    *list = arena_grow(a, *list, *n * size, (*n + 1) * size);
    (*list)[(*n)++] = (struct funnel_share){ word, count };
}

static struct funnel_card *
find_card(const struct funnel *f, struct str card, struct str type)
{
    for (size_t i = 0; i < f->card_count; i++)
        if (str_eq(f->cards[i].card, card) && str_eq(f->cards[i].type, type))
            return &f->cards[i];
    return NULL;
}

static void
count(struct arena *a, struct funnel_card *card, struct str what, struct str word, int64_t n)
{
    for (int i = 0; i < FUNNEL__COUNT; i++) {
        if (!str_eq(what, str_of(counted[i])))
            continue;
        card->counts[i] += n;
        if (i == FUNNEL_LEFT)
            add_share(a, &card->exits, &card->exit_count, word, n);
        if (i == FUNNEL_ABANDONED || i == FUNNEL_FINISHED)
            add_share(a, &card->ends, &card->end_count, word, n);
    }
}

/* Rows of a card stand together. */
static void
read_cards(struct cx *cx, const struct db_rows *rows, struct funnel *out)
{
    struct funnel_card *card = NULL;

    out->cards = arena_array(cx->arena, struct funnel_card, (size_t)rows->count + 1);
    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);
        struct str id = db_str(&row, 0), type = db_str(&row, 1);

        if (card == NULL || !str_eq(card->card, id) || !str_eq(card->type, type)) {
            card = &out->cards[out->card_count++];
            *card = (struct funnel_card){ .card = id, .type = type, .name = db_str(&row, 2) };
        }
        count(cx->arena, card, db_str(&row, 3), db_str(&row, 4), db_i64(&row, 5));
    }
}

static void
read_times(const struct db_rows *rows, struct funnel *out)
{
    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);
        struct funnel_card *card = find_card(out, db_str(&row, 0), db_str(&row, 1));

        if (card == NULL)
            continue;
        card->answer_median_ms = db_i64(&row, 2);
        card->answer_p90_ms = db_i64(&row, 3);
    }
}

/* --- all together ---------------------------------------------------------------------------- */

static void
read_figures(const struct db_row *row, struct funnel *out)
{
    out->figures.runs = db_i64(row, 0);
    out->figures.live = db_i64(row, 1);
    out->figures.held = db_i64(row, 2);
    out->figures.ended = db_i64(row, 3);
    out->figures.contained = db_i64(row, 4);
    out->figures.transferred = db_i64(row, 5);
    out->figures.fallen = db_i64(row, 6);
    out->figures.silent = db_i64(row, 7);
    out->figures.opted_out = db_i64(row, 8);
    out->figures.bot_median_ms = db_i64(row, 9);
}

static void
read_ends(struct cx *cx, const struct db_rows *rows, struct funnel *out)
{
    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);

        add_share(cx->arena, &out->ends, &out->end_count, db_str(&row, 0), db_i64(&row, 1));
    }
}

struct err
flow_funnel_read(struct cx *cx, const struct funnel_query *query, struct funnel *out)
{
    struct db_rows counts, times, ends;
    struct period p;
    struct db_row figures;
    struct flow flow;

    *out = (struct funnel){ 0 };
    TRY(flows_get(cx, query->flow, &flow));
    TRY(read_period(cx, query, out, &p));
    db_ask(cx, &SQL_flow_funnel_counts, &counts, P_ID(cx->account), P_ID(query->flow),
           P_STR(p.from), P_STR(p.to), P_TIME(p.from_us), P_TIME(p.until_us), p.versions);
    db_ask(cx, &SQL_flow_funnel_times, &times, P_ID(cx->account), P_ID(query->flow),
           P_TIME(p.from_us), P_TIME(p.until_us), p.versions);
    db_ask(cx, &SQL_flow_funnel_ends, &ends, P_ID(cx->account), P_ID(query->flow),
           P_TIME(p.from_us), P_TIME(p.until_us), p.versions);
    TRY(db_one(cx, &SQL_flow_funnel_figures, &figures, P_ID(cx->account), P_ID(query->flow),
               P_TIME(p.from_us), P_TIME(p.until_us), p.versions));
    read_cards(cx, &counts, out);
    read_times(&times, out);
    read_ends(cx, &ends, out);
    read_figures(&figures, out);
    return OK;
}
