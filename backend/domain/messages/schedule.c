/*
 * What is said later. A scheduled message is a row with a version, and a job that carries it:
 * whatever is changed, cancelled or sent by hand meanwhile moves the version on, and the job
 * that comes then finds nothing to do. The row is locked after its ticket, as everybody does.
 */
#include "messages_private.h"

#include "base/clock.h"
#include "domain/audit/audit.h"
#include "domain/auth/auth.h"
#include "domain/events/events.h"

#include "messages_schedule.sql.h"

enum { SCHEDULED_OF_TICKET_MAX = 50, AHEAD_DAYS_MAX = 366 };

static struct scheduled
scheduled_from_row(const struct db_row *row)
{
    return (struct scheduled){
        .id = db_i64(row, 0),
        .ticket = { db_i64(row, 1) },
        .author = { db_i64(row, 2) },
        .client_key = db_str(row, 3),
        .text = db_str(row, 4),
        .attachment_id = db_i64(row, 5),
        .send_at_us = db_time(row, 6),
        .version = db_i64(row, 7),
        .state = db_str(row, 8),
        .error_slug = db_str(row, 9),
        .created_at_us = db_time(row, 10),
    };
}

static void
write_json(struct json_out *o, const void *value)
{
    const struct scheduled *s = value;

    json_open(o, '{');
    json_kv_i64(o, "id", s->id);
    json_kv_i64(o, "ticket_id", s->ticket.v);
    json_kv_i64(o, "author_id", s->author.v);
    json_kv_str(o, "text", s->text);
    json_kv_id(o, "attachment_id", s->attachment_id);
    json_kv_time(o, "send_at", s->send_at_us);
    json_kv_str(o, "state", s->state);
    json_kv_str(o, "error_slug", s->error_slug);
    json_kv_time(o, "created_at", s->created_at_us);
    json_close(o, '}');
}

/* The screens ask again; whose message failed is said, so that its author hears of it anywhere. */
static void
tell(struct cx *cx, const struct ticket *ticket, const struct scheduled *s)
{
    struct buf buf;
    struct json_out o = events_payload(cx, &buf);

    json_kv_i64(&o, "ticket_id", s->ticket.v);
    json_kv_i64(&o, "author_id", s->author.v);
    json_kv_str(&o, "state", s->state);
    json_kv_str(&o, "error_slug", s->error_slug);
    json_close(&o, '}');
    events_tell_ticket(cx, "scheduled.changed", &ticket->was, &ticket->was, buf_str(&buf));
}

static void
save(struct cx *cx, const struct ticket *ticket, struct scheduled *s)
{
    s->version++;
    db_queue(cx, &SQL_scheduled_save, P_ID(cx->account), P_I64(s->id), P_STR(s->text),
             P_TIME(s->send_at_us), P_I64(s->version), P_STR(s->state), P_STR(s->error_slug));
    if (str_eq(s->state, STR("pending")))
        jobs_add(cx, "message.scheduled", jobs_lane_alone(), s->id,
                 str_fmt(cx->arena, "%lld", (long long)s->version), s->send_at_us);
    tell(cx, ticket, s);
}

static struct post
post_of(const struct scheduled *s)
{
    return (struct post){ .client_key = s->client_key,
                          .text = s->text,
                          .attachment_id = s->attachment_id,
                          .keeps_draft = true };
}

static struct err
check_time(struct cx *cx, int64_t send_at_us)
{
    return send_at_us > cx->now_us && send_at_us <= cx->now_us + AHEAD_DAYS_MAX * US_PER_DAY
               ? OK
               : FAIL_FIELD(ERR_INVALID, "out_of_range", "send_at");
}

/* Both rows, locked; not one that is over. */
static struct err
lock(struct cx *cx, int64_t id, struct ticket *ticket, const struct channel_driver **driver,
     struct scheduled *out)
{
    struct db_row row;
    int64_t posted_seq;

    TRY(db_one(cx, &SQL_scheduled_find, &row, P_ID(cx->account), P_I64(id)));
    TRY(tickets_lock_for_post(cx, (struct ticket_id){ db_i64(&row, 1) }, STR(""), ticket, driver,
                              &posted_seq));
    TRY(db_one(cx, &SQL_scheduled_lock, &row, P_ID(cx->account), P_I64(id)));
    *out = scheduled_from_row(&row);
    return OK;
}

