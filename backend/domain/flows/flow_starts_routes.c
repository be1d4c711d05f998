#include "flows_private.h"

struct start_body {
    struct str kind, first_text, ad_id, ref, agent;
    int64_t flow_id, channel_id, department_id;
};

static const struct json_field start_fields[] = {
    { "kind", JSON_STR, true, offsetof(struct start_body, kind), 20 },
    { "flow_id", JSON_ID, true, offsetof(struct start_body, flow_id), 0 },
    { "channel_id", JSON_ID, false, offsetof(struct start_body, channel_id), 0 },
    { "department_id", JSON_ID, false, offsetof(struct start_body, department_id), 0 },
    { "first_text", JSON_STR, false, offsetof(struct start_body, first_text), FLOW_FIRST_TEXT_MAX },
    { "ad_id", JSON_STR, false, offsetof(struct start_body, ad_id), FLOW_AD_MAX },
    { "ref", JSON_STR, false, offsetof(struct start_body, ref), FLOW_REF_MAX },
    { "agent", JSON_STR, false, offsetof(struct start_body, agent), FLOW_AGENT_NAME_MAX },
    { 0 },
};

struct agent_body {
    struct str name;
    bool is_on;
    int64_t period_id, outside_flow_id;
};

static const struct json_field agent_fields[] = {
    { "name", JSON_STR, true, offsetof(struct agent_body, name), FLOW_AGENT_NAME_MAX },
    { "is_on", JSON_FLAG, true, offsetof(struct agent_body, is_on), 0 },
    { "period_id", JSON_ID, false, offsetof(struct agent_body, period_id), 0 },
    { "outside_flow_id", JSON_ID, false, offsetof(struct agent_body, outside_flow_id), 0 },
    { 0 },
};

struct starts_body {
    const struct json *starts, *agents;
};

static const struct json_field body_fields[] = {
    { "starts", JSON_ANY, true, offsetof(struct starts_body, starts), 0 },
    { "agents", JSON_ANY, false, offsetof(struct starts_body, agents), 0 },
    { 0 },
};

static struct str
or_null(struct str s)
{
    return s.len == 0 ? (struct str){ 0 } : s;
}

static void
write_start(struct json_out *o, const struct flow_start *s)
{
    json_open(o, '{');
    json_kv_str(o, "kind", str_of(flow_start_kind_names[s->kind]));
    json_kv_i64(o, "flow_id", s->flow_id);
    json_kv_id(o, "channel_id", s->channel_id);
    json_kv_id(o, "department_id", s->department_id);
    json_kv_str(o, "first_text", or_null(s->first_text));
    json_kv_str(o, "ad_id", or_null(s->ad_id));
    json_kv_str(o, "ref", or_null(s->ref));
    json_kv_str(o, "agent", or_null(s->agent));
    json_close(o, '}');
}

static void
write_agent(struct json_out *o, const struct flow_agent *agent)
{
    json_open(o, '{');
    json_kv_str(o, "name", agent->name);
    json_kv_bool(o, "is_on", agent->is_on);
    json_kv_id(o, "period_id", agent->period_id);
    json_kv_id(o, "outside_flow_id", agent->outside_flow_id);
    json_close(o, '}');
}

static struct err
get_starts(struct cx *cx, struct req *req, struct res *res)
{
    struct flow_start *starts;
    struct flow_agent *agents;
    struct json_out o;
    size_t n, agent_count;

    (void)req;
    TRY(flow_starts_list(cx, &starts, &n));
    TRY(flow_agents_list(cx, &agents, &agent_count));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "starts");
    json_open(&o, '[');
    for (size_t i = 0; i < n; i++)
        write_start(&o, &starts[i]);
    json_close(&o, ']');
    json_key(&o, "agents");
    json_open(&o, '[');
    for (size_t i = 0; i < agent_count; i++)
        write_agent(&o, &agents[i]);
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
read_start(struct cx *cx, const struct json *item, struct flow_start *out)
{
    struct start_body body = { 0 };

    TRY(json_read(cx->arena, item, start_fields, &body));
    while (flow_start_kind_names[out->kind] != NULL &&
           !str_eq(body.kind, str_of(flow_start_kind_names[out->kind])))
        out->kind++;
    if (flow_start_kind_names[out->kind] == NULL)
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "kind");
    out->flow_id = body.flow_id;
    out->channel_id = body.channel_id;
    out->department_id = body.department_id;
    out->first_text = body.first_text;
    out->ad_id = body.ad_id;
    out->ref = body.ref;
    out->agent = str_trim(body.agent);
    return OK;
}

static struct err
read_agent(struct cx *cx, const struct json *item, struct flow_agent *out)
{
    struct agent_body body = { 0 };

    TRY(json_read(cx->arena, item, agent_fields, &body));
    *out = (struct flow_agent){ str_trim(body.name), body.is_on, body.period_id,
                                body.outside_flow_id };
    return OK;
}

/* The list of this name, of no more than most. */
static struct err
require_list(const struct json *list, const char *name, size_t most)
{
    if (json_kind(list) != JSON_ARRAY)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", name);
    return json_len(list) > most ? FAIL_FIELD(ERR_INVALID, "too_many", name) : OK;
}

/* What is wrong with one of a list is wrong at its place. */
static struct err
placed(struct cx *cx, struct err e, const char *list, size_t i)
{
    if (e.code == ERR_NONE)
        return OK;
    return FAIL_FIELD(e.code, e.slug,
                      str_cstr(cx->arena, str_fmt(cx->arena, "%s[%zu].%s", list, i,
                                                  e.field == NULL ? "" : e.field)));
}

static struct err
put_starts(struct cx *cx, struct req *req, struct res *res)
{
    struct findings findings = { 0 };
    struct starts_body body = { 0 };
    struct flow_start *starts;
    struct flow_agent *agents;
    size_t n, agent_count;
    struct flow_id unfit;
    struct err e;

    TRY(req_body(req, body_fields, &body));
    TRY(require_list(body.starts, "starts", FLOW_STARTS_MAX));
    if (body.agents != NULL)
        TRY(require_list(body.agents, "agents", FLOW_AGENTS_MAX));
    n = json_len(body.starts);
    agent_count = json_len(body.agents);
    starts = arena_array(cx->arena, struct flow_start, n + 1);
    agents = arena_array(cx->arena, struct flow_agent, agent_count + 1);
    for (size_t i = 0; i < n; i++)
        TRY(placed(cx, read_start(cx, json_at(body.starts, i), &starts[i]), "starts", i));
    for (size_t i = 0; i < agent_count; i++)
        TRY(placed(cx, read_agent(cx, json_at(body.agents, i), &agents[i]), "agents", i));
    e = body.agents == NULL
            ? flow_starts_save(cx, starts, n, &unfit, &findings)
            : flow_agents_save(cx, agents, agent_count, starts, n, &unfit, &findings);
    if (err_is(e, "flow_does_not_fit"))
        flow_findings_refused(res, cx->arena, &findings);
    TRY(e);
    return get_starts(cx, req, res);
}

const struct route flow_starts_routes[] = {
    { GET, "/api/v1/flow-starts", "flows.view", TX_READ, get_starts, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { PUT, "/api/v1/flow-starts", "flows.publish", TX_WRITE, put_starts, ACCESS_MEMBER, BODY_JSON,
      "flow_starts.edited" },
    { 0 },
};
