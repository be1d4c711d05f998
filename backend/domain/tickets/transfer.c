/* A ticket passed on by whoever has it: to a department, to a colleague, back to its queue when its holder leaves. */
#include "tickets_private.h"

#include "domain/auth/auth.h"
#include "domain/variables/variables.h"

#include "tickets.sql.h"

static void
append_transfer_line(struct cx *cx, struct ticket *ticket, struct department_id from,
                     const struct ticket_transfer *to)
{
    struct buf detail;
    struct json_out o = events_payload(cx, &detail);

    json_kv_str(&o, "event", STR("ticket_transferred"));
    json_kv_id(&o, "from_department_id", from.v);
    json_kv_id(&o, "to_department_id", ticket->department.v);
    json_kv_id(&o, "to_member_id", to->assignee.v);
    json_kv_i64(&o, "by_member_id", cx->member.v);
    if (to->flow.len > 0)
        json_kv_str(&o, "flow", to->flow);
    if (to->after_min != 0)
        json_kv_i64(&o, "after_min", to->after_min);
    json_close(&o, '}');
    tickets_append_system(cx, ticket, buf_str(&detail));
}

/* Who has it then: somebody, a flow of that department, or its queue. */
static struct err
state_after(struct cx *cx, const struct ticket *ticket, const struct ticket_transfer *to,
            enum ticket_state *out)
{
    struct db_row row;

    *out = to->assignee.v != 0 ? TICKET_SERVING : TICKET_WAITING;
    if (to->assignee.v != 0)
        return OK;
    TRY(db_one(cx, &SQL_ticket_department_flow, &row, P_ID(cx->account), P_ID(ticket->id),
               P_ID(to->department)));
    if (db_bool(&row, 0))
        *out = TICKET_BOT;
    return OK;
}

struct err
tickets_transfer(struct cx *cx, struct ticket_id id, const struct ticket_transfer *to,
                 struct ticket *out)
{
    enum ticket_state state;
    struct department department;
    struct department_id from;
    struct member member;
    struct ticket ticket;
    struct message said;
    struct str message = { 0 };

    if (to->department.v == 0 && to->assignee.v == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "department_id");
    TRY(tickets_lock(cx, id, &ticket));
    TRY(tickets_require_open(&ticket));
    if (to->department.v != 0)
        TRY(org_require_department(cx, to->department, &department));
    if (to->assignee.v != 0) {
        TRY(org_require_agent(cx, to->assignee, &member));
        TRY(org_require_channel(cx, to->assignee, ticket.channel.v));
    }
    if (to->message.len > 0) {
        struct err shut = tickets_require_window(&ticket, cx->now_us);

        if (to->after_min == 0)
            TRY(shut);
        if (shut.code == ERR_NONE)
            TRY(variables_fill(cx, id, to->message, &message));
    }

    TRY(state_after(cx, &ticket, to, &state));
    from = ticket.department;
    if (to->department.v != 0) {
        ticket.department = to->department;
        ticket.is_confidential = department.is_confidential;
        db_queue(cx, &SQL_ticket_set_confidential, P_ID(cx->account), P_ID(id),
                 P_ID(to->department));
    }
    tickets_hand_over(cx, &ticket, state, to->assignee, "ticket.transferred");
    if (to->note.len > 0)
        tickets_whisper(cx, &ticket, to->flow.len > 0 ? "bot" : "member", to->note);
    append_transfer_line(cx, &ticket, from, to);
    if (message.len > 0)
        tickets_say(cx, &ticket, to->after_min == 0 ? "member" : "bot", message, &said);
    tickets_save(cx, &ticket, NULL);
    *out = ticket;
    if (state != TICKET_BOT)
        return tickets_tell_transfer(cx, &ticket);
    /* Its people are told when the flow is done. */
    jobs_add(cx, "flow.enter", jobs_lane("ticket", id.v, 0), id.v,
             str_fmt(cx->arena, "%lld", (long long)ticket.department.v), 0);
    return OK;
}

static struct err
release_one(struct cx *cx, struct ticket_id id)
{
    struct ticket ticket;

    TRY(tickets_lock(cx, id, &ticket));
    if (ticket.state != TICKET_SERVING)
        return OK;
    tickets_hand_over(cx, &ticket, TICKET_WAITING, (struct member_id){ 0 }, "ticket.transferred");
    append_transfer_line(cx, &ticket, ticket.department, &(struct ticket_transfer){ 0 });
    tickets_save(cx, &ticket, NULL);
    return OK;
}

struct err
tickets_release(struct cx *cx, struct member_id member)
{
    const char *const *bound = cx->bound;
    struct err e = OK;
    struct db_rows held;

    db_assert_tx(cx);
    TRY(db_many(cx, &SQL_ticket_held, &held, P_ID(cx->account), P_ID(member)));
    cx->bound = access_everything;
    for (int i = 0; i < held.count && e.code == ERR_NONE; i++) {
        struct db_row row = db_row_at(&held, i);

        e = release_one(cx, (struct ticket_id){ db_i64(&row, 0) });
    }
    cx->bound = bound;
    return e;
}
