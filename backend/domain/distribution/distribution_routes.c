#include "distribution.h"

#include "domain/variables/variables.h"

enum { TEXT_MAX_CHARS = 1000, LIMITS_MAX = 500 };

static void
put_rules(struct json_out *o, const struct distribution *d)
{
    json_kv_i64(o, "department_id", d->department.v);
    json_kv_str(o, "mode", str_of(distribution_mode_names[d->mode]));
    json_kv_i64(o, "returns_days", d->returns_days);
    json_kv_id(o, "agent_limit", d->agent_limit);
    json_kv_bool(o, "tells", d->tells);
    json_kv_str(o, "tell_text", d->tell_text);
    json_kv_i64(o, "tell_again_min", d->tell_again_min);
}

static struct err
get_list(struct cx *cx, struct req *req, struct res *res)
{
    struct distribution_row *rows;
    struct json_out o;
    size_t n;

    (void)req;
    TRY(distribution_list(cx, &rows, &n));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (size_t i = 0; i < n; i++) {
        json_open(&o, '{');
        put_rules(&o, &rows[i].rules);
        json_kv_i64(&o, "waiting", rows[i].queue.waiting);
        json_kv_time(&o, "oldest_at", rows[i].queue.oldest_us);
        json_kv_id(&o, "place_ms", rows[i].queue.place_ms);
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

/* Whether they could be given one now, by the rules of the department. */
static const char *
state_of(const struct distribution *rules, const struct candidate *c)
{
    if (c->absence != VERDICT_CHOSEN)
        return verdict_names[c->absence];
    if (c->limit > 0 && c->held >= c->limit)
        return verdict_names[VERDICT_FULL];
    if (rules->agent_limit > 0 && c->held_here >= rules->agent_limit)
        return verdict_names[VERDICT_FULL_HERE];
    return "free";
}

static struct err
answer(struct cx *cx, struct res *res, struct department_id id)
{
    struct distribution rules;
    struct candidate *people;
    struct json_out o;
    size_t n;

    TRY(distribution_get(cx, id, &rules));
    TRY(distribution_candidates(cx, id, &people, &n));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    put_rules(&o, &rules);
    json_key(&o, "members");
    json_open(&o, '[');
    for (size_t i = 0; i < n; i++) {
        json_open(&o, '{');
        json_kv_i64(&o, "member_id", people[i].member_id);
        json_kv_str(&o, "state", str_of(state_of(&rules, &people[i])));
        json_kv_i64(&o, "held", people[i].held);
        json_kv_i64(&o, "held_here", people[i].held_here);
        json_kv_id(&o, "ticket_limit", people[i].limit);
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
get_distribution(struct cx *cx, struct req *req, struct res *res)
{
    struct department_id id;

    TRY(req_path_id(req, "id", &id.v));
    return answer(cx, res, id);
}

struct rules_body {
    struct str mode, tell_text;
    int64_t returns_days, agent_limit, tell_again_min;
    bool tells;
};

static struct err
read_mode(struct str name, enum distribution_mode *out)
{
    for (int m = 0; distribution_mode_names[m] != NULL; m++)
        if (str_eq(name, str_of(distribution_mode_names[m]))) {
            *out = (enum distribution_mode)m;
            return OK;
        }
    return FAIL_FIELD(ERR_INVALID, "unknown_value", "mode");
}

static struct err
put_distribution(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "agent_limit", JSON_I64, false, offsetof(struct rules_body, agent_limit), 0 },
        { "mode", JSON_STR, true, offsetof(struct rules_body, mode), 0 },
        { "returns_days", JSON_I64, false, offsetof(struct rules_body, returns_days), 0 },
        { "tell_again_min", JSON_I64, false, offsetof(struct rules_body, tell_again_min), 0 },
        { "tell_text", JSON_STR, false, offsetof(struct rules_body, tell_text), TEXT_MAX_CHARS },
        { "tells", JSON_FLAG, false, offsetof(struct rules_body, tells), 0 },
        { 0 },
    };
    struct rules_body body = { .tell_text = STR("") };
    struct distribution wanted = { 0 };

    TRY(req_path_id(req, "id", &wanted.department.v));
    TRY(req_body(req, fields, &body));
    TRY(read_mode(body.mode, &wanted.mode));
    wanted.returns_days = body.returns_days;
    wanted.agent_limit = body.agent_limit;
    wanted.tells = body.tells;
    wanted.tell_text = str_trim(body.tell_text);
    wanted.tell_again_min = body.tell_again_min;
    TRY(variables_require(cx, wanted.tell_text, "tell_text"));
    TRY(distribution_save(cx, &wanted));
    return answer(cx, res, wanted.department);
}

struct limits_body {
    const struct json *limits;
};

struct limit_body {
    int64_t member_id;
    const struct json *ticket_limit;
};

static struct err
read_limit(struct cx *cx, const struct json *v, struct member_limit *out)
{
    static const struct json_field fields[] = {
        { "member_id", JSON_ID, true, offsetof(struct limit_body, member_id), 0 },
        { "ticket_limit", JSON_ANY, false, offsetof(struct limit_body, ticket_limit), 0 },
        { 0 },
    };
    struct limit_body body = { 0 };

    TRY(json_read(cx->arena, v, fields, &body));
    out->member.v = body.member_id;
    if (json_kind(body.ticket_limit) == JSON_NUMBER &&
        (!json_i64(body.ticket_limit, &out->ticket_limit) || out->ticket_limit == 0))
        return FAIL_FIELD(ERR_INVALID, "out_of_range", "ticket_limit");
    return OK;
}

static struct err
put_limits(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "limits", JSON_ANY, true, offsetof(struct limits_body, limits), 0 },
        { 0 },
    };
    struct limits_body body = { 0 };
    struct member_limit *limits;
    size_t n;

    TRY(req_body(req, fields, &body));
    if (json_kind(body.limits) != JSON_ARRAY)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", "limits");
    n = json_len(body.limits);
    if (n > LIMITS_MAX)
        return FAIL_FIELD(ERR_INVALID, "too_many", "limits");
    limits = arena_array(cx->arena, struct member_limit, n + 1);
    for (size_t i = 0; i < n; i++)
        TRY(read_limit(cx, json_at(body.limits, i), &limits[i]));
    TRY(distribution_limit(cx, limits, n));
    return res_empty(res, 204);
}

