#include "tickets_private.h"

#include "base/clock.h"
#include "base/fold.h"
#include "domain/accounts/accounts.h"
#include "domain/audit/audit.h"
#include "domain/auth/auth.h"
#include "domain/events/events.h"

#include "tickets.sql.h"

const char *const ticket_state_names[] = {
    [TICKET_BOT] = "bot",         [TICKET_WAITING] = "waiting",
    [TICKET_SERVING] = "serving", [TICKET_SURVEYING] = "surveying",
    [TICKET_CLOSED] = "closed",
};

const char *const ticket_priority_names[] = {
    [PRIORITY_URGENT] = "urgent",
    [PRIORITY_HIGH] = "high",
    [PRIORITY_NORMAL] = "normal",
    [PRIORITY_LOW] = "low",
    NULL,
};

enum ticket_state
ticket_state_of(struct str name)
{
    for (enum ticket_state s = TICKET_BOT; s <= TICKET_CLOSED; s++)
        if (str_eq(name, str_of(ticket_state_names[s])))
            return s;
    BUG("state=%.*s is unknown", STR_ARG(name));
}

struct ticket
ticket_from_row(const struct db_row *row)
{
    struct ticket ticket = {
        .id = { db_i64(row, 0) },
        .protocol = db_str(row, 1),
        .state = ticket_state_of(db_str(row, 2)),
        .controller = db_str(row, 3),
        .channel = { db_i64(row, 4) },
        .identity = { db_i64(row, 5) },
        .department = { db_i64(row, 6) },
        .assignee = { db_i64(row, 7) },
        .contact = { db_i64(row, 8) },
        .contact_name = db_str(row, 9),
        .contact_kind = db_str(row, 10),
        .contact_address = db_str(row, 11),
        .last_seq = db_i64(row, 12),
        .unread_count = db_i64(row, 13),
        .last_kind = db_str(row, 14),
        .last_direction = db_str(row, 15),
        .last_state = db_str(row, 16),
        .last_preview = db_str(row, 17),
        .last_activity_at_us = db_time(row, 18),
        .last_inbound_at_us = db_time(row, 19),
        .last_outbound_at_us = db_time(row, 20),
        .window_ends_at_us = db_time(row, 21),
        .opened_at_us = db_time(row, 22),
        .queued_at_us = db_time(row, 23),
        .assigned_at_us = db_time(row, 24),
        .first_reply_at_us = db_time(row, 25),
        .closed_at_us = db_time(row, 26),
        .closed_by = { db_i64(row, 27) },
        .reason_id = db_i64(row, 28),
        .shown_seq = db_i64(row, 29),
        .last_author_kind = db_str(row, 30),
        .last_author = { db_i64(row, 31) },
        .branch_id = db_i64(row, 32),
        .is_confidential = db_bool(row, 33),
        .tag_ids = db_str(row, 34),
        .snoozed_until_us = db_time(row, 35),
        .woken_at_us = db_time(row, 36),
        .type_id = db_i64(row, 37),
        .taken_from = { db_i64(row, 38) },
        .out_of_hours_at_us = db_time(row, 39),
        .away_until_us = db_time(row, 40),
        .priority = (enum ticket_priority)db_i64(row, 41),
        .sla = db_str(row, 42),
        .sla_warn_at_us = db_time(row, 43),
        .sla_due_at_us = db_time(row, 44),
        .merged_into = { db_i64(row, 45) },
        .merged_ids = db_str(row, 46),
        .controller_epoch = db_i64(row, 47),
        .is_concluded = db_bool(row, 48),
        .origin = db_str(row, 49),
    };

    ticket.was = ticket_facts(&ticket);
    return ticket;
}

struct event_facts
ticket_facts(const struct ticket *ticket)
{
    return (struct event_facts){
        .ticket_id = ticket->id.v,
        .channel_id = ticket->channel.v,
        .branch_id = ticket->branch_id,
        .department_id = ticket->department.v,
        .assignee_id = ticket->assignee.v,
        .state = ticket_state_names[ticket->state],
    };
}

struct err
tickets_get(struct cx *cx, struct ticket_id id, struct ticket *out)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_ticket_get, &row, P_ID(cx->account), P_ID(id)));
    *out = ticket_from_row(&row);
    return OK;
}

struct err
tickets_lock(struct cx *cx, struct ticket_id id, struct ticket *out)
{
    bool sees_all = cx->bound == access_everything;
    struct db_row row;

    db_assert_tx(cx);
    TRY(db_one(cx, sees_all ? &SQL_ticket_lock_unasked : &SQL_ticket_lock, &row, P_ID(cx->account),
               P_ID(id)));
    *out = ticket_from_row(&row);
    return OK;
}

