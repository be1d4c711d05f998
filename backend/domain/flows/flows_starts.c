/*
 * What begins flows, and the agents that hold starts together. They are set together, and each flow must fit where it is to
 * speak.
 */
#include "flow_starts_private.h"

#include "domain/audit/audit.h"

#include "flows_starts.sql.h"

const char *const flow_start_kind_names[] = {
    [START_CHANNEL] = "channel",
    [START_FIRST_TEXT] = "first_text",
    [START_AD] = "ad",
    [START_LINK] = "link",
    [START_DEPARTMENT] = "department",
    [START_SURVEY] = "survey",
    NULL,
};

struct err
flow_starts_list(struct cx *cx, struct flow_start **out, size_t *n)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_flow_start_list, &rows, P_ID(cx->account)));
    *n = (size_t)rows.count;
    *out = arena_array(cx->arena, struct flow_start, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        struct db_row row = db_row_at(&rows, (int)i);
        struct flow_start *s = *out + i;

        while (!str_eq(db_str(&row, 1), str_of(flow_start_kind_names[s->kind])))
            s->kind++;
        s->flow_id = db_i64(&row, 2);
        s->channel_id = db_i64(&row, 3);
        s->department_id = db_i64(&row, 4);
        s->first_text = db_str(&row, 5);
        s->ad_id = db_str(&row, 6);
        s->ref = db_str(&row, 7);
        s->agent = db_str(&row, 8);
    }
    return OK;
}

struct err
flow_agents_list(struct cx *cx, struct flow_agent **out, size_t *n)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_flow_agent_list, &rows, P_ID(cx->account)));
    *n = (size_t)rows.count;
    *out = arena_array(cx->arena, struct flow_agent, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        struct db_row row = db_row_at(&rows, (int)i);

        (*out)[i] = (struct flow_agent){ .name = db_str(&row, 0),
                                         .is_on = db_bool(&row, 1),
                                         .period_id = db_i64(&row, 2),
                                         .outside_flow_id = db_i64(&row, 3) };
    }
    return OK;
}

static struct err
list(struct cx *cx, struct flow_beginnings *out)
{
    TRY(flow_starts_list(cx, &out->starts, &out->n));
    return flow_agents_list(cx, &out->agents, &out->agent_count);
}

/* --- who is told ----------------------------------------------------------------------------- */

static size_t
add_flows(const struct flow_beginnings *b, int64_t *ids)
{
    size_t n = 0;

    for (size_t i = 0; i < b->n; i++)
        ids[n++] = b->starts[i].flow_id;
    for (size_t i = 0; i < b->agent_count; i++)
        if (b->agents[i].outside_flow_id != 0)
            ids[n++] = b->agents[i].outside_flow_id;
    return n;
}

/* Every flow that began somewhere, or begins somewhere now, once. */
static void
tell_all(struct cx *cx, const struct flow_beginnings *before, const struct flow_beginnings *after)
{
    int64_t *ids = arena_array(cx->arena, int64_t,
                               before->n + before->agent_count + after->n + after->agent_count + 1);
    size_t n = add_flows(before, ids);

    n += add_flows(after, ids + n);
    for (size_t i = 0; i < n; i++) {
        bool is_told = false;

        for (size_t j = 0; j < i && !is_told; j++)
            is_told = ids[j] == ids[i];
        if (!is_told)
            flows_tell(cx, (struct flow_id){ ids[i] });
    }
}

/* "Lia, Bia (off)": what the trail says of agents. */
static struct str
agents_said(struct arena *a, const struct flow_beginnings *b)
{
    struct buf out = { .arena = a };

    for (size_t i = 0; i < b->agent_count; i++) {
        buf_add(&out, i == 0 ? STR("") : STR(", "));
        buf_add(&out, b->agents[i].name);
        buf_add(&out, b->agents[i].is_on ? STR("") : STR(" (off)"));
    }
    return b->agent_count == 0 ? (struct str){ 0 } : buf_str(&out);
}

/* --- writing ------------------------------------------------------------------------------ */

static struct db_param
text_or_null(struct str s)
{
    return P_STR(s.len == 0 ? (struct str){ 0 } : s);
}

static void
rewrite_agents(struct cx *cx, const struct flow_beginnings *b)
{
    db_queue(cx, &SQL_flow_agents_clear, P_ID(cx->account));
    for (size_t i = 0; i < b->agent_count; i++)
        db_queue(cx, &SQL_flow_agent_add, P_ID(cx->account), P_STR(b->agents[i].name),
                 P_BOOL(b->agents[i].is_on), db_p_id(b->agents[i].period_id),
                 db_p_id(b->agents[i].outside_flow_id));
}

static void
add_starts(struct cx *cx, const struct flow_beginnings *b)
{
    for (size_t i = 0; i < b->n; i++) {
        const struct flow_start *s = &b->starts[i];

        db_queue(cx, &SQL_flow_start_add, P_ID(cx->account), P_I64(s->flow_id),
                 P_STR(str_of(flow_start_kind_names[s->kind])), db_p_id(s->channel_id),
                 db_p_id(s->department_id), text_or_null(s->first_text), text_or_null(s->ad_id),
                 text_or_null(s->ref), text_or_null(s->agent));
    }
}

/* agents of after NULL: they stay. */
static struct err
save(struct cx *cx, struct flow_beginnings *after, struct flow_id *unfit, struct findings *findings)
{
    bool keeps_agents = after->agents == NULL;
    struct audit_change change = { 0 };
    struct flow_beginnings before;
    struct db_row row;

    db_assert_tx(cx);
    TRY(db_one(cx, &SQL_flow_starts_lock, &row, P_ID(cx->account)));
    TRY(list(cx, &before));
    if (keeps_agents) {
        after->agents = before.agents;
        after->agent_count = before.agent_count;
    }
    TRY(flow_beginnings_check(cx, after));
    TRY(flow_beginnings_fit(cx, after, unfit, findings));
    db_queue(cx, &SQL_flow_starts_clear, P_ID(cx->account));
    if (!keeps_agents)
        rewrite_agents(cx, after);
    add_starts(cx, after);
    audit_number(&change, "starts", (int64_t)before.n, (int64_t)after->n);
    audit_text(&change, "agents", agents_said(cx->arena, &before), agents_said(cx->arena, after));
    audit_changed(cx, "flow_starts.edited", "account", cx->account.v, &change);
    tell_all(cx, &before, after);
    return OK;
}

struct err
flow_starts_save(struct cx *cx, struct flow_start *starts, size_t n, struct flow_id *unfit,
                 struct findings *findings)
{
    struct flow_beginnings after = { .starts = starts, .n = n };

    return save(cx, &after, unfit, findings);
}

struct err
flow_agents_save(struct cx *cx, struct flow_agent *agents, size_t agent_count,
                 struct flow_start *starts, size_t n, struct flow_id *unfit,
                 struct findings *findings)
{
    struct flow_beginnings after = { starts, n, agents, agent_count };

    return save(cx, &after, unfit, findings);
}
