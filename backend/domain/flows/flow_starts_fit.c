/* Whether what starts and agents name is there, and each flow fits where it is to speak. */
#include "flow_starts_private.h"

#include "flows_starts.sql.h"

/* A flow that is to speak, where (0: wherever, or not at a channel), and what says so. */
struct bond {
    int64_t flow_id, channel_id;
    const char *field;
};

static struct bond *
bonds_of(struct cx *cx, const struct flow_beginnings *b, size_t *n)
{
    struct bond *v = arena_array(cx->arena, struct bond, 2 * b->n + b->agent_count + 1);

    *n = 0;
    for (size_t i = 0; i < b->n; i++) {
        const struct flow_start *s = &b->starts[i];
        const struct flow_agent *agent = flow_beginnings_agent(b, s->agent);

        v[(*n)++] = (struct bond){ s->flow_id, s->channel_id,
                                   flow_beginnings_field(cx, "starts", i, "flow_id") };
        if (agent != NULL && agent->outside_flow_id != 0)
            v[(*n)++] =
                (struct bond){ agent->outside_flow_id, s->channel_id,
                               flow_beginnings_field(cx, "agents", (size_t)(agent - b->agents),
                                                     "outside_flow_id") };
    }
    for (size_t i = 0; i < b->agent_count; i++)
        if (b->agents[i].outside_flow_id != 0)
            v[(*n)++] = (struct bond){ b->agents[i].outside_flow_id, 0,
                                       flow_beginnings_field(cx, "agents", i, "outside_flow_id") };
    return v;
}

struct target {
    struct str word, document; /* key of a flow, kind of a channel */
    bool is_there, is_on;
};

static struct target
target_of(const struct db_rows *rows, const char *what, int64_t id)
{
    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);

        if (db_i64(&row, 1) == id && str_eq(db_str(&row, 0), str_of(what)))
            return (struct target){ db_str(&row, 2), db_str(&row, 3), true, db_bool(&row, 4) };
    }
    return (struct target){ 0 };
}

static struct err
ask_targets(struct cx *cx, const struct flow_beginnings *b, const struct bond *bonds, size_t n,
            struct db_rows *rows)
{
    int64_t *flows = arena_array(cx->arena, int64_t, n + 1);
    int64_t *channels = arena_array(cx->arena, int64_t, b->n + 1);
    int64_t *departments = arena_array(cx->arena, int64_t, b->n + 1);
    int64_t *periods = arena_array(cx->arena, int64_t, b->agent_count + 1);

    for (size_t i = 0; i < n; i++)
        flows[i] = bonds[i].flow_id;
    for (size_t i = 0; i < b->n; i++) {
        channels[i] = b->starts[i].channel_id;
        departments[i] = b->starts[i].department_id;
    }
    for (size_t i = 0; i < b->agent_count; i++)
        periods[i] = b->agents[i].period_id;
    return db_many(cx, &SQL_flow_start_targets, rows, P_ID(cx->account),
                   db_p_i64s(cx->arena, flows, n), db_p_i64s(cx->arena, channels, b->n),
                   db_p_i64s(cx->arena, departments, b->n),
                   db_p_i64s(cx->arena, periods, b->agent_count));
}

static struct err
require_there(struct cx *cx, const struct flow_beginnings *b, const struct bond *bonds, size_t n,
              const struct db_rows *rows)
{
    for (size_t i = 0; i < b->n; i++) {
        const struct flow_start *s = &b->starts[i];

        if (s->channel_id != 0 && !target_of(rows, "channel", s->channel_id).is_on)
            return FAIL_FIELD(ERR_NOT_FOUND, "channel_unknown",
                              flow_beginnings_field(cx, "starts", i, "channel_id"));
        if (s->department_id != 0 && !target_of(rows, "department", s->department_id).is_on)
            return FAIL_FIELD(ERR_NOT_FOUND, "department_unknown",
                              flow_beginnings_field(cx, "starts", i, "department_id"));
    }
    for (size_t i = 0; i < b->agent_count; i++)
        if (b->agents[i].period_id != 0 &&
            !target_of(rows, "period", b->agents[i].period_id).is_there)
            return FAIL_FIELD(ERR_NOT_FOUND, "period_unknown",
                              flow_beginnings_field(cx, "agents", i, "period_id"));
    for (size_t i = 0; i < n; i++) {
        struct target flow = target_of(rows, "flow", bonds[i].flow_id);

        if (!flow.is_there)
            return FAIL_FIELD(ERR_NOT_FOUND, "flow_unknown", bonds[i].field);
        if (!flow.is_on)
            return FAIL_FIELD(ERR_CONFLICT, "flow_is_not_live", bonds[i].field);
    }
    return OK;
}

/* Each flow once, for all kinds of channels that are to begin it together. */
static struct err
require_fit(struct cx *cx, const struct bond *bonds, size_t n, const struct db_rows *rows,
            struct flow_id *unfit, struct findings *findings)
{
    for (size_t i = 0; i < n; i++) {
        struct target flow = target_of(rows, "flow", bonds[i].flow_id);
        struct flow_text text;
        unsigned channels = 0;
        bool is_done = false;

        for (size_t j = 0; j < n; j++) {
            enum flow_channel kind;

            is_done = is_done || (j < i && bonds[j].flow_id == bonds[i].flow_id);
            if (bonds[j].flow_id == bonds[i].flow_id &&
                flow_channel_of(target_of(rows, "channel", bonds[j].channel_id).word, &kind))
                channels |= 1u << kind;
        }
        if (is_done || channels == 0)
            continue;
        *findings = flow_findings(cx, flow.word);
        TRY(flow_text_read(cx, flow.document, findings, &text));
        TRY(flow_lint(cx, (struct flow_id){ bonds[i].flow_id }, &text, channels, NULL, findings));
        unfit->v = bonds[i].flow_id;
        if (findings_count(findings, FINDING_ERROR) > 0)
            return FAIL_FIELD(ERR_CONFLICT, "flow_does_not_fit", bonds[i].field);
    }
    return OK;
}

struct err
flow_beginnings_fit(struct cx *cx, const struct flow_beginnings *b, struct flow_id *unfit,
                    struct findings *findings)
{
    struct db_rows rows;
    size_t n;
    const struct bond *bonds = bonds_of(cx, b, &n);

    TRY(ask_targets(cx, b, bonds, n, &rows));
    TRY(require_there(cx, b, bonds, n, &rows));
    return require_fit(cx, bonds, n, &rows, unfit, findings);
}