struct err
tickets_lock_free(struct cx *cx, const int64_t *ids, size_t n, struct ticket **out, size_t *out_n)
{
    struct db_rows rows;

    db_assert_tx(cx);
    if (cx->bound != access_everything)
        BUG("tickets are locked unasked by whoever sees not all of them");
    TRY(db_many(cx, &SQL_ticket_lock_free, &rows, P_ID(cx->account), db_p_i64s(cx->arena, ids, n)));
    *out = arena_array(cx->arena, struct ticket, (size_t)rows.count);
    *out_n = (size_t)rows.count;
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        (*out)[i] = ticket_from_row(&row);
    }
    return OK;
}

struct err
tickets_lock_for_post(struct cx *cx, struct ticket_id id, struct str client_key, struct ticket *out,
                      const struct channel_driver **driver, int64_t *posted_seq)
{
    struct db_row row;

    db_assert_tx(cx);
    TRY(db_one(cx, &SQL_ticket_lock_for_post, &row, P_ID(cx->account), P_ID(id),
               P_STR(client_key)));
    *out = ticket_from_row(&row);
    *driver = channels_driver(db_str(&row, TICKET_COLUMNS));
    *posted_seq = db_i64(&row, TICKET_COLUMNS + 1);
    out->is_opted_out = db_bool(&row, TICKET_COLUMNS + 2);
    return OK;
}

void
tickets_ask_live(struct cx *cx, struct channel_id channel, struct identity_id identity,
                 struct db_rows *rows)
{
    db_assert_tx(cx);
    db_ask(cx, &SQL_ticket_lock_live, rows, P_ID(cx->account), P_ID(channel), P_ID(identity),
           P_TIME(cx->now_us));
}

struct err
tickets_read_live(struct cx *cx, const struct db_rows *rows, bool *found, struct ticket *out)
{
    TRY(db_await(cx, rows));
    *found = rows->count > 0;
    if (*found) {
        struct db_row row = db_row_at(rows, 0);

        *out = ticket_from_row(&row);
        out->intake_needs = db_i64(&row, TICKET_COLUMNS);
    }
    return OK;
}

struct err
tickets_lock_live(struct cx *cx, struct channel_id channel, struct identity_id identity,
                  bool *found, struct ticket *out)
{
    struct db_rows rows;

    tickets_ask_live(cx, channel, identity, &rows);
    return tickets_read_live(cx, &rows, found, out);
}

struct err
tickets_lock_just_closed(struct cx *cx, struct channel_id channel, struct identity_id identity,
                         int64_t since_us, bool *found, struct ticket *out)
{
    struct db_row row;

    db_assert_tx(cx);
    TRY(db_opt(cx, &SQL_ticket_lock_just_closed, found, &row, P_ID(cx->account), P_ID(channel),
               P_ID(identity), P_TIME(since_us)));
    if (*found)
        *out = ticket_from_row(&row);
    return OK;
}

bool
tickets_is_flows(const struct ticket *ticket)
{
    return str_eq(ticket->controller, STR("bot")) && ticket->intake_needs == 0;
}

struct err
tickets_require_open(const struct ticket *ticket)
{
    return ticket->state == TICKET_CLOSED ? FAIL(ERR_CONFLICT, "ticket_closed") : OK;
}

struct err
tickets_require_window(const struct ticket *ticket, int64_t now_us)
{
    if (ticket->window_ends_at_us != 0 && ticket->window_ends_at_us <= now_us)
        return FAIL(ERR_CONFLICT, "window_closed");
    return OK;
}

struct err
tickets_require_holder(const struct cx *cx, const struct ticket *ticket)
{
    if (ticket->state == TICKET_BOT && access_is_bot(cx))
        return OK;
    if (ticket->state != TICKET_SERVING || cx->member.v == 0 || ticket->assignee.v != cx->member.v)
        return FAIL(ERR_CONFLICT, "not_holder");
    return OK;
}

/* For notices: whoever got it from somebody else may want to be told. */
static void
tell_holder(struct cx *cx, const struct ticket *ticket)
{
    struct event_facts now;
    struct buf buf;
    struct json_out o;

    if (ticket->assignee.v == cx->member.v)
        return;
    o = events_payload(cx, &buf);
    json_kv_i64(&o, "ticket_id", ticket->id.v);
    json_kv_str(&o, "protocol", ticket->protocol);
    json_kv_i64(&o, "member_id", ticket->assignee.v);
    json_kv_id(&o, "by_member_id", cx->member.v);
    json_close(&o, '}');
    now = ticket_facts(ticket);
    events_tell_ticket(cx, "ticket.assigned", &now, &now, buf_str(&buf));
}