/* Its author, or whoever serves now. */
static struct err
lock_mine(struct cx *cx, int64_t id, struct ticket *ticket, const struct channel_driver **driver,
          struct scheduled *out)
{
    TRY(lock(cx, id, ticket, driver, out));
    if (!str_eq(out->state, STR("pending")) && !str_eq(out->state, STR("failed")))
        return FAIL(ERR_CONFLICT, "scheduled_over");
    return out->author.v == cx->member.v ? OK : tickets_require_holder(cx, ticket);
}

/* In the name of cx->member. A file goes as a copy, which is the sender's own. */
static struct err
say(struct cx *cx, const struct ticket *ticket, const struct channel_driver *driver,
    const struct scheduled *s, struct message *out)
{
    struct post post = post_of(s);
    struct attachment file;
    bool is_new;

    TRY(messages_check(cx, ticket, driver, &post));
    if (post.attachment_id != 0) {
        TRY(messages_copy_upload(cx, post.attachment_id, &file));
        post.attachment_id = file.id;
    }
    return messages_post(cx, ticket->id, &post, out, &is_new);
}

/* HTTP ------------------------------------------------------------------------- */

static struct err
get_scheduled(struct cx *cx, struct req *req, struct res *res)
{
    struct ticket ticket;
    struct ticket_id id;
    struct db_rows rows;
    struct json_out o;

    TRY(req_path_id(req, "id", &id.v));
    TRY(tickets_get(cx, id, &ticket));
    TRY(db_many(cx, &SQL_scheduled_list, &rows, P_ID(cx->account), P_ID(id)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);
        struct scheduled s = scheduled_from_row(&row);

        write_json(&o, &s);
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

struct schedule_body {
    struct str client_key, text, send_at;
    int64_t attachment_id;
};

static struct err
read_time(struct cx *cx, struct str text, int64_t *out)
{
    if (!clock_parse(text, out))
        return FAIL_FIELD(ERR_INVALID, "field_invalid", "send_at");
    return check_time(cx, *out);
}

static struct err
add(struct cx *cx, const struct ticket *ticket, const struct schedule_body *body,
    int64_t send_at_us, struct scheduled *out)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_scheduled_count, &row, P_ID(cx->account), P_ID(ticket->id)));
    if (db_i64(&row, 0) >= SCHEDULED_OF_TICKET_MAX)
        return FAIL(ERR_CONFLICT, "too_many_scheduled");
    TRY(db_one(cx, &SQL_scheduled_add, &row, P_ID(cx->account), P_ID(ticket->id), P_ID(cx->member),
               P_STR(body->client_key), P_STR(body->text), db_p_id(body->attachment_id),
               P_TIME(send_at_us), P_TIME(cx->now_us)));
    *out = scheduled_from_row(&row);
    jobs_add(cx, "message.scheduled", jobs_lane_alone(), out->id,
             str_fmt(cx->arena, "%lld", (long long)out->version), out->send_at_us);
    tell(cx, ticket, out);
    return OK;
}

static struct err
post_scheduled(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "client_key", JSON_STR, true, offsetof(struct schedule_body, client_key), 64 },
        { "text", JSON_STR, false, offsetof(struct schedule_body, text), 10000 },
        { "attachment_id", JSON_ID, false, offsetof(struct schedule_body, attachment_id), 0 },
        { "send_at", JSON_STR, true, offsetof(struct schedule_body, send_at), 40 },
        { 0 },
    };
    struct schedule_body body = { 0 };
    const struct channel_driver *driver;
    struct ticket_id id;
    struct ticket ticket;
    struct scheduled scheduled;
    struct db_row row;
    int64_t send_at_us, posted_seq;
    bool is_known;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, fields, &body));
    body.text = body.text.p == NULL ? STR("") : str_trim(body.text);
    if (body.client_key.len < 8)
        return FAIL_FIELD(ERR_INVALID, "too_short", "client_key");
    TRY(tickets_lock_for_post(cx, id, body.client_key, &ticket, &driver, &posted_seq));
    TRY(db_opt(cx, &SQL_scheduled_of_key, &is_known, &row, P_ID(cx->account), P_ID(id),
               P_STR(body.client_key)));
    if (is_known) {
        scheduled = scheduled_from_row(&row);
        return res_json(res, 200, write_json, &scheduled);
    }
    /* A service is nobody in whose name it could be said later. */
    if (cx->member.v == 0)
        return FAIL(ERR_FORBIDDEN, "token_not_allowed");
    TRY(read_time(cx, body.send_at, &send_at_us));
    TRY(messages_check(cx, &ticket, driver,
                       &(struct post){ .text = body.text, .attachment_id = body.attachment_id }));
    TRY(add(cx, &ticket, &body, send_at_us, &scheduled));
    audit_add(cx, "message.scheduled", "ticket", id.v, STR(""));
    return res_json(res, 201, write_json, &scheduled);
}

