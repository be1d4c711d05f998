#include "notices_private.h"

#include "base/clock.h"
#include "base/vapid.h"
#include "domain/auth/auth.h"

#include "notices.sql.h"

static void
write_subscriptions(struct json_out *o, const struct db_rows *rows)
{
    json_open(o, '[');
    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);

        json_open(o, '{');
        json_kv_i64(o, "id", db_i64(&row, 0));
        json_key(o, "device");
        agent_write(o, db_str(&row, 1));
        json_kv_time(o, "created_at", db_time(&row, 2));
        json_kv_time(o, "sent_at", db_time(&row, 3));
        json_kv_str(o, "problem", db_str(&row, 4));
        json_kv_str(o, "digest", db_str(&row, 5));
        json_close(o, '}');
    }
    json_close(o, ']');
}

static void
write_minute(struct json_out *o, const char *key, const struct db_row *row, int col)
{
    json_key(o, key);
    if (db_is_null(row, col))
        json_put_null(o);
    else
        json_put_i64(o, db_i64(row, col));
}

static struct err
write_settings(struct cx *cx, struct res *res)
{
    static const char *const ways[] = { "page", "sound", "system", "push" };
    struct db_rows subscriptions;
    struct json_out o;
    struct db_row row;

    db_ask(cx, &SQL_push_subscriptions_list, &subscriptions, P_ID(cx->account), P_ID(cx->member));
    TRY(db_one(cx, &SQL_notice_choices_get, &row, P_ID(cx->account), P_ID(cx->member)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    for (int way = 0; way < 4; way++) {
        json_key(&o, ways[way]);
        json_put_raw(&o, db_str(&row, way));
    }
    json_kv_str(&o, "tune", db_str(&row, 4));
    json_kv_i64(&o, "volume", db_i64(&row, 5));
    json_kv_bool(&o, "repeats", db_bool(&row, 6));
    json_kv_bool(&o, "only_away", db_bool(&row, 7));
    write_minute(&o, "quiet_from_min", &row, 8);
    write_minute(&o, "quiet_until_min", &row, 9);
    json_kv_str(&o, "push_key", vapid_key(cx->arena));
    json_key(&o, "subscriptions");
    write_subscriptions(&o, &subscriptions);
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
get_settings(struct cx *cx, struct req *req, struct res *res)
{
    (void)req;
    return write_settings(cx, res);
}

static struct err
put_settings(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "page", JSON_STRS, true, offsetof(struct notice_choices, page), 20 },
        { "sound", JSON_STRS, true, offsetof(struct notice_choices, sound), 20 },
        { "system", JSON_STRS, true, offsetof(struct notice_choices, system), 20 },
        { "push", JSON_STRS, true, offsetof(struct notice_choices, push), 20 },
        { "tune", JSON_STR, true, offsetof(struct notice_choices, tune), 20 },
        { "volume", JSON_I64, true, offsetof(struct notice_choices, volume), 0 },
        { "repeats", JSON_FLAG, true, offsetof(struct notice_choices, repeats), 0 },
        { "only_away", JSON_FLAG, true, offsetof(struct notice_choices, only_away), 0 },
        { "quiet_from_min", JSON_I64, false, offsetof(struct notice_choices, quiet_from_min), 0 },
        { "quiet_until_min", JSON_I64, false, offsetof(struct notice_choices, quiet_until_min), 0 },
        { 0 },
    };
    struct notice_choices choices = { .quiet_from_min = -1, .quiet_until_min = -1 };

    TRY(req_body(req, fields, &choices));
    choices.has_quiet = choices.quiet_from_min != -1 || choices.quiet_until_min != -1;
    if (choices.has_quiet && choices.quiet_from_min == -1)
        return FAIL_FIELD(ERR_INVALID, "required", "quiet_from_min");
    if (choices.has_quiet && choices.quiet_until_min == -1)
        return FAIL_FIELD(ERR_INVALID, "required", "quiet_until_min");
    TRY(notices_choose(cx, &choices));
    return write_settings(cx, res);
}

struct subscribe_body {
    struct str endpoint;
};

static struct err
post_subscription(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "endpoint", JSON_STR, true, offsetof(struct subscribe_body, endpoint), 1000 },
        { 0 },
    };
    struct subscribe_body body = { 0 };
    struct json_out o;
    int64_t id;
    bool is_new;

    TRY(req_body(req, fields, &body));
    TRY(notices_subscribe(cx, body.endpoint, agent_of(req), &id, &is_new));
    o = res_json_begin(res, is_new ? 201 : 200);
    json_open(&o, '{');
    json_kv_i64(&o, "id", id);
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
delete_subscription(struct cx *cx, struct req *req, struct res *res)
{
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(notices_unsubscribe(cx, id));
    return res_empty(res, 204);
}

static struct err
post_test(struct cx *cx, struct req *req, struct res *res)
{
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(notices_try(cx, id));
    return res_empty(res, 202);
}

#define LATELY_US (6 * US_PER_HOUR)

static struct err
get_notices(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(db_many(cx, &SQL_person_notices, &rows, P_ID(cx->user), P_TIME(cx->now_us - LATELY_US)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        json_open(&o, '{');
        json_kv_i64(&o, "id", db_i64(&row, 0));
        json_kv_i64(&o, "account_id", db_i64(&row, 1));
        json_kv_str(&o, "account_slug", db_str(&row, 2));
        json_kv_str(&o, "kind", db_str(&row, 3));
        json_kv_id(&o, "ticket_id", db_i64(&row, 4));
        json_kv_str(&o, "protocol", db_str(&row, 5));
        json_kv_id(&o, "channel_id", db_i64(&row, 6));
        json_kv_bool(&o, "is_late", db_bool(&row, 8));
        json_kv_time(&o, "told_at", db_time(&row, 7));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route notices_routes[] = {
    { GET, "/api/v1/notices", NULL, TX_READ, get_notices, ACCESS_SESSION, BODY_NONE, NULL },
    { GET, "/api/v1/me/notices", ROUTE_ANY_MEMBER, TX_READ, get_settings, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { PUT, "/api/v1/me/notices", ROUTE_ANY_MEMBER, TX_WRITE, put_settings, ACCESS_MEMBER, BODY_JSON,
      "notices.edited" },
    { POST, "/api/v1/me/push", ROUTE_ANY_MEMBER, TX_WRITE, post_subscription, ACCESS_MEMBER,
      BODY_JSON, "push.subscribed" },
    { DELETE, "/api/v1/me/push/:id", ROUTE_ANY_MEMBER, TX_WRITE, delete_subscription, ACCESS_MEMBER,
      BODY_NONE, "push.unsubscribed" },
    { POST, "/api/v1/me/push/:id/test", ROUTE_ANY_MEMBER, TX_WRITE, post_test, ACCESS_MEMBER,
      BODY_NONE, "push.tested" },
    { 0 },
};
