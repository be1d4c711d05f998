#include "surveys.h"

#include "base/clock.h"

enum { SCORES = 11 }; /* 0 … 10 */

static const char *const states[] = { "asked", "answered", "unanswered", NULL };
static const char *const flags[] = { "true", "false", NULL };
static const char *const scopes[] = { "company", "agent", "both", NULL };

static struct err
read_time(const struct req *req, const char *name, int64_t *out)
{
    struct str text = req_query(req, name);

    return text.len == 0 || clock_parse(text, out) ? OK
                                                   : FAIL_FIELD(ERR_INVALID, "wrong_type", name);
}

/* One of these words, or nothing. */
static struct err
read_word(const struct req *req, const char *name, const char *const *words, struct str *out)
{
    *out = req_query(req, name);
    if (out->len == 0)
        return OK;
    for (size_t i = 0; words[i] != NULL; i++)
        if (str_eq(*out, str_of(words[i])))
            return OK;
    return FAIL_FIELD(ERR_INVALID, "unknown_value", name);
}

static struct err
read_filter(const struct req *req, struct survey_filter *out)
{
    struct str commented;

    *out = (struct survey_filter){ .score = -1 };
    TRY(read_time(req, "from", &out->from_us));
    TRY(read_time(req, "until", &out->until_us));
    TRY(req_query_i64(req, "department_id", 1, INT64_MAX, &out->department_id));
    TRY(req_query_i64(req, "member_id", 1, INT64_MAX, &out->member_id));
    TRY(req_query_i64(req, "score", 0, SCORES - 1, &out->score));
    TRY(read_word(req, "state", states, &out->state));
    TRY(read_word(req, "counts_for", scopes, &out->counts_for));
    TRY(read_word(req, "commented", flags, &commented));
    out->is_commented = str_eq(commented, STR("true"));
    return OK;
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
    int64_t score = db_i64(row, FIGURE_SCORE), n = db_i64(row, FIGURE_COUNT);

    f->asked += n;
    if (db_is_null(row, FIGURE_SCORE) || score < 0 || score >= SCORES)
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

/* whom: company or agent; NULL: whoever it is. */
static bool
counts_for(const struct db_row *row, const char *whom)
{
    struct str meant = db_str(row, FIGURE_COUNTS_FOR);

    return whom == NULL || str_eq(meant, STR("both")) || str_eq(meant, str_of(whom));
}

static void
write_all(struct json_out *o, const char *name, const struct db_rows *rows, const char *whom)
{
    struct figures all = { 0 };

    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);

        if (counts_for(&row, whom))
            count(&all, &row);
    }
    json_key(o, name);
    json_open(o, '{');
    write_figures(o, &all);
    json_close(o, '}');
}

struct group {
    int64_t id;
    struct figures figures;
};

/* One by one, by what stands in this column; what names nobody is left out. */
struct grouping {
    const char *name, *id_name;
    int column; /* enum survey_figure */
    const char *whom;
};

static void
write_groups(struct json_out *o, struct arena *a, const struct db_rows *rows,
             const struct grouping *by)
{
    struct group *groups = arena_array(a, struct group, (size_t)rows->count + 1);
    size_t n = 0;

    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);
        int64_t id = db_i64(&row, by->column);
        size_t at = 0;

        if (id == 0 || !counts_for(&row, by->whom))
            continue;
        while (at < n && groups[at].id != id)
            at++;
        if (at == n)
            groups[n++].id = id;
        count(&groups[at].figures, &row);
    }
    json_key(o, by->name);
    json_open(o, '[');
    for (size_t i = 0; i < n; i++) {
        json_open(o, '{');
        json_kv_i64(o, by->id_name, groups[i].id);
        write_figures(o, &groups[i].figures);
        json_close(o, '}');
    }
    json_close(o, ']');
}

static const struct grouping by_department = { "departments", "department_id", FIGURE_DEPARTMENT,
                                               NULL };
static const struct grouping by_agent = { "agents", "member_id", FIGURE_MEMBER, "agent" };

static struct err
get_figures(struct cx *cx, struct req *req, struct res *res)
{
    struct survey_filter filter;
    struct db_rows rows;
    struct json_out o;

    TRY(read_filter(req, &filter));
    TRY(surveys_figures(cx, &filter, &rows));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_time(&o, "as_of", cx->now_us);
    write_all(&o, "all", &rows, NULL);
    write_all(&o, "company", &rows, "company");
    write_groups(&o, cx->arena, &rows, &by_department);
    write_groups(&o, cx->arena, &rows, &by_agent);
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
