/* What starts and agents must and must not say of themselves. */
#include "flow_starts_private.h"

#include "base/fold.h"

const char *
flow_beginnings_field(struct cx *cx, const char *list, size_t i, const char *name)
{
    return str_cstr(cx->arena, str_fmt(cx->arena, "%s[%zu].%s", list, i, name));
}

const struct flow_agent *
flow_beginnings_agent(const struct flow_beginnings *b, struct str name)
{
    for (size_t i = 0; name.len > 0 && i < b->agent_count; i++)
        if (str_eq(b->agents[i].name, name))
            return &b->agents[i];
    return NULL;
}

enum say { MUST, MAY, MUST_NOT };
static const struct {
    enum say channel, department, text, ad, ref, agent;
} says[] = {
    [START_CHANNEL] = { MUST, MUST_NOT, MUST_NOT, MUST_NOT, MUST_NOT, MAY },
    [START_FIRST_TEXT] = { MAY, MUST_NOT, MUST, MUST_NOT, MUST_NOT, MAY },
    [START_AD] = { MAY, MUST_NOT, MUST_NOT, MUST, MUST_NOT, MAY },
    [START_LINK] = { MAY, MUST_NOT, MUST_NOT, MUST_NOT, MUST, MAY },
    [START_DEPARTMENT] = { MUST_NOT, MUST, MUST_NOT, MUST_NOT, MUST_NOT, MUST_NOT },
    [START_SURVEY] = { MUST_NOT, MAY, MUST_NOT, MUST_NOT, MUST_NOT, MUST_NOT },
};

static struct err
require_said(struct cx *cx, enum say say, bool is_said, size_t i, const char *name)
{
    if (say == MUST && !is_said)
        return FAIL_FIELD(ERR_INVALID, "required", flow_beginnings_field(cx, "starts", i, name));
    return say == MUST_NOT && is_said ? FAIL_FIELD(ERR_INVALID, "unknown_value",
                                                   flow_beginnings_field(cx, "starts", i, name))
                                      : OK;
}

static bool
is_same_place(const struct flow_start *a, const struct flow_start *b)
{
    return a->kind == b->kind && a->channel_id == b->channel_id &&
           a->department_id == b->department_id && str_eq(a->first_text, b->first_text) &&
           str_eq(a->ad_id, b->ad_id) && str_eq_nocase(a->ref, b->ref);
}

static struct err
check_start(struct cx *cx, const struct flow_beginnings *b, size_t i)
{
    struct flow_start *s = &b->starts[i];

    s->first_text = fold(cx->arena, s->first_text);
    s->ad_id = str_trim(s->ad_id);
    s->ref = str_trim(s->ref);
    TRY(require_said(cx, says[s->kind].channel, s->channel_id != 0, i, "channel_id"));
    TRY(require_said(cx, says[s->kind].department, s->department_id != 0, i, "department_id"));
    TRY(require_said(cx, says[s->kind].text, s->first_text.len > 0, i, "first_text"));
    TRY(require_said(cx, says[s->kind].ad, s->ad_id.len > 0, i, "ad_id"));
    TRY(require_said(cx, says[s->kind].ref, s->ref.len > 0, i, "ref"));
    TRY(require_said(cx, says[s->kind].agent, s->agent.len > 0, i, "agent"));
    if (s->agent.len > 0 && flow_beginnings_agent(b, s->agent) == NULL)
        return FAIL_FIELD(ERR_INVALID, "unknown_value",
                          flow_beginnings_field(cx, "starts", i, "agent"));
    for (size_t j = 0; j < i; j++)
        if (is_same_place(s, &b->starts[j]))
            return FAIL_FIELD(ERR_INVALID, "start_twice",
                              flow_beginnings_field(cx, "starts", i, "flow_id"));
    return OK;
}

static struct err
check_agent(struct cx *cx, const struct flow_beginnings *b, size_t i)
{
    const struct flow_agent *agent = &b->agents[i];

    if (agent->name.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", flow_beginnings_field(cx, "agents", i, "name"));
    if ((agent->period_id == 0) != (agent->outside_flow_id == 0))
        return FAIL_FIELD(
            ERR_INVALID, "required",
            flow_beginnings_field(cx, "agents", i,
                                  agent->period_id == 0 ? "period_id" : "outside_flow_id"));
    for (size_t j = 0; j < i; j++)
        if (str_eq(fold(cx->arena, agent->name), fold(cx->arena, b->agents[j].name)))
            return FAIL_FIELD(ERR_CONFLICT, "agent_name_is_taken",
                              flow_beginnings_field(cx, "agents", i, "name"));
    return OK;
}

struct err
flow_beginnings_check(struct cx *cx, const struct flow_beginnings *b)
{
    for (size_t i = 0; i < b->agent_count; i++)
        TRY(check_agent(cx, b, i));
    for (size_t i = 0; i < b->n; i++)
        TRY(check_start(cx, b, i));
    return OK;
}
