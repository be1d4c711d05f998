/* The thread of a ticket: reading windows of it, adding to it, saving what changed in it. */
#include "tickets_private.h"

#include "base/clock.h"
#include "domain/events/events.h"

#include "tickets.sql.h"
#include "tickets_thread.sql.h"

enum { PREVIEW_CODE_POINTS = 140 };

/* at: the column where @message_row begins. */
static struct message
message_from_row(const struct db_row *row, int at, struct ticket_id ticket)
{
    return (struct message){
        .ticket = ticket,
        .seq = db_i64(row, at),
        .created_at_us = db_time(row, at + 1),
        .provider_at_us = db_time(row, at + 2),
        .direction = db_str(row, at + 3),
        .author_kind = db_str(row, at + 4),
        .author = { db_i64(row, at + 5) },
        .kind = db_str(row, at + 6),
        .text = db_str(row, at + 7),
        .detail = db_str(row, at + 8),
        .reactions = db_str(row, at + 9),
        .quoted_seq = db_i64(row, at + 10),
        .attachment_count = db_i64(row, at + 11),
        .state = db_str(row, at + 12),
        .error_code = db_str(row, at + 13),
        .error_slug = db_str(row, at + 14),
        .client_key = db_str(row, at + 15),
        .edited_at_us = db_time(row, at + 16),
        .deleted_at_us = db_time(row, at + 17),
        .tag_ids = db_str(row, at + 18),
    };
}

struct attachment
attachment_from_row(const struct db_row *row)
{
    return (struct attachment){
        .id = db_i64(row, 0),
        .state = db_str(row, 1),
        .kind = db_str(row, 2),
        .mime = db_str(row, 3),
        .filename = db_str(row, 4),
        .size_bytes = db_i64(row, 5),
        .error_slug = db_str(row, 6),
        .created_at_us = db_time(row, 7),
        .seq = db_i64(row, 8),
    };
}

/* One more question, only for pages that hold files at all. Rows come in order of seq. */
static struct err
load_attachments(struct cx *cx, struct ticket_id id, struct message *messages, size_t n)
{
    int64_t *seqs = arena_array(cx->arena, int64_t, n);
    struct attachment *files;
    struct db_rows rows;
    size_t wanted = 0;
    int next = 0;

    for (size_t i = 0; i < n; i++)
        if (messages[i].attachment_count > 0)
            seqs[wanted++] = messages[i].seq;
    if (wanted == 0)
        return OK;
    TRY(db_many(cx, &SQL_message_attachments, &rows, P_ID(cx->account), P_ID(id),
                db_p_i64s(cx->arena, seqs, wanted)));
    files = arena_array(cx->arena, struct attachment, (size_t)rows.count);
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        files[i] = attachment_from_row(&row);
    }
    for (size_t i = 0; i < n; i++) {
        messages[i].attachments = &files[next];
        messages[i].attachment_count = 0;
        while (next < rows.count && files[next].seq == messages[i].seq) {
            messages[i].attachment_count++;
            next++;
        }
    }
    return OK;
}

static struct message *
read_page(struct cx *cx, const struct db_rows *rows, struct ticket_id id, size_t n,
          bool is_reversed)
{
    struct message *v = arena_array(cx->arena, struct message, n);

    for (size_t i = 0; i < n; i++) {
        struct db_row row = db_row_at(rows, (int)(is_reversed ? n - 1 - i : i));

        v[i] = message_from_row(&row, 0, id);
    }
    return v;
}

/* One row more than asked tells whether there is more. */
static struct err
write_window(struct cx *cx, const struct db_rows *rows, struct ticket_id id, int64_t before,
             int64_t after, int64_t limit, struct message_page *out)
{
    bool forward = after >= 0;
    size_t n = (size_t)(rows->count > limit ? limit : rows->count);
    struct message *v = read_page(cx, rows, id, n, !forward);

    TRY(load_attachments(cx, id, v, n));
    *out = (struct message_page){
        .v = v,
        .n = n,
        .has_older = forward ? after > 0 : rows->count > limit,
        .has_newer = forward ? rows->count > limit : before > 0,
    };
    return OK;
}

