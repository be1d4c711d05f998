/*
 * What people do with a ticket beside answering it and passing it on: opening it again, saying what it was
 * about, marking it for later, reading along, giving it back.
 */
#include "tickets_private.h"

#include "domain/audit/audit.h"
#include "domain/auth/auth.h"

#include "tickets_acts.sql.h"

struct err
tickets_find_live(struct cx *cx, const struct ticket *ticket, bool *found, struct ticket *live)
{
    struct db_row row;

    *live = (struct ticket){ 0 };
    TRY(db_opt(cx, &SQL_ticket_live_other, found, &row, P_ID(cx->account), P_ID(ticket->channel),
               P_ID(ticket->identity)));
    if (*found && db_bool(&row, 2)) {
        live->id.v = db_i64(&row, 0);
        live->protocol = db_str(&row, 1);
    }
    return OK;
}

struct err
tickets_reopen(struct cx *cx, struct ticket_id id, struct ticket *live, struct ticket *out)
{
    bool has_hands = cx->member.v != 0, found;
    struct ticket ticket;
    struct buf detail;
    struct json_out o;

    TRY(tickets_lock(cx, id, &ticket));
    if (ticket.state != TICKET_CLOSED)
        return FAIL(ERR_CONFLICT, "not_closed");
    if (ticket.merged_into.v != 0)
        return FAIL(ERR_CONFLICT, "ticket_merged"); /* it goes on in the other: tickets_unmerge */
    TRY(tickets_find_live(cx, &ticket, &found, live));
    if (found)
        return FAIL(ERR_CONFLICT, "one_live_ticket");

    tickets_hand_over(cx, &ticket, has_hands ? TICKET_SERVING : TICKET_WAITING,
                      has_hands ? cx->member : (struct member_id){ 0 }, "ticket.reopened");
    ticket.closed_at_us = 0;
    ticket.closed_by.v = 0;
    o = tickets_act_line(cx, &detail, "ticket_reopened");
    json_close(&o, '}');
    tickets_append_system(cx, &ticket, buf_str(&detail));
    tickets_save(cx, &ticket, NULL);
    tickets_tell_visitor(cx, &ticket);
    *out = ticket;
    return OK;
}

struct err
tickets_hand_back(struct cx *cx, struct ticket_id id, struct ticket *out)
{
    struct member_id to;
    struct ticket ticket;
    struct member member;
    struct buf detail;
    struct json_out o;

    TRY(tickets_lock(cx, id, &ticket));
    TRY(tickets_require_holder(cx, &ticket));
    to = ticket.taken_from;
    /* Whoever left, serves no more or lost the channel since gets nothing back: then it is the queue's. */
    if (to.v != 0 && (org_require_agent(cx, to, &member).code != ERR_NONE ||
                      org_require_channel(cx, to, ticket.channel.v).code != ERR_NONE))
        to.v = 0;

    tickets_hand_over(cx, &ticket, to.v != 0 ? TICKET_SERVING : TICKET_WAITING, to,
                      "ticket.handed_back");
    o = tickets_act_line(cx, &detail, "ticket_handed_back");
    json_kv_id(&o, "to_member_id", to.v);
    json_kv_id(&o, "to_department_id", ticket.department.v);
    json_close(&o, '}');
    tickets_append_system(cx, &ticket, buf_str(&detail));
    tickets_save(cx, &ticket, NULL);
    *out = ticket;
    return OK;
}

struct err
tickets_to_bot(struct cx *cx, struct ticket_id id, struct str how, struct ticket *out, bool *given)
{
    struct buf detail;
    struct json_out o;

    TRY(tickets_lock(cx, id, out));
    TRY(tickets_require_open(out));
    *given = !str_eq(out->controller, STR("bot")); /* a survey is the bot's too */
    if (!*given)
        return OK;
    tickets_hand_over(cx, out, TICKET_BOT, (struct member_id){ 0 }, "ticket.returned");
    o = tickets_act_line(cx, &detail, "ticket_returned");
    json_close(&o, '}');
    tickets_append_system(cx, out, buf_str(&detail));
    tickets_save(cx, out, NULL);
    jobs_add(cx, "flow.return", jobs_lane("ticket", id.v, 0), id.v,
             str_fmt(cx->arena, "%lld:%.*s", (long long)out->controller_epoch, STR_ARG(how)), 0);
    return OK;
}

static struct err
require_listed(struct cx *cx, const struct db_stmt *stmt, int64_t id, const char *slug,
               const char *field)
{
    struct db_row row;
    bool found = true;

    if (id > 0)
        TRY(db_opt_(cx, stmt, &found, &row,
                    (const struct db_param[]){ P_ID(cx->account), P_I64(id) }, 2));
    return found ? OK : FAIL_FIELD(ERR_NOT_FOUND, slug, field);
}

struct err
tickets_classify(struct cx *cx, struct ticket_id id, int64_t type_id, int64_t reason_id,
                 struct ticket *out)
{
    struct audit_change change = { 0 };
    struct ticket ticket;
    struct buf detail;
    struct json_out o;

