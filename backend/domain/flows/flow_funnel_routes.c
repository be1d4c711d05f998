#include "flow_funnel.h"

/* Of nothing there is none. */
static void
put_rate(struct json_out *o, const char *key, int64_t part, int64_t whole)
{
    json_key(o, key);
    if (whole <= 0)
        json_put_null(o);
    else
        json_put_double(o, (double)part / (double)whole);
}

/* --- a card ----------------------------------------------------------------------------- */

static const struct {
    const char *name;
    enum funnel_count count;
} counts[] = {
    { "entries", FUNNEL_ENTRIES },
    { "starts", FUNNEL_STARTS },
    { "jumps", FUNNEL_JUMPS },
    { "returns", FUNNEL_RETURNS },
    { "runs", FUNNEL_RUNS },
    { "left", FUNNEL_LEFT },
    { "abandoned", FUNNEL_ABANDONED },
    { "finished", FUNNEL_FINISHED },
    { "interrupted", FUNNEL_INTERRUPTED },
    { "open", FUNNEL_OPEN },
    { "moved", FUNNEL_MOVED },
    { "moved_in", FUNNEL_MOVED_IN },
    { "invalid", FUNNEL_INVALID },
    { "answered", FUNNEL_ANSWERED },
    { "answered_first", FUNNEL_ANSWERED_FIRST },
    { "sent", FUNNEL_SENT },
};

static void
write_shares(struct json_out *o, const char *key, const char *word,
             const struct funnel_share *shares, size_t n)
{
    json_key(o, key);
    json_open(o, '[');
    for (size_t i = 0; i < n; i++) {
        json_open(o, '{');
        json_kv_str(o, word, shares[i].word);
        json_kv_i64(o, "n", shares[i].n);
        json_close(o, '}');
    }
    json_close(o, ']');
}

static void
write_card(struct json_out *o, const struct funnel_card *c)
{
    const int64_t *n = c->counts;

    json_open(o, '{');
    json_kv_str(o, "card", c->card);
    json_kv_str(o, "type", c->type);
    json_kv_str(o, "name", c->name);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        json_kv_i64(o, counts[i].name, n[counts[i].count]);
    write_shares(o, "exits", "outlet", c->exits, c->exit_count);
    write_shares(o, "ends", "reason", c->ends, c->end_count);
    put_rate(o, "pass_rate", n[FUNNEL_LEFT], n[FUNNEL_ENTRIES] - n[FUNNEL_OPEN]);
    put_rate(o, "abandonment_rate", n[FUNNEL_ABANDONED], n[FUNNEL_ENTRIES] - n[FUNNEL_OPEN]);
    put_rate(o, "first_try_rate", n[FUNNEL_ANSWERED_FIRST], n[FUNNEL_ANSWERED]);
    json_kv_id(o, "answer_median_ms", c->answer_median_ms);
    json_kv_id(o, "answer_p90_ms", c->answer_p90_ms);
    json_close(o, '}');
}

/* --- all together ------------------------------------------------------------------------ */

static void
write_figures(struct json_out *o, const struct funnel *f)
{
    int64_t ended = f->figures.ended;

    json_key(o, "figures");
    json_open(o, '{');
    json_kv_i64(o, "runs", f->figures.runs);
    json_kv_i64(o, "live", f->figures.live);
    json_kv_i64(o, "held", f->figures.held);
    json_kv_i64(o, "ended", ended);
    put_rate(o, "containment_rate", f->figures.contained, ended);
    put_rate(o, "transfer_rate", f->figures.transferred, ended);
    put_rate(o, "fallback_rate", f->figures.fallen, ended);
    put_rate(o, "silent_rate", f->figures.silent, ended);
    put_rate(o, "opt_out_rate", f->figures.opted_out, ended);
    json_kv_id(o, "bot_median_ms", f->figures.bot_median_ms);
    write_shares(o, "ends", "reason", f->ends, f->end_count);
    json_close(o, '}');
}

/* What a funnel is of, and what it says. */
struct answer {
    const struct funnel_query *query;
    const struct funnel *funnel;
    int64_t as_of_us;
};

static void
funnel_write_json(struct json_out *o, const void *value)
{
    const struct answer *a = value;
    const struct funnel *f = a->funnel;

    json_open(o, '{');
    json_kv_str(o, "from", f->from);
    json_kv_str(o, "to", f->to);
    json_kv_str(o, "time_zone", f->time_zone);
    json_kv_time(o, "as_of", a->as_of_us);
    json_key(o, "versions");
    json_open(o, '[');
    for (size_t i = 0; i < a->query->versions.n; i++)
        json_put_i64(o, a->query->versions.v[i]);
    json_close(o, ']');
    write_figures(o, f);
    json_key(o, "cards");
    json_open(o, '[');
    for (size_t i = 0; i < f->card_count; i++)
        write_card(o, &f->cards[i]);
    json_close(o, ']');
    json_close(o, '}');
}

static struct str
query_day(const struct req *req, const char *name)
{
    struct str day = req_query(req, name);

    return day.len == 0 ? (struct str){ 0 } : day;
}

static struct err
get_funnel(struct cx *cx, struct req *req, struct res *res)
{
    struct funnel_query query = { .from = query_day(req, "from"), .to = query_day(req, "to") };
    struct funnel funnel;

    TRY(req_path_id(req, "id", &query.flow.v));
    TRY(req_query_ids(req, "versions", FUNNEL_VERSIONS_MAX, &query.versions));
    TRY(flow_funnel_read(cx, &query, &funnel));
    return res_json(res, 200, funnel_write_json, &(struct answer){ &query, &funnel, cx->now_us });
}

const struct route flow_funnel_routes[] = {
    { GET, "/api/v1/flows/:id/funnel", "flows.trace", TX_READ, get_funnel, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { 0 },
};
