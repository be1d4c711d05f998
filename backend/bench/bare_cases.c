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
    const char *params[PARAMS_MAX] = { call->house->account, "serving", [5] = "f", [8] = "41" };

    return write_rows(call, sql_run(call->pg, &SQL_ticket_list_newest, params));
}

static bool
show_ticket(struct call *call)
{
    const char *params[PARAMS_MAX] = { call->house->account, id_of(call) };

    return write_rows(call, sql_run(call->pg, &SQL_ticket_get, params));
}

static bool
read_ticket(struct call *call)
{
    const char *params[PARAMS_MAX] = { call->house->account, id_of(call), NULL, "21" };

    return write_rows(call, sql_run(call->pg, &SQL_message_list_before, params));
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

/* The ticket's columns, in the order of ticket_row, that ticket_save writes back. */
enum {
    STATE = 2,
    CONTROLLER = 3,
    DEPARTMENT = 6,
    ASSIGNEE = 7,
    LAST_SEQ = 12,
    UNREAD = 13,
    LAST_INBOUND = 19,
    WINDOW = 21,
    QUEUED = 23,
    ASSIGNED = 24,
    FIRST_REPLY = 25
};

static const char *
column(const PGresult *row, int at)
{
    return PQgetisnull(row, 0, at) ? NULL : PQgetvalue(row, 0, at);
}

static void
queue_message(struct call *call, const char *id, const PGresult *ticket, const struct post *post,
              const char *seq)
{
    const char *account = call->house->account, *assignee = column(ticket, ASSIGNEE);
    const char *message[PARAMS_MAX] = { account, id,       seq,      "now",    NULL,
                                        "out",   "member", assignee, "text",   post->text,
                                        NULL,    NULL,     "0",      "queued", post->client_key };
    const char *key[PARAMS_MAX] = { account, id, post->client_key, seq, "now" };
    const char *save[PARAMS_MAX] = { account,
                                     id,
                                     column(ticket, STATE),
                                     column(ticket, CONTROLLER),
                                     column(ticket, DEPARTMENT),
                                     assignee,
                                     seq,
                                     column(ticket, UNREAD),
                                     "text",
                                     "out",
                                     "queued",
                                     post->text,
                                     "now",
                                     column(ticket, LAST_INBOUND),
                                     "now",
                                     column(ticket, WINDOW),
                                     column(ticket, QUEUED),
                                     column(ticket, ASSIGNED),
                                     column(ticket, FIRST_REPLY) };

    sql_queue(call->pg, &SQL_message_add, message);
    sql_queue(call->pg, &SQL_message_key_add, key);
    sql_queue(call->pg, &SQL_ticket_save, save);
}

/* What follows from it: the screens hear, the channel sends, the draft goes, the trail says who. */
static void
queue_consequences(struct call *call, const char *id, const PGresult *ticket, const char *seq)
{
    const char *account = call->house->account, *assignee = column(ticket, ASSIGNEE);
    const char *event[PARAMS_MAX] = { account, "now", "message.created", "members",
                                      id,      NULL,  call->page->text };
    const char *job[PARAMS_MAX] = { account, "outbound", id, "message.send", id, seq, "now" };
    const char *draft[PARAMS_MAX] = { account, id, assignee, "reply" };
    const char *audit[PARAMS_MAX] = { account,     "now", "message.sent", "user", assignee, NULL,
                                      "127.0.0.1", NULL,  "ticket",       id,     NULL };

    sql_queue(call->pg, &SQL_event_add, event);
    sql_queue(call->pg, &SQL_job_add, job);
    sql_queue(call->pg, &SQL_draft_forget, draft);
    sql_queue(call->pg, &SQL_audit_add, audit);
}

static bool
store(struct call *call, const char *id, const struct post *post)
{
    const char *lock[PARAMS_MAX] = { call->house->account, id, post->client_key };
    PGresult *ticket;
    char seq[16];

    sql_queue_words(call->pg, "BEGIN");
    sql_queue(call->pg, &SQL_ticket_lock_for_post, lock);
    ticket = sql_flush(call->pg);
    if (ticket == NULL || PQntuples(ticket) != 1)
        return false;
    snprintf(seq, sizeof seq, "%d", atoi(PQgetvalue(ticket, 0, LAST_SEQ)) + 1);

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
    enum { EVENT_ID = 15 };
    static char bytes[2 * BODY_MAX + 3];
    const char *hook[PARAMS_MAX] = { call->house->hook_token };
    const char *account = call->house->account;
    char body[BODY_MAX];
    PGresult *channel;

    hex(body, read_body(call, body), bytes);
    sql_queue_words(call->pg, "BEGIN");
    sql_queue(call->pg, &SQL_channel_by_hook, hook);
    channel = sql_flush(call->pg);
    if (channel == NULL || PQntuples(channel) != 1)
        return false;

    const char *id = PQgetvalue(channel, 0, EVENT_ID);
    const char *event[PARAMS_MAX] = {
        account, id, PQgetvalue(channel, 0, 0), "now", "valid", "pending", "1", bytes, "", NULL
    };
    const char *job[PARAMS_MAX] = { account, "inbound", id, "inbound.event", id, "", "now" };

    sql_queue(call->pg, &SQL_inbound_add, event);
    sql_queue(call->pg, &SQL_job_add, job);
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
