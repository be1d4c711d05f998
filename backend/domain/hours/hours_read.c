/*
 * Bodies of the routes, read and judged: what passes here can be saved as it is.
 */
#include "hours_private.h"

static const char *
field_of(struct arena *a, const char *list, size_t i, const char *member)
{
    return str_cstr(a, str_fmt(a, "%s[%zu].%s", list, i, member));
}

/* A list of objects, each read by a table and then by what a table cannot say. */
struct list {
    const char *name;
    size_t max;
    const struct json_field *fields;
    size_t size; /* of what the table fills */
};

static struct err
read_item(struct arena *a, const struct list *list, const struct json *v, size_t i, void *out)
{
    struct err e;

    if (json_kind(v) != JSON_OBJECT)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", list->name);
    e = json_read(a, v, list->fields, out);
    return e.code == ERR_NONE ? OK
                              : FAIL_FIELD(e.code, e.slug, field_of(a, list->name, i, e.field));
}

/* *out: list->size bytes each. An absent list is empty. */
static struct err
read_list(struct arena *a, const struct list *list, const struct json *v, void *out, size_t *n)
{
    char *items = arena_calloc(a, json_len(v) + 1, list->size);

    if (v != NULL && json_kind(v) != JSON_ARRAY)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", list->name);
    if (json_len(v) > list->max)
        return FAIL_FIELD(ERR_INVALID, "too_many", list->name);
    for (*n = 0; *n < json_len(v); ++*n)
        TRY(read_item(a, list, json_at(v, *n), *n, items + *n * list->size));
    *(void **)out = items;
    return OK;
}

/* --- a period --------------------------------------------------------------------------- */

struct range_body {
    int64_t day, from_min, until_min;
};

static const struct json_field range_fields[] = {
    { "from_min", JSON_I64, true, offsetof(struct range_body, from_min), 0 },
    { "until_min", JSON_I64, true, offsetof(struct range_body, until_min), 0 },
    { 0 },
};

static const struct json_field week_fields[] = {
    { "day", JSON_I64, true, offsetof(struct range_body, day), 0 },
    { "from_min", JSON_I64, true, offsetof(struct range_body, from_min), 0 },
    { "until_min", JSON_I64, true, offsetof(struct range_body, until_min), 0 },
    { 0 },
};

/* Ranges of one day go behind each other in whatever order they came. */
static struct err
add_range(struct openings *day, struct opening *room, const struct range_body *body,
          const char *field)
{
    size_t at = day->n;

    if (body->from_min < 0 || body->from_min >= OPENINGS_DAY_MIN ||
        body->until_min <= body->from_min || body->until_min > body->from_min + OPENINGS_DAY_MIN)
        return FAIL_FIELD(ERR_INVALID, "range_invalid", field);
    if (day->n == DAY_RANGES_MAX)
        return FAIL_FIELD(ERR_INVALID, "too_many", field);
    while (at > 0 && room[at - 1].from_min > body->from_min) {
        room[at] = room[at - 1];
        at--;
    }
    room[at] = (struct opening){ (int)body->from_min, (int)body->until_min };
    day->v = room;
    day->n++;
    return openings_are_sound(*day) ? OK : FAIL_FIELD(ERR_INVALID, "range_overlaps", field);
}

static struct err
read_week(struct arena *a, const struct json *v, struct openings week[OPENINGS_DAY_KINDS])
{
    static const struct list list = { "week", OPENINGS_DAY_KINDS * DAY_RANGES_MAX, week_fields,
                                      sizeof(struct range_body) };
    struct opening *room = arena_array(a, struct opening, OPENINGS_DAY_KINDS * DAY_RANGES_MAX);
    struct range_body *ranges;
    size_t n;

    TRY(read_list(a, &list, v, &ranges, &n));
    for (size_t i = 0; i < n; i++) {
        const char *field = field_of(a, "week", i, "from_min");

        if (ranges[i].day < 0 || ranges[i].day >= OPENINGS_DAY_KINDS)
            return FAIL_FIELD(ERR_INVALID, "out_of_range", field_of(a, "week", i, "day"));
        TRY(add_range(&week[ranges[i].day], room + ranges[i].day * DAY_RANGES_MAX, &ranges[i],
                      field));
    }
    return OK;
}

