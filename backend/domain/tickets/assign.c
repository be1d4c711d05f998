/*
 * Giving a ticket to somebody: by hand, or as its queue gives by itself; and which of a queue goes first.
 */
#include "tickets_private.h"

#include "base/clock.h"
#include "domain/audit/audit.h"

#include "tickets_acts.sql.h"

/* {"event": event, "member_id": who acts, "to_member_id":…, "waited_s":… */
static struct json_out
line_of(struct cx *cx, struct buf *detail, const char *event, const struct ticket *ticket,
        struct member_id to)
{
    struct json_out o = tickets_act_line(cx, detail, event);

    json_kv_i64(&o, "to_member_id", to.v);
    json_kv_i64(&o, "waited_s",
                ticket->state == TICKET_WAITING ? (cx->now_us - ticket->queued_at_us) / US_PER_S
                                                : 0);
    return o;
}

static void
hand_to(struct cx *cx, struct ticket *ticket, struct member_id to, struct str line)
{
    tickets_hand_over(cx, ticket, TICKET_SERVING, to, "ticket.assigned");
    tickets_append_system(cx, ticket, line);
    tickets_save(cx, ticket, NULL);
}

/* Somebody tickets may be given to, who could open this one too. */
static struct err
require_taker(struct cx *cx, const struct ticket *ticket, struct member_id to)
{
    struct member member;
    struct err e = org_require_agent(cx, to, &member);

    if (e.code == ERR_NONE)
        e = org_require_channel(cx, to, ticket->channel.v);
    return e.code == ERR_NONE ? OK : FAIL_FIELD(e.code, e.slug, "member_id");
}

struct err
tickets_assign(struct cx *cx, struct ticket_id id, struct member_id to, struct ticket *out)
{
    struct ticket ticket;
    struct buf detail;
    struct json_out o;

    TRY(tickets_lock(cx, id, &ticket));
    TRY(tickets_require_open(&ticket));
    TRY(require_taker(cx, &ticket, to));
    if (ticket.state != TICKET_SERVING || ticket.assignee.v != to.v) {
        o = line_of(cx, &detail, "ticket_assigned", &ticket, to);
        json_kv_id(&o, "from_member_id", ticket.assignee.v);
        json_close(&o, '}');
        hand_to(cx, &ticket, to, buf_str(&detail));
    }
    *out = ticket;
    return OK;
}

struct err
tickets_distribute(struct cx *cx, struct ticket_id id, struct department_id from,
                   struct member_id to, const char *how, bool *given)
{
    struct ticket ticket;
    struct buf detail;
    struct json_out o;

    TRY(tickets_lock(cx, id, &ticket));
    *given = ticket.state == TICKET_WAITING && ticket.assignee.v == 0 &&
             ticket.department.v == from.v && ticket.snoozed_until_us == 0;
    if (*given) {
        o = line_of(cx, &detail, "ticket_distributed", &ticket, to);
        json_kv_str(&o, "how", str_of(how));
        json_close(&o, '}');
        hand_to(cx, &ticket, to, buf_str(&detail));
    }
    return OK;
}

struct err
tickets_prioritize(struct cx *cx, struct ticket_id id, enum ticket_priority priority,
                   struct ticket *out)
{
    struct audit_change change = { 0 };
    struct ticket ticket;
    struct buf detail;
    struct json_out o;

    TRY(tickets_lock(cx, id, &ticket));
    TRY(tickets_require_open(&ticket));
    if (ticket.priority != priority) {
        audit_text(&change, "priority", str_of(ticket_priority_names[ticket.priority]),
                   str_of(ticket_priority_names[priority]));
        audit_changed(cx, "ticket.prioritized", "ticket", id.v, &change);
        ticket.priority = priority;
        db_queue(cx, &SQL_ticket_prioritize, P_ID(cx->account), P_ID(id), P_I64(priority));
        o = tickets_act_line(cx, &detail, "ticket_prioritized");
        json_kv_str(&o, "priority", str_of(ticket_priority_names[priority]));
        json_close(&o, '}');
        tickets_append_quiet(cx, &ticket, buf_str(&detail));
        tickets_save(cx, &ticket, NULL);
    }
    *out = ticket;
    return OK;
}