void
tickets_hand_over(struct cx *cx, struct ticket *ticket, enum ticket_state state,
                  struct member_id assignee, const char *action)
{
    static const char *const controllers[] = {
        [TICKET_BOT] = "bot",       [TICKET_WAITING] = "queue", [TICKET_SERVING] = "user",
        [TICKET_SURVEYING] = "bot", [TICKET_CLOSED] = "none",
    };
    struct audit_change change = { 0 };

    audit_id(&change, "assignee_id", ticket->assignee.v, assignee.v);
    audit_text(&change, "state", str_of(ticket_state_names[ticket->state]),
               str_of(ticket_state_names[state]));
    audit_changed(cx, action, "ticket", ticket->id.v, &change);

    if (!str_eq(ticket->controller, str_of(controllers[state])))
        ticket->controller_epoch++;
    ticket->state = state;
    ticket->controller = str_of(controllers[state]);
    ticket->assignee = assignee;
    ticket->taken_from.v = 0;
    ticket->snoozed_until_us = 0; /* whoever gets it is to see it */
    if (state != TICKET_SURVEYING && state != TICKET_CLOSED)
        ticket->closed_by.v = 0; /* it goes on after all */
    ticket->is_concluded = false;
    if (state == TICKET_WAITING)
        ticket->queued_at_us = cx->now_us;
    if (state == TICKET_SERVING)
        ticket->assigned_at_us = cx->now_us;
    if (state == TICKET_CLOSED)
        ticket->out_of_hours_at_us = 0;
    if (state == TICKET_SERVING)
        tell_holder(cx, ticket);
    jobs_touch(QUEUE_FLOW); /* distribution follows the row by itself (0027) */
}

void
tickets_to_queue(struct cx *cx, struct ticket *ticket)
{
    tickets_hand_over(cx, ticket, TICKET_WAITING, (struct member_id){ 0 }, "ticket.queued");
}

bool
ticket_is_visitors(const struct ticket *ticket)
{
    return str_eq(ticket->contact_kind, STR("visitor")) ||
           str_eq(ticket->contact_kind, STR("external"));
}

void
tickets_tell_visitor(struct cx *cx, const struct ticket *ticket)
{
    if (ticket_is_visitors(ticket))
        events_tell_visitor(cx, "ticket", ticket->identity.v,
                            ticket->state == TICKET_CLOSED ? STR("{\"state\":\"closed\"}")
                                                           : STR("{\"state\":\"open\"}"));
}

struct json_out
tickets_act_line(struct cx *cx, struct buf *detail, const char *event)
{
    struct json_out o = events_payload(cx, detail);

    json_kv_str(&o, "event", str_of(event));
    json_kv_id(&o, "member_id", cx->member.v);
    return o;
}

/* The flow whose template was tapped. */
static struct str
flow_of(struct str template_tap)
{
    struct str rest = template_tap, word, flow = STR("");

    return str_starts(rest, STR(TEMPLATE_TAP)) && str_cut(&rest, '.', &word) &&
                   str_cut(&rest, '.', &flow)
               ? flow
               : STR("");
}

struct err
tickets_add(struct cx *cx, struct channel_id channel, struct identity_id identity,
            struct department_id department, const struct first_said *first, struct ticket *out,
            struct str *welcome)
{
    struct str words = { 0 }, flow = STR(""), origin = { 0 };
    struct str protocol;
    struct db_row row;

    db_assert_tx(cx);
    if (first != NULL) {
        words = fold(cx->arena, first->words);
        flow = flow_of(first->template_tap);
        if (first->origin.len > 0)
            origin = first->origin;
    }
    TRY(accounts_next_protocol(cx, &protocol));
    TRY(db_one(cx, &SQL_ticket_add, &row, P_ID(cx->account), P_STR(protocol), P_ID(channel),
               P_ID(identity), P_ID(department), P_TIME(cx->now_us), P_STR(words), P_STR(flow),
               P_STR(origin)));
    *out = ticket_from_row(&row);
    *welcome = db_str(&row, TICKET_COLUMNS);
    out->intake_needs = db_i64(&row, TICKET_COLUMNS + 1);
    if (db_bool(&row, TICKET_COLUMNS + 2))
        jobs_touch(QUEUE_FLOW); /* its queue gives by itself */
    /* It was merged while we looked for a live one. */
    return db_bool(&row, TICKET_COLUMNS + 3) ? FAIL(ERR_CONFLICT, "merged_elsewhere") : OK;
}