struct exception_body {
    struct str on, name;
    const struct json *ranges;
};

static struct err
read_exception(struct arena *a, const struct exception_body *body, size_t i,
               struct opening_exception *out)
{
    static const struct list list = { "ranges", DAY_RANGES_MAX, range_fields,
                                      sizeof(struct range_body) };
    struct opening *room = arena_array(a, struct opening, DAY_RANGES_MAX);
    struct range_body *ranges;
    size_t n;

    *out = (struct opening_exception){ .name = body->name.p == NULL ? STR("") : body->name };
    if (!hours_parse_date(a, body->on, &out->day))
        return FAIL_FIELD(ERR_INVALID, "date_invalid", field_of(a, "exceptions", i, "on"));
    TRY(read_list(a, &list, body->ranges, &ranges, &n));
    for (size_t j = 0; j < n; j++)
        TRY(add_range(&out->openings, room, &ranges[j], field_of(a, "exceptions", i, "ranges")));
    return OK;
}

static struct err
read_exceptions(struct arena *a, const struct json *v, struct period_draft *out)
{
    static const struct json_field fields[] = {
        { "name", JSON_STR, false, offsetof(struct exception_body, name), 80 },
        { "on", JSON_STR, true, offsetof(struct exception_body, on), 10 },
        { "ranges", JSON_ANY, true, offsetof(struct exception_body, ranges), 0 },
        { 0 },
    };
    static const struct list list = { "exceptions", PERIOD_EXCEPTIONS_MAX, fields,
                                      sizeof(struct exception_body) };
    struct opening_exception *exceptions;
    struct exception_body *bodies;
    size_t n;

    TRY(read_list(a, &list, v, &bodies, &n));
    exceptions = arena_array(a, struct opening_exception, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct opening_exception e;
        size_t at = i;

        TRY(read_exception(a, &bodies[i], i, &e));
        for (; at > 0 && exceptions[at - 1].day > e.day; at--)
            exceptions[at] = exceptions[at - 1];
        if (at > 0 && exceptions[at - 1].day == e.day)
            return FAIL_FIELD(ERR_INVALID, "date_repeated", field_of(a, "exceptions", i, "on"));
        exceptions[at] = e;
    }
    out->exceptions = exceptions;
    out->exception_count = n;
    return OK;
}

struct period_body {
    struct str name;
    int64_t branch_id;
    bool keeps_holidays;
    const struct json *week, *exceptions;
};