    TRY(tickets_lock(cx, id, &ticket));
    if (type_id < 0)
        type_id = ticket.type_id;
    if (reason_id < 0)
        reason_id = ticket.reason_id;
    if (type_id != ticket.type_id)
        TRY(require_listed(cx, &SQL_type_active, type_id, "type_unknown", "type_id"));
    if (reason_id != ticket.reason_id)
        TRY(require_listed(cx, &SQL_reason_exists, reason_id, "reason_unknown", "reason_id"));
    *out = ticket;
    if (type_id == ticket.type_id && reason_id == ticket.reason_id)
        return OK;

    audit_id(&change, "type_id", ticket.type_id, type_id);
    audit_id(&change, "reason_id", ticket.reason_id, reason_id);
    audit_changed(cx, "ticket.classified", "ticket", id.v, &change);
    ticket.type_id = type_id;
    ticket.reason_id = reason_id;
    o = tickets_act_line(cx, &detail, "ticket_classified");
    json_kv_id(&o, "type_id", type_id);
    json_kv_id(&o, "reason_id", reason_id);
    json_close(&o, '}');
    tickets_append_quiet(cx, &ticket, buf_str(&detail));
    tickets_save(cx, &ticket, NULL);
    *out = ticket;
    return OK;
}

struct err
tickets_unread(struct cx *cx, struct ticket_id id, struct ticket *out)
{
    TRY(tickets_lock(cx, id, out));
    if (out->unread_count == 0) {
        out->unread_count = 1;
        tickets_save(cx, out, NULL);
    }
    return OK;
}

struct err
tickets_peek(struct cx *cx, struct ticket_id id, struct ticket *out)
{
    db_assert_tx(cx);
    TRY(tickets_get(cx, id, out));
    audit_add(cx, "ticket.peeked", "ticket", id.v, STR(""));
    return OK;
}

struct err
tickets_transcript(struct cx *cx, struct ticket_id id, bool has_whispers, struct ticket *out)
{
    struct audit_change change = { 0 };

    db_assert_tx(cx);
    TRY(tickets_get(cx, id, out));
    audit_flag(&change, "whispers", false, has_whispers);
    audit_changed(cx, "ticket.exported", "ticket", id.v, &change);
    return OK;
}

/* Whose screen an event is for: the holder's, else these. */
static void
write_hearers(struct json_out *o, struct member_id holder, const struct db_rows *others)
{
    json_key(o, "member_ids");
    json_open(o, '[');
    if (holder.v != 0)
        json_put_i64(o, holder.v);
    for (int i = 0; i < others->count; i++) {
        struct db_row row = db_row_at(others, i);

        json_put_i64(o, db_i64(&row, 0));
    }
    json_close(o, ']');
}

/* Told beside the ticket's own event, to those who see it where it went. */
struct err
tickets_tell_transfer(struct cx *cx, const struct ticket *ticket)
{
    struct event_facts now = ticket_facts(ticket);
    struct db_rows watchers = { 0 };
    struct buf buf;
    struct json_out o;

    if (ticket->assignee.v == 0)
        TRY(db_many(cx, &SQL_transfer_watchers, &watchers, P_ID(cx->account),
                    P_ID(ticket->department), P_ID(cx->member)));
    if (watchers.count == 0 && (ticket->assignee.v == 0 || ticket->assignee.v == cx->member.v))
        return OK;
    o = events_payload(cx, &buf);
    json_kv_i64(&o, "ticket_id", ticket->id.v);
    json_kv_str(&o, "protocol", ticket->protocol);
    json_kv_id(&o, "department_id", ticket->department.v);
    json_kv_id(&o, "assignee_id", ticket->assignee.v);
    json_kv_id(&o, "by_member_id", cx->member.v);
    write_hearers(&o, ticket->assignee, &watchers);
    json_close(&o, '}');
    events_tell_ticket(cx, "ticket.transferred", &now, &now, buf_str(&buf));
    return OK;
}

struct err
tickets_tell_promise(struct cx *cx, const struct ticket *ticket, const char *kind,
                     int64_t due_at_us, bool is_late)
{
    struct event_facts now = ticket_facts(ticket);
    struct db_rows people = { 0 };
    struct buf buf;
    struct json_out o;

    if (ticket->assignee.v == 0)
        TRY(db_many(cx, &SQL_promise_hearers, &people, P_ID(cx->account),
                    P_ID(ticket->department)));
    if (ticket->assignee.v == 0 && people.count == 0)
        return OK;
    o = events_payload(cx, &buf);
    json_kv_i64(&o, "ticket_id", ticket->id.v);
    json_kv_str(&o, "protocol", ticket->protocol);
    json_kv_str(&o, "kind", str_of(kind));
    json_kv_time(&o, "due_at", due_at_us);
    json_kv_bool(&o, "is_late", is_late);
    write_hearers(&o, ticket->assignee, &people);
    json_close(&o, '}');
    events_tell_ticket(cx, "ticket.sla", &now, &now, buf_str(&buf));
    return OK;
}

struct err
tickets_types(struct cx *cx, struct db_rows *rows)
{
    return db_many(cx, &SQL_type_list, rows, P_ID(cx->account));
}