static struct err
patch_scheduled(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "text", JSON_STR, false, offsetof(struct schedule_body, text), 10000 },
        { "send_at", JSON_STR, false, offsetof(struct schedule_body, send_at), 40 },
        { 0 },
    };
    struct schedule_body body = { 0 };
    const struct channel_driver *driver;
    struct ticket ticket;
    struct scheduled scheduled;
    struct post post;
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(req_body(req, fields, &body));
    TRY(lock_mine(cx, id, &ticket, &driver, &scheduled));
    if (body.text.p != NULL)
        scheduled.text = str_trim(body.text);
    if (body.send_at.p != NULL)
        TRY(read_time(cx, body.send_at, &scheduled.send_at_us));
    else
        TRY(check_time(cx, scheduled.send_at_us));
    post = post_of(&scheduled);
    TRY(messages_check(cx, &ticket, driver, &post));
    scheduled.state = STR("pending");
    scheduled.error_slug = (struct str){ 0 };
    save(cx, &ticket, &scheduled);
    audit_add(cx, "message.rescheduled", "ticket", ticket.id.v, STR(""));
    return res_json(res, 200, write_json, &scheduled);
}

static struct err
delete_scheduled(struct cx *cx, struct req *req, struct res *res)
{
    const struct channel_driver *driver;
    struct ticket ticket;
    struct scheduled scheduled;
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(lock_mine(cx, id, &ticket, &driver, &scheduled));
    scheduled.state = STR("cancelled");
    scheduled.error_slug = (struct str){ 0 };
    save(cx, &ticket, &scheduled);
    audit_add(cx, "message.unscheduled", "ticket", ticket.id.v, STR(""));
    return res_empty(res, 204);
}

static struct err
post_send(struct cx *cx, struct req *req, struct res *res)
{
    const struct channel_driver *driver;
    struct ticket ticket;
    struct scheduled scheduled;
    struct message message;
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(lock_mine(cx, id, &ticket, &driver, &scheduled));
    TRY(say(cx, &ticket, driver, &scheduled, &message));
    scheduled.state = STR("sent");
    scheduled.error_slug = (struct str){ 0 };
    save(cx, &ticket, &scheduled);
    return res_json(res, 200, message_write_json, &message);
}

const struct route schedule_routes[] = {
    { GET, "/api/v1/tickets/:id/scheduled", "tickets.view", TX_READ, get_scheduled, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/tickets/:id/scheduled", "messages.schedule", TX_WRITE, post_scheduled,
      ACCESS_MEMBER, BODY_JSON, "message.scheduled" },
    { PATCH, "/api/v1/scheduled/:id", "messages.schedule", TX_WRITE, patch_scheduled, ACCESS_MEMBER,
      BODY_JSON, "message.rescheduled" },
    { DELETE, "/api/v1/scheduled/:id", "messages.schedule", TX_WRITE, delete_scheduled,
      ACCESS_MEMBER, BODY_NONE, "message.unscheduled" },
    { POST, "/api/v1/scheduled/:id/send", "messages.schedule", TX_WRITE, post_send, ACCESS_MEMBER,
      BODY_NONE, "message.sent" },
    { 0 },
};

/* Job "message.scheduled" ---------------------------------------------------------- */

struct err
message_scheduled_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                       struct job_outcome *out)
{
    const struct channel_driver *driver;
    struct ticket ticket;
    struct scheduled scheduled;
    struct message message;
    struct err e;
    int64_t version;

    (void)answer;
    (void)out;
    if (!str_i64(job->arg, &version))
        return FAIL(ERR_INVALID, "arg_invalid");
    TRY(lock(cx, job->subject_id, &ticket, &driver, &scheduled));
    if (scheduled.version != version || !str_eq(scheduled.state, STR("pending")))
        return OK;

    /* What decides is the author's right to reply now. */
    cx->member = scheduled.author;
    e = say(cx, &ticket, driver, &scheduled, &message);
    cx->member = (struct member_id){ 0 };
    if (e.code == ERR_RETRY || e.code == ERR_UNAVAILABLE)
        return e;
    scheduled.state = e.code == ERR_NONE ? STR("sent") : STR("failed");
    scheduled.error_slug = e.code == ERR_NONE ? (struct str){ 0 } : str_of(e.slug);
    save(cx, &ticket, &scheduled);
    if (e.code != ERR_NONE)
        log_info("message.scheduled_failed", "scheduled=%lld ticket=%lld why=%s",
                 (long long)scheduled.id, (long long)ticket.id.v, e.slug);
    return OK;
}
