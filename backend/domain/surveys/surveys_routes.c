#include "surveys.h"

#include "base/clock.h"

enum { SCORES = 11 }; /* 0 … 10 */

static const char *const states[] = { "asked", "answered", "unanswered" };

static struct err
read_time(const struct req *req, const char *name, int64_t *out)
{
    struct str text = req_query(req, name);

    return text.len == 0 || clock_parse(text, out) ? OK
                                                   : FAIL_FIELD(ERR_INVALID, "wrong_type", name);
}

static struct err
read_filter(const struct req *req, struct survey_filter *out)
{
    bool is_known = false;

    *out = (struct survey_filter){ .state = req_query(req, "state"), .score = -1 };
    TRY(read_time(req, "from", &out->from_us));
    TRY(read_time(req, "until", &out->until_us));
    TRY(req_query_i64(req, "department_id", 1, INT64_MAX, &out->department_id));
    TRY(req_query_i64(req, "member_id", 1, INT64_MAX, &out->member_id));
    TRY(req_query_i64(req, "score", 0, SCORES - 1, &out->score));
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        is_known = is_known || str_eq(out->state, str_of(states[i]));
    return out->state.len == 0 || is_known ? OK : FAIL_FIELD(ERR_INVALID, "unknown_value", "state");
}

/* --- one by one ----------------------------------------------------------------------- */

static void
write_survey(struct json_out *o, const struct db_row *row)
{
    json_open(o, '{');
    json_kv_i64(o, "id", db_i64(row, 0));
    json_kv_i64(o, "ticket_id", db_i64(row, 1));
    json_kv_str(o, "protocol", db_str(row, 2));
    json_kv_i64(o, "channel_id", db_i64(row, 3));
    json_kv_id(o, "department_id", db_i64(row, 4));
    json_kv_id(o, "member_id", db_i64(row, 5));
    json_kv_str(o, "counts_for", db_str(row, 6));
    json_kv_str(o, "state", db_str(row, 7));
    json_key(o, "score");
    if (db_is_null(row, 8))
        json_put_null(o);
    else
        json_put_i64(o, db_i64(row, 8));
    json_kv_str(o, "label", db_str(row, 9));
    json_kv_str(o, "comment", db_str(row, 10));
    json_kv_time(o, "asked_at", db_time(row, 11));
    json_kv_time(o, "answered_at", db_time(row, 12));
    json_close(o, '}');
}

static struct err
get_surveys(struct cx *cx, struct req *req, struct res *res)
{
    struct str after = req_query(req, "after");
    int64_t limit = 40, below = 0, last = 0;
    struct survey_filter filter;
    struct db_rows rows;
    struct json_out o;
    int n;

    TRY(read_filter(req, &filter));
    TRY(req_query_i64(req, "limit", 1, 100, &limit));
    if (after.len > 0 && (!str_i64(after, &below) || below <= 0))
        return FAIL_FIELD(ERR_INVALID, "cursor_invalid", "after");
    TRY(surveys_list(cx, &filter, below, limit + 1, &rows));
    n = rows.count > limit ? (int)limit : rows.count;
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < n; i++) {
        struct db_row row = db_row_at(&rows, i);

        write_survey(&o, &row);
        last = db_i64(&row, 0);
    }
    json_close(&o, ']');
    json_kv_str(&o, "next",
                rows.count > n ? str_fmt(cx->arena, "%lld", (long long)last) : (struct str){ 0 });
    json_close(&o, '}');
    return res_json_end(res);
}

/* --- counted ---------------------------------------------------------------------------- */

struct figures {
    int64_t asked; /* all of them, answered or not */
    int64_t answered, sum;
    int64_t of[SCORES];
};

static void
count(struct figures *f, const struct db_row *row)
{
    int64_t score = db_i64(row, 3), n = db_i64(row, 4);

    f->asked += n;
    if (db_is_null(row, 3) || score < 0 || score >= SCORES)
        return;
    f->answered += n;
    f->sum += score * n;
    f->of[score] += n;
}

static void
write_figures(struct json_out *o, const struct figures *f)
{
    json_kv_i64(o, "asked", f->asked);
    json_kv_i64(o, "answered", f->answered);
    json_kv_i64(o, "sum", f->sum);
    json_key(o, "scores");
    json_open(o, '[');
    for (int score = 0; score < SCORES; score++) {
        if (f->of[score] == 0)
            continue;
        json_open(o, '{');
        json_kv_i64(o, "score", score);
        json_kv_i64(o, "count", f->of[score]);
        json_close(o, '}');
    }
    json_close(o, ']');
}

static bool
counts_for(const struct db_row *row, struct str whom)
{
    return str_eq(db_str(row, 1), whom) || str_eq(db_str(row, 1), STR("both"));
}

/* Rows come agent by agent; those of nobody first. */
static void
write_agents(struct json_out *o, const struct db_rows *rows)
{
    struct figures f = { 0 };
    int64_t member = 0;

    json_key(o, "agents");
    json_open(o, '[');
    for (int i = 0; i <= rows->count; i++) {
        struct db_row row = { 0 };
        int64_t next = 0;

        if (i < rows->count) {
            row = db_row_at(rows, i);
            next = db_i64(&row, 0);
        }
        if (next != member && f.asked > 0) {
            json_open(o, '{');
            json_kv_i64(o, "member_id", member);
            write_figures(o, &f);
            json_close(o, '}');
        }
        if (next != member)
            f = (struct figures){ 0 };
        member = next;
        if (member != 0 && counts_for(&row, STR("agent")))
            count(&f, &row);
    }
    json_close(o, ']');
}

static struct err
get_figures(struct cx *cx, struct req *req, struct res *res)
{
    struct figures company = { 0 };
    struct survey_filter filter;
    struct db_rows rows;
    struct json_out o;

    TRY(read_filter(req, &filter));
    TRY(surveys_figures(cx, &filter, &rows));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        if (counts_for(&row, STR("company")))
            count(&company, &row);
    }
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "company");
    json_open(&o, '{');
    write_figures(&o, &company);
    json_close(&o, '}');
    write_agents(&o, &rows);
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route surveys_routes[] = {
    { GET, "/api/v1/surveys", "surveys.view", TX_READ, get_surveys, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { GET, "/api/v1/surveys/figures", "surveys.view", TX_READ, get_figures, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { 0 },
};