struct err
hours_read_period(struct cx *cx, struct req *req, struct period_draft *out)
{
    static const struct json_field fields[] = {
        { "branch_id", JSON_ID, false, offsetof(struct period_body, branch_id), 0 },
        { "exceptions", JSON_ANY, true, offsetof(struct period_body, exceptions), 0 },
        { "keeps_holidays", JSON_FLAG, true, offsetof(struct period_body, keeps_holidays), 0 },
        { "name", JSON_STR, true, offsetof(struct period_body, name), 80 },
        { "week", JSON_ANY, true, offsetof(struct period_body, week), 0 },
        { 0 },
    };
    struct period_body body = { 0 };

    TRY(req_body(req, fields, &body));
    *out = (struct period_draft){ .name = str_trim(body.name),
                                  .branch_id = body.branch_id,
                                  .keeps_holidays = body.keeps_holidays };
    if (out->name.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    TRY(read_week(cx->arena, body.week, out->week));
    return read_exceptions(cx->arena, body.exceptions, out);
}

/* --- the rest ------------------------------------------------------------------------------ */

struct account_body {
    int64_t period_id;
    struct str away_text;
};

static struct err
read_followers(struct arena *a, const char *name, const struct json *v, const struct follower **out,
               size_t *n)
{
    static const struct json_field fields[] = {
        { "away_text", JSON_STR, false, offsetof(struct follower, away_text), 1000 },
        { "id", JSON_ID, true, offsetof(struct follower, id), 0 },
        { "period_id", JSON_ID, false, offsetof(struct follower, period), 0 },
        { 0 },
    };
    struct list list = { name, 500, fields, sizeof(struct follower) };
    struct follower *followers;

    TRY(read_list(a, &list, v, &followers, n));
    for (size_t i = 0; i < *n; i++)
        if (followers[i].away_text.p == NULL)
            followers[i].away_text = STR("");
    *out = followers;
    return OK;
}

struct follow_body {
    const struct json *account, *departments, *channels;
};

struct err
hours_read_follow(struct cx *cx, struct req *req, struct follow *out)
{
    static const struct json_field fields[] = {
        { "account", JSON_ANY, false, offsetof(struct follow_body, account), 0 },
        { "channels", JSON_ANY, false, offsetof(struct follow_body, channels), 0 },
        { "departments", JSON_ANY, false, offsetof(struct follow_body, departments), 0 },
        { 0 },
    };
    static const struct json_field account_fields[] = {
        { "away_text", JSON_STR, true, offsetof(struct account_body, away_text), 1000 },
        { "period_id", JSON_ID, false, offsetof(struct account_body, period_id), 0 },
        { 0 },
    };
    struct account_body account = { 0 };
    struct follow_body body = { 0 };

    TRY(req_body(req, fields, &body));
    *out = (struct follow){ .has_account = body.account != NULL };
    if (out->has_account) {
        if (json_kind(body.account) != JSON_OBJECT)
            return FAIL_FIELD(ERR_INVALID, "wrong_type", "account");
        TRY(json_read(cx->arena, body.account, account_fields, &account));
        out->account_period.v = account.period_id;
        out->account_away_text = account.away_text;
    }
    TRY(read_followers(cx->arena, "departments", body.departments, &out->departments,
                       &out->department_count));
    return read_followers(cx->arena, "channels", body.channels, &out->channels,
                          &out->channel_count);
}

struct city_body {
    int64_t branch_id;
    struct str name, on;
    bool every_year;
};

static struct err
read_city(struct arena *a, const struct json *v, struct kept_holidays *out)
{
    static const struct json_field fields[] = {
        { "branch_id", JSON_ID, false, offsetof(struct city_body, branch_id), 0 },
        { "every_year", JSON_FLAG, true, offsetof(struct city_body, every_year), 0 },
        { "name", JSON_STR, true, offsetof(struct city_body, name), 80 },
        { "on", JSON_STR, true, offsetof(struct city_body, on), 10 },
        { 0 },
    };
    static const struct list list = { "city", CITY_HOLIDAYS_MAX, fields, sizeof(struct city_body) };
    struct typed_holiday *city;
    struct city_body *bodies;
    size_t n;

    TRY(read_list(a, &list, v, &bodies, &n));
    city = arena_array(a, struct typed_holiday, n + 1);
    for (size_t i = 0; i < n; i++) {
        city[i] = (struct typed_holiday){ bodies[i].branch_id, str_trim(bodies[i].name), 0,
                                          bodies[i].every_year };
        if (city[i].name.len == 0)
            return FAIL_FIELD(ERR_INVALID, "required", field_of(a, "city", i, "name"));
        if (!hours_parse_date(a, bodies[i].on, &city[i].day))
            return FAIL_FIELD(ERR_INVALID, "date_invalid", field_of(a, "city", i, "on"));
    }
    out->city = city;
    out->city_count = n;
    return OK;
}

struct holidays_body {
    const struct json *switches, *city;
};

struct err
hours_read_holidays(struct cx *cx, struct req *req, struct kept_holidays *out)
{
    static const struct json_field fields[] = {
        { "city", JSON_ANY, true, offsetof(struct holidays_body, city), 0 },
        { "switches", JSON_ANY, true, offsetof(struct holidays_body, switches), 0 },
        { 0 },
    };
    static const struct json_field switch_fields[] = {
        { "code", JSON_STR, true, offsetof(struct holiday_switch, code), 40 },
        { "is_kept", JSON_FLAG, true, offsetof(struct holiday_switch, is_kept), 0 },
        { 0 },
    };
    static const struct list list = { "switches", HOLIDAYS_MAX, switch_fields,
                                      sizeof(struct holiday_switch) };
    struct holidays_body body = { 0 };
    struct holiday_switch *switches;

    TRY(req_body(req, fields, &body));
    TRY(read_list(cx->arena, &list, body.switches, &switches, &out->switch_count));
    for (size_t i = 0; i < out->switch_count; i++) {
        if (holidays_find(switches[i].code) == NULL)
            return FAIL_FIELD(ERR_INVALID, "unknown_value",
                              field_of(cx->arena, "switches", i, "code"));
        for (size_t j = 0; j < i; j++)
            if (str_eq(switches[j].code, switches[i].code))
                return FAIL_FIELD(ERR_INVALID, "repeated",
                                  field_of(cx->arena, "switches", i, "code"));
    }
    out->switches = switches;
    return read_city(cx->arena, body.city, out);
}

struct shift_body {
    struct str name;
    int64_t id, from_min, until_min;
};

struct err
hours_read_shifts(struct cx *cx, struct req *req, const struct shift **v, size_t *n)
{
    static const struct json_field fields[] = {
        { "shifts", JSON_ANY, true, 0, 0 },
        { 0 },
    };
    static const struct json_field shift_fields[] = {
        { "from_min", JSON_I64, true, offsetof(struct shift_body, from_min), 0 },
        { "id", JSON_ID, false, offsetof(struct shift_body, id), 0 },
        { "name", JSON_STR, true, offsetof(struct shift_body, name), 40 },
        { "until_min", JSON_I64, true, offsetof(struct shift_body, until_min), 0 },
        { 0 },
    };
    static const struct list list = { "shifts", SHIFTS_MAX, shift_fields,
                                      sizeof(struct shift_body) };
    const struct json *body = NULL;
    struct shift_body *bodies;
    struct shift *shifts;

    TRY(req_body(req, fields, &body));
    TRY(read_list(cx->arena, &list, body, &bodies, n));
    shifts = arena_array(cx->arena, struct shift, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        struct range_body range = { 0, bodies[i].from_min, bodies[i].until_min };
        struct openings day = { 0 };

        shifts[i].id = bodies[i].id;
        shifts[i].name = str_trim(bodies[i].name);
        if (shifts[i].name.len == 0)
            return FAIL_FIELD(ERR_INVALID, "required", field_of(cx->arena, "shifts", i, "name"));
        TRY(add_range(&day, &shifts[i].part, &range, field_of(cx->arena, "shifts", i, "from_min")));
    }
    *v = shifts;
    return OK;
}

struct places_body {
    struct str uf;
    const struct json *branches;
};

static struct err
check_place(struct arena *a, const struct place *p, size_t i)
{
    if (p->uf.p != NULL && !holidays_is_uf(p->uf))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", field_of(a, "branches", i, "uf"));
    if (p->time_zone.p != NULL && zone_find(p->time_zone) == NULL)
        return FAIL_FIELD(ERR_INVALID, "unknown_value", field_of(a, "branches", i, "time_zone"));
    return OK;
}

struct err
hours_read_places(struct cx *cx, struct req *req, struct str *uf, const struct place **v, size_t *n)
{
    static const struct json_field fields[] = {
        { "branches", JSON_ANY, true, offsetof(struct places_body, branches), 0 },
        { "uf", JSON_STR, false, offsetof(struct places_body, uf), 2 },
        { 0 },
    };
    static const struct json_field place_fields[] = {
        { "id", JSON_ID, true, offsetof(struct place, branch_id), 0 },
        { "time_zone", JSON_STR, false, offsetof(struct place, time_zone), 64 },
        { "uf", JSON_STR, false, offsetof(struct place, uf), 2 },
        { 0 },
    };
    static const struct list list = { "branches", 500, place_fields, sizeof(struct place) };
    struct places_body body = { 0 };
    struct place *places;

    TRY(req_body(req, fields, &body));
    *uf = body.uf;
    if (body.uf.p != NULL && !holidays_is_uf(body.uf))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "uf");
    TRY(read_list(cx->arena, &list, body.branches, &places, n));
    for (size_t i = 0; i < *n; i++)
        TRY(check_place(cx->arena, &places[i], i));
    *v = places;
    return OK;
}
