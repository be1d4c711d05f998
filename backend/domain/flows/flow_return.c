#include "flow_return.h"

#include "flows_return.sql.h"

/* Columns of flow_return_ways. */
enum { IS_OPTED_OUT, HAS_RUN, BEGINS, KEY, IS_LIVE };

const char *const flow_return_mode_names[] = {
    [RETURN_RESUME] = "resume", [RETURN_RESTART] = "restart", [RETURN_FLOW] = "flow", NULL
};

static struct err
require_way(const struct flow_return *wish, const struct db_row *ways)
{
    if (db_bool(ways, IS_OPTED_OUT))
        return FAIL(ERR_CONFLICT, "opted_out");
    if (wish->mode != RETURN_FLOW)
        return db_bool(ways, HAS_RUN) || db_bool(ways, BEGINS) ? OK : FAIL(ERR_CONFLICT, "no_flow");
    if (db_is_null(ways, KEY))
        return FAIL_FIELD(ERR_NOT_FOUND, "flow_unknown", "flow_id");
    return db_bool(ways, IS_LIVE) ? OK : FAIL_FIELD(ERR_CONFLICT, "flow_is_not_live", "flow_id");
}

struct err
flows_return(struct cx *cx, struct ticket_id id, const struct flow_return *wish, struct ticket *out)
{
    struct db_row ways;
    bool given;

    if (wish->mode == RETURN_FLOW && wish->flow.v == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "flow_id");
    if (wish->mode != RETURN_FLOW && wish->flow.v != 0)
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "flow_id");
    TRY(tickets_lock(cx, id, out));
    TRY(tickets_require_open(out));
    if (tickets_is_flows(out))
        return OK;
    TRY(db_one(cx, &SQL_flow_return_ways, &ways, P_ID(cx->account), P_ID(id), P_ID(wish->flow)));
    TRY(require_way(wish, &ways));
    return tickets_to_bot(cx, id,
                          str_fmt(cx->arena, "%s:%.*s", flow_return_mode_names[wish->mode],
                                  STR_ARG(db_str(&ways, KEY))),
                          out, &given);
}

struct err
flows_return_ways(struct cx *cx, struct ticket_id id, struct flow_return_ways *out)
{
    struct ticket ticket;
    struct db_row ways;

    *out = (struct flow_return_ways){ 0 };
    TRY(tickets_get(cx, id, &ticket));
    if (ticket.state == TICKET_CLOSED || tickets_is_flows(&ticket))
        return OK;
    TRY(db_one(cx, &SQL_flow_return_ways, &ways, P_ID(cx->account), P_ID(id), P_I64(0)));
    out->is_opted_out = db_bool(&ways, IS_OPTED_OUT);
    out->can_resume = db_bool(&ways, HAS_RUN);
    out->can_restart = out->can_resume || db_bool(&ways, BEGINS);
    return db_many(cx, &SQL_flow_return_flows, &out->flows, P_ID(cx->account), P_ID(id));
}