struct err
tickets_messages(struct cx *cx, struct ticket_id id, int64_t before, int64_t after, int64_t limit,
                 struct message_page *out)
{
    struct db_rows rows;

    if (after >= 0)
        TRY(db_many(cx, &SQL_message_list_after, &rows, P_ID(cx->account), P_ID(id), P_I64(after),
                    P_I64(limit + 1)));
    else
        TRY(db_many(cx, &SQL_message_list_before, &rows, P_ID(cx->account), P_ID(id),
                    db_p_id(before), P_I64(limit + 1)));
    return write_window(cx, &rows, id, before, after, limit, out);
}

struct err
tickets_chapter_messages(struct cx *cx, struct ticket_id id, struct ticket_id chapter,
                         int64_t before, int64_t after, int64_t limit, struct message_page *out)
{
    struct db_rows rows;

    if (after >= 0)
        TRY(db_many(cx, &SQL_chapter_list_after, &rows, P_ID(cx->account), P_ID(chapter),
                    P_I64(after), P_I64(limit + 1), P_ID(id)));
    else
        TRY(db_many(cx, &SQL_chapter_list_before, &rows, P_ID(cx->account), P_ID(chapter),
                    db_p_id(before), P_I64(limit + 1), P_ID(id)));
    return write_window(cx, &rows, chapter, before, after, limit, out);
}

struct err
tickets_message(struct cx *cx, struct ticket_id id, int64_t seq, struct message *out)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_message_get, &row, P_ID(cx->account), P_ID(id), P_I64(seq)));
    *out = message_from_row(&row, 0, id);
    return load_attachments(cx, id, out, 1);
}

struct err
tickets_message_of(struct cx *cx, const struct ticket *ticket, int64_t seq, struct message *out)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_message_of, &row, P_ID(cx->account), P_ID(ticket->id), P_I64(seq),
               P_TIME(ticket->opened_at_us), P_TIME(cx->now_us)));
    *out = message_from_row(&row, 0, ticket->id);
    return load_attachments(cx, ticket->id, out, 1);
}

/* Of messages of several tickets: p.n of a row counts from one. */
static struct err
load_attachments_at(struct cx *cx, struct message *messages, size_t n)
{
    enum { NUMBER_AT = 9 };
    int64_t *tickets = arena_array(cx->arena, int64_t, n),
            *seqs = arena_array(cx->arena, int64_t, n);
    struct attachment *files;
    struct db_rows rows;
    bool has_files = false;
    int next = 0;

    for (size_t i = 0; i < n; i++) {
        tickets[i] = messages[i].ticket.v;
        seqs[i] = messages[i].seq;
        has_files |= messages[i].attachment_count > 0;
    }
    if (!has_files)
        return OK;
    TRY(db_many(cx, &SQL_message_attachments_at, &rows, P_ID(cx->account),
                db_p_i64s(cx->arena, tickets, n), db_p_i64s(cx->arena, seqs, n)));
    files = arena_array(cx->arena, struct attachment, (size_t)rows.count);
    for (size_t i = 0; i < n; i++) {
        messages[i].attachments = &files[next];
        messages[i].attachment_count = 0;
        while (next < rows.count) {
            struct db_row row = db_row_at(&rows, next);

            if (db_i64(&row, NUMBER_AT) != (int64_t)i + 1)
                break;
            files[next++] = attachment_from_row(&row);
            messages[i].attachment_count++;
        }
    }
    return OK;
}

/* Places as parameters: tickets, seqs, times. */
struct place_arrays {
    int64_t *tickets, *seqs;
    struct str *times;
};

static struct place_arrays
place_arrays_new(struct arena *a, size_t n)
{
    return (struct place_arrays){ arena_array(a, int64_t, n), arena_array(a, int64_t, n),
                                  arena_array(a, struct str, n) };
}

static void
put_place(struct arena *a, struct place_arrays *to, size_t i, struct message_place place)
{
    to->tickets[i] = place.ticket.v;
    to->seqs[i] = place.seq;
    to->times[i] = clock_iso(place.created_at_us, arena_array(a, char, CLOCK_ISO_BYTES));
}

