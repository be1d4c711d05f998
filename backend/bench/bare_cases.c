/*
 * The five hot routes, each with the statements that the product runs for it.
 */
#include "bare.h"

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit.sql.h"
#include "channels.sql.h"
#include "events.sql.h"
#include "jobs.sql.h"
#include "messages.sql.h"
#include "tickets.sql.h"
#include "tickets_thread.sql.h"

/* The last word of the path: a ticket's number. */
static const char *
id_of(const struct call *call)
{
    const char *path = FCGX_GetParam("DOCUMENT_URI", call->request->envp);
    const char *slash = path == NULL ? NULL : strrchr(path, '/');

    return slash == NULL ? "0" : slash + 1;
}

static size_t
read_body(const struct call *call, char body[BODY_MAX])
{
    int n = FCGX_GetStr(body, BODY_MAX - 1, call->request->in);

    body[n] = '\0';
    return (size_t)n;
}

static bool
write_rows(struct call *call, PGresult *rows)
{
    if (rows == NULL)
        return false;
    page_rows(call->page, rows);
    PQclear(rows);
    return true;
}

static bool
list_inbox(struct call *call)
{
    return write_rows(call,
                      sql_run(call->pg, &SQL_ticket_list_newest, call->house->account, "serving",
                              NULL, NULL, NULL, "f", NULL, NULL, NULL, "f", NULL, NULL, "41"));
}

static bool
show_ticket(struct call *call)
{
    return write_rows(call, sql_run(call->pg, &SQL_ticket_get, call->house->account, id_of(call)));
}

static bool
read_ticket(struct call *call)
{
    return write_rows(call, sql_run(call->pg, &SQL_message_list_before, call->house->account,
                                    id_of(call), NULL, "21"));
}

/* What the client sent: {"client_key", "text", …}. */
struct post {
    struct json_object *body;
    const char *client_key, *text;
};

static const char *
member(struct json_object *body, const char *name)
{
    struct json_object *value;

    return json_object_object_get_ex(body, name, &value) ? json_object_get_string(value) : "";
}

static const char *
column(const PGresult *row, const char *name)
{
    int at = PQfnumber(row, name);

    return PQgetisnull(row, 0, at) ? NULL : PQgetvalue(row, 0, at);
}

static void
queue_message(struct call *call, const char *id, const PGresult *ticket, const struct post *post,
              const char *seq)
{
    const char *account = call->house->account, *assignee = column(ticket, "assignee_id");

    sql_queue(call->pg, &SQL_message_add, account, id, seq, "now", NULL, "out", "member", assignee,
              "text", post->text, NULL, NULL, "0", "queued", post->client_key);
    sql_queue(call->pg, &SQL_message_key_add, account, id, post->client_key, seq, "now");
    sql_queue(call->pg, &SQL_ticket_save, account, id, column(ticket, "state"),
              column(ticket, "controller"), column(ticket, "department_id"), assignee, seq,
              column(ticket, "unread_count"), "text", "out", "queued", post->text, "now",
              column(ticket, "last_inbound_at"), "now", column(ticket, "window_ends_at"),
              column(ticket, "queued_at"), column(ticket, "assigned_at"),
              column(ticket, "first_reply_at"), NULL, NULL, NULL, seq, "member", assignee, NULL,
              NULL, NULL, NULL, NULL, NULL, column(ticket, "controller_epoch"), "false");
}

/* What follows from it: the screens hear, the channel sends, the draft goes, the trail says who. */
static void
queue_consequences(struct call *call, const char *id, const PGresult *ticket, const char *seq)
{
    const char *account = call->house->account, *assignee = column(ticket, "assignee_id");

    sql_queue(call->pg, &SQL_event_add, account, "now", "message.created", "members", id, NULL,
              "1 1 1 1 1 serving", NULL, call->page->text);
    sql_queue(call->pg, &SQL_job_add, account, "outbound", id, "message.send", id, seq, "now");
    sql_queue(call->pg, &SQL_draft_forget, account, id, assignee, "reply");
    sql_queue(call->pg, &SQL_audit_add, account, "now", "message.sent", "user", assignee, NULL,
              "127.0.0.1", NULL, "ticket", id, NULL, NULL, "443");
}

static bool
store(struct call *call, const char *id, const struct post *post)
{
    PGresult *ticket;
    char seq[16];

    sql_queue_words(call->pg, "BEGIN");
    sql_queue(call->pg, &SQL_ticket_lock_for_post, call->house->account, id, post->client_key);
    ticket = sql_flush(call->pg);
    if (ticket == NULL || PQntuples(ticket) != 1)
        return false;
    snprintf(seq, sizeof seq, "%d", atoi(column(ticket, "last_seq")) + 1);

    page_row(call->page, ticket, 0);
    call->page->text[call->page->n] = '\0';
    queue_message(call, id, ticket, post, seq);
    queue_consequences(call, id, ticket, seq);
    sql_queue_words(call->pg, "COMMIT");
    PQclear(ticket);
    return sql_flush_writes(call->pg);
}

static bool
post_message(struct call *call)
{
    char body[BODY_MAX];
    struct post post;
    bool done;

    read_body(call, body);
    post.body = json_tokener_parse(body);
    if (post.body == NULL)
        return false;
    post.client_key = member(post.body, "client_key");
    post.text = member(post.body, "text");
    done = store(call, id_of(call), &post);
    json_object_put(post.body);
    return done;
}

/* Bytes as PostgreSQL reads them. */
static void
hex(const char *bytes, size_t n, char *out)
{
    static const char digits[] = "0123456789abcdef";

    *out++ = '\\';
    *out++ = 'x';
    for (size_t i = 0; i < n; i++) {
        *out++ = digits[(unsigned char)bytes[i] >> 4];
        *out++ = digits[bytes[i] & 15];
    }
    *out = '\0';
}

static bool
accept_webhook(struct call *call)
{
    static char bytes[2 * BODY_MAX + 3];
    const char *account = call->house->account, *id;
    char body[BODY_MAX];
    PGresult *channel;

    hex(body, read_body(call, body), bytes);
    sql_queue_words(call->pg, "BEGIN");
    sql_queue(call->pg, &SQL_channel_by_hook, call->house->hook_token);
    channel = sql_flush(call->pg);
    if (channel == NULL || PQntuples(channel) != 1)
        return false;

    id = column(channel, "nextval");
    sql_queue(call->pg, &SQL_inbound_add, account, id, column(channel, "id"), "now", "valid",
              "pending", "1", bytes, "", NULL);
    sql_queue(call->pg, &SQL_job_add, account, "inbound", id, "inbound.event", id, "", "now");
    sql_queue_words(call->pg, "COMMIT");
    PQclear(channel);
    page_words(call->page, "kept");
    return sql_flush_writes(call->pg);
}

const struct bare_case bare_cases[] = {
    { "list_inbox", list_inbox },         { "show_ticket", show_ticket },
    { "read_ticket", read_ticket },       { "post_message", post_message },
    { "accept_webhook", accept_webhook }, { 0 },
};