struct err
tickets_open(struct cx *cx, const struct channel *channel, const struct contact_found *who,
             const struct first_said *first, struct ticket *out, struct str *welcome)
{
    struct buf detail;
    struct json_out o;

    TRY(tickets_add(cx, channel->id, who->identity, channel->department, first, out, welcome));
    if (tickets_is_flows(out))
        *welcome = STR(""); /* the flow greets by itself */
    o = events_payload(cx, &detail);
    json_kv_str(&o, "event", STR("ticket_opened"));
    json_kv_str(&o, "protocol", out->protocol);
    json_close(&o, '}');
    tickets_append_system(cx, out, buf_str(&detail));
    tickets_tell_visitor(cx, out);
    audit_add(cx, "ticket.opened", "ticket", out->id.v, STR(""));
    return OK;
}

struct err
tickets_take(struct cx *cx, struct ticket_id id, struct ticket *out)
{
    struct ticket ticket;
    struct member_id before;
    struct buf detail;
    struct json_out o;
    bool from_queue;

    TRY(tickets_lock(cx, id, &ticket));
    TRY(tickets_require_open(&ticket));
    if (ticket.state == TICKET_SERVING && ticket.assignee.v == cx->member.v) {
        *out = ticket; /* pressing twice takes once */
        return OK;
    }
    from_queue = ticket.state == TICKET_WAITING;
    if (!from_queue && !access_may(cx, "tickets.take_over"))
        return FAIL(ERR_CONFLICT, "ticket_taken");

    before = ticket.assignee;
    o = tickets_act_line(cx, &detail, "ticket_taken");
    json_kv_i64(&o, "waited_s", from_queue ? (cx->now_us - ticket.queued_at_us) / US_PER_S : 0);
    json_kv_id(&o, "from_member_id", before.v);
    json_close(&o, '}');
    tickets_hand_over(cx, &ticket, TICKET_SERVING, cx->member, "ticket.taken");
    ticket.taken_from = before;
    tickets_append_system(cx, &ticket, buf_str(&detail));
    tickets_save(cx, &ticket, NULL);
    *out = ticket;
    return OK;
}

struct err
tickets_read(struct cx *cx, struct ticket_id id, int64_t seq, bool *was_unread)
{
    struct ticket ticket;
    int64_t changed;

    db_assert_tx(cx);
    TRY(db_exec(cx, &SQL_ticket_read, &changed, P_ID(cx->account), P_ID(id), P_I64(seq)));
    *was_unread = changed > 0;
    TRY(tickets_get(cx, id, &ticket));
    if (*was_unread) {
        struct buf buf;
        struct json_out o = events_payload(cx, &buf);

        json_key(&o, "ticket");
        ticket_write_event(&o, &ticket);
        json_close(&o, '}');
        events_tell_ticket(cx, "ticket.changed", &ticket.was, &ticket.was, buf_str(&buf));
    }
    return OK;
}

void
tickets_promise(struct cx *cx, struct ticket *ticket, struct str sla, int64_t warn_at_us,
                int64_t due_at_us)
{
    if (str_eq(ticket->sla, sla) && ticket->sla_warn_at_us == warn_at_us &&
        ticket->sla_due_at_us == due_at_us)
        return;
    ticket->sla = sla;
    ticket->sla_warn_at_us = warn_at_us;
    ticket->sla_due_at_us = due_at_us;
    db_queue(cx, &SQL_ticket_promise, P_ID(cx->account), P_ID(ticket->id), P_STR(sla),
             P_TIME(warn_at_us), P_TIME(due_at_us));
    tickets_tell(cx, ticket, NULL);
}

struct err
tickets_count_waiting(struct cx *cx, struct db_rows *rows)
{
    return db_many(cx, &SQL_ticket_count_waiting, rows, P_ID(cx->account));
}

struct err
tickets_count_serving(struct cx *cx, struct db_rows *rows)
{
    return db_many(cx, &SQL_ticket_count_serving, rows, P_ID(cx->account));
}

struct err
tickets_list_ids(struct cx *cx, const int64_t *ids, size_t n, struct ticket **out, size_t *out_n)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_ticket_list_ids, &rows, P_ID(cx->account), db_p_i64s(cx->arena, ids, n)));
    *out = arena_array(cx->arena, struct ticket, (size_t)rows.count);
    *out_n = (size_t)rows.count;
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        (*out)[i] = ticket_from_row(&row);
    }
    return OK;
}
