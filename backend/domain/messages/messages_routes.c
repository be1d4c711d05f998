#include "messages_private.h"

#include "domain/events/events.h"

#include "messages.sql.h"

struct post_body {
    struct str client_key, mode, text;
    int64_t attachment_id, quoted_seq;
    bool voice;
    struct json_ids mention_ids;
    int64_t template_id;
    const struct json *params;
};

static const struct json_field post_fields[] = {
    { "client_key", JSON_STR, true, offsetof(struct post_body, client_key), 64 },
    { "mode", JSON_STR, true, offsetof(struct post_body, mode), 10 },
    { "text", JSON_STR, false, offsetof(struct post_body, text), 10000 },
    { "attachment_id", JSON_ID, false, offsetof(struct post_body, attachment_id), 0 },
    { "voice", JSON_FLAG, false, offsetof(struct post_body, voice), 0 },
    { "quoted_seq", JSON_ID, false, offsetof(struct post_body, quoted_seq), 0 },
    { "mention_ids", JSON_IDS, false, offsetof(struct post_body, mention_ids), 20 },
    { "template_id", JSON_ID, false, offsetof(struct post_body, template_id), 0 },
    { "params", JSON_ANY, false, offsetof(struct post_body, params), 0 },
    { 0 },
};

static struct err
check_mode(struct str mode)
{
    return str_eq(mode, STR("reply")) || str_eq(mode, STR("whisper"))
               ? OK
               : FAIL_FIELD(ERR_INVALID, "unknown_value", "mode");
}

/*
 * A mention never widens who may read: whoever cannot is named in the refusal, and the screen
 * asks whether to let them (tickets_invite) or to leave them out.
 */
static struct err
check_mentions(struct cx *cx, struct res *res, struct ticket_id id, bool is_whisper,
               struct json_ids mentions)
{
    int64_t *blind = arena_array(cx->arena, int64_t, mentions.n + 1);
    size_t n = 0;
    struct json_out o;
    bool reads;

    if (!is_whisper && mentions.n > 0)
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "mention_ids");
    for (size_t i = 0; i < mentions.n; i++) {
        TRY(tickets_reads(cx, id, (struct member_id){ mentions.v[i] }, &reads));
        if (!reads)
            blind[n++] = mentions.v[i];
    }
    if (n == 0)
        return OK;
    o = res_more(res);
    json_key(&o, "member_ids");
    json_open(&o, '[');
    for (size_t i = 0; i < n; i++)
        json_put_i64(&o, blind[i]);
    json_close(&o, ']');
    return FAIL_FIELD(ERR_CONFLICT, "mention_out_of_scope", "mention_ids");
}

static struct err
post_message(struct cx *cx, struct req *req, struct res *res)
{
    struct post_body body = { 0 };
    struct ticket_id id;
    struct message message;
    struct post post;
    bool is_new;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, post_fields, &body));
    TRY(check_mode(body.mode));
    if (body.client_key.len < 8)
        return FAIL_FIELD(ERR_INVALID, "too_short", "client_key");
    post = (struct post){ .client_key = body.client_key,
                          .is_whisper = str_eq(body.mode, STR("whisper")),
                          .text = str_trim(body.text),
                          .attachment_id = body.attachment_id,
                          .is_voice = body.voice,
                          .quoted_seq = body.quoted_seq,
                          .mentions = body.mention_ids,
                          .template = { body.template_id } };
    TRY(template_params_read(cx->arena, body.params, &post.params, &post.param_count));
    TRY(check_mentions(cx, res, id, post.is_whisper, post.mentions));
    TRY(messages_post(cx, id, &post, &message, &is_new));
    return res_json(res, is_new ? 201 : 200, message_write_json, &message);
}

static struct err
post_retry(struct cx *cx, struct req *req, struct res *res)
{
    struct message message;
    struct ticket_id id;
    int64_t seq;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_path_id(req, "seq", &seq));
    TRY(messages_retry(cx, id, seq, &message));
    return res_json(res, 200, message_write_json, &message);
}

static struct err
put_reaction(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "emoji", JSON_STR, true, 0, 8 },
        { 0 },
    };
    struct message message;
    struct ticket_id id;
    struct str emoji = { 0 };
    int64_t seq;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_path_id(req, "seq", &seq));
    TRY(req_body(req, fields, &emoji));
    TRY(messages_react(cx, id, seq, emoji, &message));
    return res_json(res, 200, message_write_json, &message);
}