static struct err
get_decisions(struct cx *cx, struct req *req, struct res *res)
{
    struct decision *decisions;
    struct ticket_id id;
    struct json_out o;
    size_t n;

    TRY(req_path_id(req, "id", &id.v));
    TRY(distribution_decisions(cx, id, &decisions, &n));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (size_t i = 0; i < n; i++) {
        json_open(&o, '{');
        json_kv_i64(&o, "id", decisions[i].id);
        json_kv_i64(&o, "department_id", decisions[i].department.v);
        json_kv_id(&o, "member_id", decisions[i].member.v);
        json_kv_str(&o, "outcome", decisions[i].outcome);
        json_kv_time(&o, "decided_at", decisions[i].decided_at_us);
        json_key(&o, "why");
        json_put_raw(&o, decisions[i].why);
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route distribution_routes[] = {
    { GET, "/api/v1/distribution", "distribution.manage", TX_READ, get_list, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { PUT, "/api/v1/distribution/limits", "distribution.manage", TX_WRITE, put_limits,
      ACCESS_MEMBER, BODY_JSON, "distribution.limited" },
    { GET, "/api/v1/departments/:id/distribution", "distribution.manage", TX_READ, get_distribution,
      ACCESS_MEMBER, BODY_NONE, NULL },
    { PUT, "/api/v1/departments/:id/distribution", "distribution.manage", TX_WRITE,
      put_distribution, ACCESS_MEMBER, BODY_JSON, "distribution.edited" },
    { GET, "/api/v1/tickets/:id/distribution", "tickets.view", TX_READ, get_decisions,
      ACCESS_MEMBER, BODY_NONE, NULL },
    { 0 },
};
