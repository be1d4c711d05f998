#include "hours_private.h"

#include "base/clock.h"
#include "domain/accounts/accounts.h"
#include "domain/uses/uses.h"

#include "hours.sql.h"

static struct err
answer_hours(struct cx *cx, struct res *res, int status)
{
    struct json_out o = res_json_begin(res, status);

    TRY(hours_write(cx, &o));
    return res_json_end(res);
}

static struct err
get_hours(struct cx *cx, struct req *req, struct res *res)
{
    (void)req;
    return answer_hours(cx, res, 200);
}

/* --- periods ---------------------------------------------------------------------------- */

static struct err
post_period(struct cx *cx, struct req *req, struct res *res)
{
    struct period_draft draft;

    TRY(hours_read_period(cx, req, &draft));
    TRY(periods_add(cx, &draft));
    return answer_hours(cx, res, 201);
}

static struct err
put_period(struct cx *cx, struct req *req, struct res *res)
{
    struct period_draft draft;
    struct period_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(hours_read_period(cx, req, &draft));
    TRY(periods_save(cx, id, &draft));
    return answer_hours(cx, res, 200);
}

static struct err
delete_period(struct cx *cx, struct req *req, struct res *res)
{
    struct period_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(uses_require_none(cx, res, "period", id.v));
    TRY(periods_remove(cx, id));
    return answer_hours(cx, res, 200);
}

/* --- what the account keeps --------------------------------------------------------------- */

static struct err
put_followers(struct cx *cx, struct req *req, struct res *res)
{
    struct follow follow;

    TRY(hours_read_follow(cx, req, &follow));
    TRY(hours_follow(cx, &follow));
    return answer_hours(cx, res, 200);
}

static struct err
put_holidays(struct cx *cx, struct req *req, struct res *res)
{
    struct kept_holidays kept = { 0 };

    TRY(hours_read_holidays(cx, req, &kept));
    TRY(hours_keep_holidays(cx, &kept));
    return answer_hours(cx, res, 200);
}

static struct err
put_shifts(struct cx *cx, struct req *req, struct res *res)
{
    const struct shift *shifts;
    struct json_ids left_out;
    size_t n;

    TRY(hours_read_shifts(cx, req, &shifts, &n));
    TRY(hours_shifts_left_out(cx, shifts, n, &left_out));
    for (size_t i = 0; i < left_out.n; i++)
        TRY(uses_require_none(cx, res, "shift", left_out.v[i]));
    TRY(hours_save_shifts(cx, shifts, n));
    return answer_hours(cx, res, 200);
}

static struct err
put_places(struct cx *cx, struct req *req, struct res *res)
{
    const struct place *places;
    struct str uf;
    size_t n;

    TRY(hours_read_places(cx, req, &uf, &places, &n));
    TRY(hours_save_places(cx, uf, places, n));
    return answer_hours(cx, res, 200);
}

/* --- a year's holidays ---------------------------------------------------------------------- */

static void
write_holiday(struct cx *cx, struct json_out *o, const struct holiday *h, int64_t day)
{
    json_open(o, '{');
    json_kv_str(o, "code", str_of(h->code));
    json_kv_str(o, "name", str_of(h->name));
    json_kv_str(o, "on", hours_print_date(cx->arena, day));
    json_kv_str(o, "uf", h->uf == NULL ? (struct str){ 0 } : str_of(h->uf));
    json_kv_bool(o, "is_optional", h->is_optional);
    json_close(o, '}');
}

/* What the law says of a year and a state; what the account makes of it is in its hours. */
static struct err
get_holidays(struct cx *cx, struct req *req, struct res *res)
{
    struct str uf = req_query(req, "uf");
    int64_t year = 0, day;
    struct json_out o;

    TRY(req_query_i64(req, "year", 1970, 2200, &year));
    if (year == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "year");
    if (uf.len > 0 && !holidays_is_uf(uf))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "uf");
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (const struct holiday *h = holidays; h->code != NULL; h++)
        if ((h->uf == NULL || str_eq(uf, str_of(h->uf))) && holiday_day(h, (int)year, &day))
            write_holiday(cx, &o, h, day);
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

/* --- what happens at this date and time? --------------------------------------------------- */

static const char *const rule_names[] = {
    [OPENING_WEEK] = "week",
    [OPENING_HOLIDAY] = "holiday",
    [OPENING_EXCEPTION] = "exception",
    [OPENING_ALWAYS] = "always",
};

struct trial {
    struct cx *cx;
    const struct hours *hours;
    int64_t at_us;
};