void
messages_tell_typing(struct cx *cx, const struct ticket *ticket)
{
    bool is_customer = cx->actor == ACTOR_VISITOR;
    struct buf buf;
    struct json_out o = events_payload(cx, &buf);

    json_kv_i64(&o, "ticket_id", ticket->id.v);
    json_kv_i64(&o, "seq", ticket->last_seq);
    json_kv_str(&o, "who", is_customer ? STR("contact") : STR("member"));
    json_kv_id(&o, "member_id", is_customer ? 0 : cx->member.v);
    json_close(&o, '}');
    events_tell_ticket(cx, "typing", &ticket->was, &ticket->was, buf_str(&buf));
}

static struct err
post_typing(struct cx *cx, struct req *req, struct res *res)
{
    struct ticket ticket;
    struct ticket_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(tickets_get(cx, id, &ticket));
    messages_tell_typing(cx, &ticket);
    if (str_eq(ticket.contact_kind, STR("visitor")) || str_eq(ticket.contact_kind, STR("external")))
        events_tell_visitor(cx, "typing", ticket.identity.v, STR("{}"));
    else if (ticket.assignee.v == cx->member.v && ticket.state == TICKET_SERVING)
        jobs_add(cx, "message.mark_read", jobs_lane("read", id.v, 0), id.v, STR("typing"), 0);
    return res_empty(res, 204);
}

struct draft_body {
    struct str mode, body;
};

static const struct json_field draft_fields[] = {
    { "mode", JSON_STR, true, offsetof(struct draft_body, mode), 10 },
    { "body", JSON_STR, true, offsetof(struct draft_body, body), 10000 },
    { 0 },
};

static struct err
put_draft(struct cx *cx, struct req *req, struct res *res)
{
    struct draft_body body = { 0 };
    struct ticket ticket;
    struct ticket_id id;

    /* A draft is somebody's, and a service nobody. */
    if (cx->member.v == 0)
        return FAIL(ERR_FORBIDDEN, "token_not_allowed");
    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, draft_fields, &body));
    TRY(check_mode(body.mode));
    TRY(tickets_get(cx, id, &ticket));
    if (body.body.len == 0)
        db_queue(cx, &SQL_draft_forget, P_ID(cx->account), P_ID(id), P_ID(cx->member),
                 P_STR(body.mode));
    else
        db_queue(cx, &SQL_draft_save, P_ID(cx->account), P_ID(id), P_ID(cx->member),
                 P_STR(body.mode), P_STR(body.body), P_TIME(cx->now_us));
    return res_empty(res, 204);
}

static struct err
get_drafts(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(db_many(cx, &SQL_draft_list, &rows, P_ID(cx->account), P_ID(cx->member)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        json_open(&o, '{');
        json_kv_i64(&o, "ticket_id", db_i64(&row, 0));
        json_kv_str(&o, "mode", db_str(&row, 1));
        json_kv_str(&o, "body", db_str(&row, 2));
        json_kv_time(&o, "updated_at", db_time(&row, 3));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return OK;
}

const struct route messages_routes[] = {
    { POST, "/api/v1/tickets/:id/messages", "tickets.reply", TX_WRITE, post_message, ACCESS_MEMBER,
      BODY_JSON, "message.sent" },
    { POST, "/api/v1/tickets/:id/messages/:seq/retry", "tickets.reply", TX_WRITE, post_retry,
      ACCESS_MEMBER, BODY_JSON, "message.retried" },
    { PUT, "/api/v1/tickets/:id/messages/:seq/reaction", "tickets.reply", TX_WRITE, put_reaction,
      ACCESS_MEMBER, BODY_JSON, "message.reacted" },
    { POST, "/api/v1/tickets/:id/typing", "tickets.view", TX_WRITE, post_typing, ACCESS_MEMBER,
      BODY_JSON, NULL },
    { PUT, "/api/v1/tickets/:id/draft", "tickets.view", TX_WRITE, put_draft, ACCESS_MEMBER,
      BODY_JSON, NULL },
    { GET, "/api/v1/drafts", "tickets.view", TX_READ, get_drafts, ACCESS_MEMBER, BODY_NONE, NULL },
    { 0 },
};