static struct err
messages_by(struct cx *cx, const struct db_stmt *stmt, const struct message_place *places, size_t n,
            struct message **out, size_t *out_n)
{
    struct place_arrays at = place_arrays_new(cx->arena, n);
    struct db_rows rows;
    struct message *v;

    for (size_t i = 0; i < n; i++)
        put_place(cx->arena, &at, i, places[i]);
    TRY(db_many(cx, stmt, &rows, P_ID(cx->account), db_p_i64s(cx->arena, at.tickets, n),
                db_p_i64s(cx->arena, at.seqs, n), db_p_strs(cx->arena, at.times, n)));
    v = arena_array(cx->arena, struct message, (size_t)rows.count);
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        v[i] = message_from_row(&row, 1, (struct ticket_id){ db_i64(&row, 0) });
    }
    *out = v;
    *out_n = (size_t)rows.count;
    return load_attachments_at(cx, v, *out_n);
}

struct err
tickets_messages_at(struct cx *cx, const struct message_place *places, size_t n,
                    struct message **out, size_t *out_n)
{
    return messages_by(cx, &SQL_message_list_places, places, n, out, out_n);
}

struct err
tickets_messages_locked(struct cx *cx, const struct message_place *places, size_t n,
                        struct message **out, size_t *out_n)
{
    return messages_by(cx, &SQL_message_list_locked, places, n, out, out_n);
}

struct err
tickets_visitor_messages(struct cx *cx, struct channel_id channel, struct identity_id identity,
                         struct thread_place before, struct thread_place after, int64_t limit,
                         struct visitor_page *out)
{
    enum { MESSAGE_AT = 1, AUTHOR_AT = 20 };
    bool forward = after.ticket.v != 0;
    struct visitor_message *v;
    struct db_rows rows;
    size_t n;

    TRY(db_many(cx, &SQL_message_list_visitor, &rows, P_ID(cx->account), P_ID(channel),
                P_ID(identity), P_ID(before.ticket), P_I64(before.seq), P_ID(after.ticket),
                P_I64(after.seq), P_I64(limit + 1)));
    n = (size_t)(rows.count > limit ? limit : rows.count);
    v = arena_array(cx->arena, struct visitor_message, n);
    for (size_t i = 0; i < n; i++) {
        struct db_row row = db_row_at(&rows, (int)(forward ? i : n - 1 - i));

        v[i].message = message_from_row(&row, MESSAGE_AT, (struct ticket_id){ db_i64(&row, 0) });
        v[i].author = db_str(&row, AUTHOR_AT);
        TRY(load_attachments(cx, v[i].message.ticket, &v[i].message, 1));
    }
    *out = (struct visitor_page){ .v = v, .n = n, .has_older = !forward && rows.count > limit };
    return OK;
}

struct err
tickets_visitor_unread(struct cx *cx, struct channel_id channel, struct identity_id identity,
                       int64_t *unread, enum visitor_ticket *state)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_message_unread_visitor, &row, P_ID(cx->account), P_ID(channel),
               P_ID(identity)));
    *unread = db_i64(&row, 0);
    *state = db_is_null(&row, 1) ? VISITOR_NONE : db_bool(&row, 1) ? VISITOR_CLOSED : VISITOR_OPEN;
    return OK;
}

struct err
tickets_unseen(struct cx *cx, struct channel_id channel, struct identity_id identity,
               struct thread_place up_to, struct str before, struct db_rows *rows)
{
    return db_many(cx, &SQL_message_list_unseen, rows, P_ID(cx->account), P_ID(channel),
                   P_ID(identity), P_ID(up_to.ticket), P_I64(up_to.seq), P_STR(before));
}

