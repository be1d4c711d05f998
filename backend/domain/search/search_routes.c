#include "search.h"

#include "base/clock.h"
#include "domain/auth/auth.h"

/* The end of the year 9999: within PostgreSQL's reach. */
#define CURSOR_MAX_US INT64_C(253402300799000000)

enum { LIMIT_DEFAULT = 25, IDS_MAX = 100 };

/* A place in the past: "<µs>.<ticket>.<seq>". */
static struct err
read_cursor(struct str text, struct message_place *out)
{
    struct str us, ticket;

    if (text.len == 0)
        return OK;
    if (!str_cut(&text, '.', &us) || !str_cut(&text, '.', &ticket) ||
        !str_i64(us, &out->created_at_us) || !str_i64(ticket, &out->ticket.v) ||
        !str_i64(text, &out->seq) || out->created_at_us <= 0 ||
        out->created_at_us > CURSOR_MAX_US || out->ticket.v < 0 || out->seq < 0 ||
        out->seq > INT32_MAX)
        return FAIL_FIELD(ERR_INVALID, "cursor_invalid", "after");
    return OK;
}

static struct err
read_search(const struct req *req, struct search *out)
{
    struct str since = req_query(req, "since");

    *out = (struct search){ .typed = str_trim(req_query(req, "q")), .limit = LIMIT_DEFAULT };
    TRY(req_query_i64(req, "ticket", 1, INT64_MAX, &out->ticket.v));
    TRY(req_query_i64(req, "assignee", 1, INT64_MAX, &out->assignee.v));
    TRY(req_query_i64(req, "limit", 1, SEARCH_PAGE_MAX, &out->limit));
    TRY(req_query_ids(req, "departments", IDS_MAX, &out->departments));
    TRY(req_query_ids(req, "channels", IDS_MAX, &out->channels));
    if (since.len > 0 && !clock_parse(since, &out->since_us))
        return FAIL_FIELD(ERR_INVALID, "time_invalid", "since");
    return read_cursor(req_query(req, "after"), &out->before);
}

static struct err
get_search(struct cx *cx, struct req *req, struct res *res)
{
    struct search search;
    struct search_page page;
    struct json_out o;

    TRY(read_search(req, &search));
    TRY(search_messages(cx, &search, &page));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (size_t i = 0; i < page.n; i++) {
        json_open(&o, '{');
        json_key(&o, "ticket");
        ticket_write_json(&o, &page.tickets[i]);
        json_key(&o, "message");
        message_write_json(&o, &page.messages[i]);
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_kv_str(&o, "next",
                page.has_more
                    ? str_fmt(cx->arena, "%lld.%lld.%lld", (long long)page.next.created_at_us,
                              (long long)page.next.ticket.v, (long long)page.next.seq)
                    : (struct str){ 0 });
    json_kv_time(&o, "looked_back_to", page.has_more ? page.next.created_at_us : 0);
    json_kv_bool(&o, "is_whole", page.is_whole);
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route search_routes[] = {
    { GET, "/api/v1/search", "tickets.view", TX_READ, get_search, ACCESS_MEMBER, BODY_NONE, NULL },
    { 0 },
};
