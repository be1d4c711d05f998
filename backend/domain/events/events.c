#include "events.h"

#include "base/db.h"

#include "events.sql.h"

void
events_tell_members(struct cx *cx, const char *kind, int64_t ticket_id, struct str payload)
{
    db_queue(cx, &SQL_event_add, P_ID(cx->account), P_TIME(cx->now_us), P_STR(str_of(kind)),
             P_STR(STR("members")), db_p_id(ticket_id), P_NULL, P_STR(payload));
}

void
events_tell_visitor(struct cx *cx, const char *kind, int64_t identity_id, struct str payload)
{
    db_queue(cx, &SQL_event_add, P_ID(cx->account), P_TIME(cx->now_us), P_STR(str_of(kind)),
             P_STR(STR("visitor")), P_NULL, db_p_id(identity_id), P_STR(payload));
}

struct json_out
events_payload(struct cx *cx, struct buf *buf)
{
    struct json_out o = { .buf = buf };

    *buf = (struct buf){ .arena = cx->arena };
    json_open(&o, '{');
    return o;
}