static void
insert(struct cx *cx, const struct message *m)
{
    db_queue(cx, &SQL_message_add, P_ID(cx->account), P_ID(m->ticket), P_I64(m->seq),
             P_TIME(m->created_at_us), P_TIME(m->provider_at_us), P_STR(m->direction),
             P_STR(m->author_kind), P_ID(m->author), P_STR(m->kind),
             P_STR(m->text.p == NULL ? STR("") : m->text), P_STR(m->detail), db_p_id(m->quoted_seq),
             P_I64(m->attachment_count), P_STR(m->state), P_STR(m->client_key));
    if (m->client_key.p != NULL)
        db_queue(cx, &SQL_message_key_add, P_ID(cx->account), P_ID(m->ticket), P_STR(m->client_key),
                 P_I64(m->seq), P_TIME(m->created_at_us));
}

static struct str
preview_of(const struct message *m)
{
    struct str text = m->deleted_at_us != 0 ? STR("") : m->text;

    if (text.len == 0 && m->deleted_at_us == 0 && m->attachment_count > 0 && m->attachments != NULL)
        text = m->attachments[0].filename;
    if (text.p == NULL)
        return STR("");
    return str_first_code_points(text, PREVIEW_CODE_POINTS);
}

void
tickets_append(struct cx *cx, struct ticket *ticket, struct message *message)
{
    message->ticket = ticket->id;
    message->seq = ++ticket->last_seq;
    message->created_at_us = cx->now_us;
    insert(cx, message);

    ticket->shown_seq = message->seq;
    ticket->last_kind = message->kind;
    ticket->last_direction = message->direction;
    ticket->last_state = message->state;
    ticket->last_preview = preview_of(message);
    ticket->last_author_kind = message->author_kind;
    ticket->last_author = message->author;
    ticket->last_activity_at_us = cx->now_us;
    if (str_eq(message->direction, STR("in"))) {
        ticket->unread_count++;
        ticket->last_inbound_at_us = cx->now_us;
        if (ticket->snoozed_until_us != 0) {
            ticket->snoozed_until_us = 0; /* nobody lets a customer wait who just wrote */
            ticket->woken_at_us = cx->now_us;
        }
    } else if (str_eq(message->direction, STR("out"))) {
        ticket->last_outbound_at_us = cx->now_us;
        if (str_eq(message->author_kind, STR("member"))) {
            ticket->out_of_hours_at_us = 0;
            if (ticket->first_reply_at_us == 0)
                ticket->first_reply_at_us = cx->now_us;
        }
    }
}

void
tickets_tell(struct cx *cx, const struct ticket *ticket, const struct message *message)
{
    struct event_facts now;
    struct buf buf;
    struct json_out o = events_payload(cx, &buf);

    if (message != NULL) {
        json_key(&o, "message");
        message_write_json(&o, message);
    }
    json_key(&o, "ticket");
    ticket_write_event(&o, ticket);
    json_close(&o, '}');
    now = ticket_facts(ticket);
    events_tell_ticket(cx, message != NULL ? "message.created" : "ticket.changed", &now,
                       &ticket->was, buf_str(&buf));
}

void
tickets_append_keyed(struct cx *cx, struct ticket *ticket, struct str detail, struct str client_key)
{
    struct message line = {
        .ticket = ticket->id,
        .seq = ++ticket->last_seq,
        .created_at_us = cx->now_us,
        .direction = STR("system"),
        .author_kind = STR("system"),
        .kind = STR("system"),
        .detail = detail,
        .state = STR("internal"),
        .client_key = client_key,
    };

    insert(cx, &line);
    tickets_tell(cx, ticket, &line);
}

void
tickets_append_quiet(struct cx *cx, struct ticket *ticket, struct str detail)
{
    tickets_append_keyed(cx, ticket, detail, (struct str){ 0 });
}

void
tickets_append_system(struct cx *cx, struct ticket *ticket, struct str detail)
{
    ticket->last_activity_at_us = cx->now_us;
    tickets_append_quiet(cx, ticket, detail);
}