static void
write_trial(struct json_out *o, const void *value)
{
    const struct trial *t = value;
    const struct opening_state *s = &t->hours->state;
    struct str wall = hours_wall(t->cx->arena, t->hours->zone, t->at_us);

    json_open(o, '{');
    json_kv_time(o, "at", t->at_us);
    json_kv_str(o, "wall", str_fmt(t->cx->arena, "%.16s", wall.p));
    json_kv_str(o, "time_zone", zone_name(t->hours->zone));
    json_key(o, "state");
    hours_write_state(o, t->hours);
    json_kv_str(o, "decided_by", str_of(hours_decider_names[t->hours->decider]));
    json_kv_id(o, "period_id", t->hours->period.v);
    json_kv_str(o, "period_name", t->hours->period_name);
    json_kv_str(o, "rule", str_of(rule_names[s->rule]));
    json_kv_str(o, "rule_name", s->name.len == 0 ? (struct str){ 0 } : s->name);
    json_key(o, "range");
    if (s->has_range) {
        json_open(o, '{');
        json_kv_str(o, "on", hours_print_date(t->cx->arena, s->range_day));
        json_kv_i64(o, "from_min", s->range.from_min);
        json_kv_i64(o, "until_min", s->range.until_min);
        json_close(o, '}');
    } else {
        json_put_null(o);
    }
    json_kv_str(o, "away_text", t->hours->away_text.p == NULL ? STR("") : t->hours->away_text);
    json_close(o, '}');
}

struct err
hours_read_wall(struct cx *cx, const struct req *req, const struct zone *zone, int64_t *at_us)
{
    struct str text = req_query(req, "at");
    int64_t local_us;

    *at_us = cx->now_us;
    if (text.len == 0)
        return OK;
    if (text.len != 16 || !clock_parse(str_fmt(cx->arena, "%.*s:00Z", STR_ARG(text)), &local_us) ||
        local_us < 0)
        return FAIL_FIELD(ERR_INVALID, "date_invalid", "at");
    *at_us = zone_instant(zone, local_us / US_PER_S) * US_PER_S;
    return OK;
}

static struct err
require_subject(struct cx *cx, const struct hours_subject *s)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_hours_subject_exists, &row, P_ID(cx->account), db_p_id(s->department_id),
               db_p_id(s->channel_id)));
    return db_bool(&row, 0) ? OK : FAIL(ERR_NOT_FOUND, "not_found");
}

static struct err
get_trial(struct cx *cx, struct req *req, struct res *res)
{
    struct hours_subject subject = { 0 };
    const struct hours_book *book;
    struct account account;
    struct db_rows version;
    struct hours hours;
    int64_t at_us;

    TRY(req_query_i64(req, "period_id", 1, INT64_MAX, &subject.period.v));
    TRY(req_query_i64(req, "department_id", 1, INT64_MAX, &subject.department_id));
    TRY(req_query_i64(req, "channel_id", 1, INT64_MAX, &subject.channel_id));
    hours_ask(cx, &version);
    TRY(require_subject(cx, &subject));
    TRY(accounts_get(cx, &account));
    TRY(hours_book(cx, &version, &book));
    if (subject.period.v != 0 && hours_period(book, subject.period) == NULL)
        return FAIL(ERR_NOT_FOUND, "not_found");
    hours_look(book, &subject, cx->now_us, &hours);
    if (hours.decider == HOURS_NOBODY && zone_find(account.time_zone) != NULL)
        hours.zone = zone_find(account.time_zone);
    TRY(hours_read_wall(cx, req, hours.zone, &at_us));
    if (hours.decider != HOURS_NOBODY)
        hours_look(book, &subject, at_us, &hours);
    return res_json(res, 200, write_trial, &(struct trial){ cx, &hours, at_us });
}

const struct route hours_routes[] = {
    { GET, "/api/v1/hours", "departments.view", TX_READ, get_hours, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { POST, "/api/v1/hours/periods", "hours.manage", TX_WRITE, post_period, ACCESS_MEMBER,
      BODY_JSON, "hours.edited" },
    { PUT, "/api/v1/hours/periods/:id", "hours.manage", TX_WRITE, put_period, ACCESS_MEMBER,
      BODY_JSON, "hours.edited" },
    { DELETE, "/api/v1/hours/periods/:id", "hours.manage", TX_WRITE, delete_period, ACCESS_MEMBER,
      BODY_NONE, "hours.edited" },
    { PUT, "/api/v1/hours/followers", "hours.manage", TX_WRITE, put_followers, ACCESS_MEMBER,
      BODY_JSON, "hours.edited" },
    { GET, "/api/v1/hours/holidays", "departments.view", TX_READ, get_holidays, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { PUT, "/api/v1/hours/holidays", "hours.manage", TX_WRITE, put_holidays, ACCESS_MEMBER,
      BODY_JSON, "hours.edited" },
    { PUT, "/api/v1/hours/shifts", "hours.manage", TX_WRITE, put_shifts, ACCESS_MEMBER, BODY_JSON,
      "hours.edited" },
    { PUT, "/api/v1/hours/places", "hours.manage", TX_WRITE, put_places, ACCESS_MEMBER, BODY_JSON,
      "hours.edited" },
    { GET, "/api/v1/hours/trial", "departments.view", TX_READ, get_trial, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { 0 },
};