void
tickets_save(struct cx *cx, const struct ticket *t, const struct message *message)
{
    db_queue(cx, &SQL_ticket_save, P_ID(cx->account), P_ID(t->id),
             P_STR(str_of(ticket_state_names[t->state])), P_STR(t->controller), P_ID(t->department),
             P_ID(t->assignee), P_I64(t->last_seq), P_I64(t->unread_count), P_STR(t->last_kind),
             P_STR(t->last_direction), P_STR(t->last_state), P_STR(t->last_preview),
             P_TIME(t->last_activity_at_us), P_TIME(t->last_inbound_at_us),
             P_TIME(t->last_outbound_at_us), P_TIME(t->window_ends_at_us), P_TIME(t->queued_at_us),
             P_TIME(t->assigned_at_us), P_TIME(t->first_reply_at_us), P_TIME(t->closed_at_us),
             P_ID(t->closed_by), db_p_id(t->reason_id), P_I64(t->shown_seq),
             P_STR(t->last_author_kind), P_ID(t->last_author), P_TIME(t->snoozed_until_us),
             P_TIME(t->woken_at_us), db_p_id(t->type_id), P_ID(t->taken_from),
             P_TIME(t->out_of_hours_at_us), P_TIME(t->away_until_us), P_I64(t->controller_epoch),
             P_BOOL(t->is_concluded));
    tickets_tell(cx, t, message);
}

void
tickets_save_message(struct cx *cx, struct ticket *ticket, const struct message *m)
{
    db_queue(cx, &SQL_message_save, P_ID(cx->account), P_ID(m->ticket), P_I64(m->seq),
             P_TIME(m->created_at_us), P_STR(m->text.p == NULL ? STR("") : m->text),
             P_STR(m->reactions), P_STR(m->state), P_STR(m->error_code), P_STR(m->error_slug),
             P_TIME(m->edited_at_us), P_TIME(m->deleted_at_us), P_STR(m->detail));
    if (ticket->shown_seq == m->seq) {
        ticket->last_state = m->state;
        ticket->last_preview = preview_of(m);
        db_queue(cx, &SQL_ticket_show, P_ID(cx->account), P_ID(ticket->id),
                 P_STR(ticket->last_state), P_STR(ticket->last_preview));
    }
    tickets_tell_message(cx, ticket, m);
}

static struct str
changed_payload(struct cx *cx, const struct ticket *ticket, const struct message *m)
{
    struct buf buf;
    struct json_out o = events_payload(cx, &buf);

    json_key(&o, "message");
    message_write_json(&o, m);
    json_key(&o, "ticket");
    ticket_write_event(&o, ticket);
    json_close(&o, '}');
    return buf_str(&buf);
}

void
tickets_tell_message(struct cx *cx, const struct ticket *ticket, const struct message *m)
{
    struct event_facts now = ticket_facts(ticket);

    events_tell_ticket(cx, "message.changed", &now, &ticket->was, changed_payload(cx, ticket, m));
}

void
tickets_save_states(struct cx *cx, const struct message_moved *moved, size_t n)
{
    struct arena *a = cx->arena;
    struct place_arrays at = place_arrays_new(a, n);
    struct str *states = arena_array(a, struct str, n), *codes = arena_array(a, struct str, n),
               *slugs = arena_array(a, struct str, n), *shown = arena_array(a, struct str, n);
    struct ticket_event *events = arena_array(a, struct ticket_event, n);

    if (n == 0)
        return;
    for (size_t i = 0; i < n; i++) {
        struct ticket *ticket = moved[i].ticket;
        const struct message *m = moved[i].message;
        bool is_shown = ticket->shown_seq == m->seq;

        put_place(a, &at, i, (struct message_place){ m->ticket, m->seq, m->created_at_us });
        states[i] = m->state;
        codes[i] = m->error_code;
        slugs[i] = m->error_slug;
        shown[i] = is_shown ? STR("t") : STR("f");
        if (is_shown)
            ticket->last_state = m->state;
        events[i] = (struct ticket_event){ ticket_facts(ticket), ticket->was,
                                           changed_payload(cx, ticket, m) };
    }
    db_queue(cx, &SQL_message_save_states, P_ID(cx->account), db_p_i64s(a, at.tickets, n),
             db_p_i64s(a, at.seqs, n), db_p_strs(a, at.times, n), db_p_strs(a, states, n),
             db_p_strs(a, codes, n), db_p_strs(a, slugs, n), db_p_strs(a, shown, n));
    events_tell_tickets(cx, "message.changed", events, n);
}
