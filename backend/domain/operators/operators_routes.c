#include "operators.h"

#include "operators.sql.h"

static void
write_account(struct json_out *o, const struct db_row *row)
{
    json_open(o, '{');
    json_kv_i64(o, "id", db_i64(row, 0));
    json_kv_str(o, "name", db_str(row, 1));
    json_kv_str(o, "slug", db_str(row, 2));
    json_kv_str(o, "state", db_str(row, 3));
    json_kv_time(o, "created_at", db_time(row, 4));
    json_kv_i64(o, "members", db_i64(row, 5));
    json_kv_i64(o, "tickets_today", db_i64(row, 6));
    json_kv_i64(o, "storage_bytes", db_i64(row, 7));
    json_kv_i64(o, "channels", db_i64(row, 8));
    json_kv_i64(o, "channels_failing", db_i64(row, 9));
    json_close(o, '}');
}

static struct err
get_accounts(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(operators_list_accounts(cx, &rows));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        write_account(&o, &row);
    }
    json_close(&o, ']');
    json_kv_time(&o, "as_of", cx->now_us);
    json_close(&o, '}');
    return OK;
}

static const struct json_field opening_fields[] = {
    { "name", JSON_STR, true, offsetof(struct account_opening, name), 120 },
    { "slug", JSON_STR, true, offsetof(struct account_opening, slug), 60 },
    { "owner_email", JSON_STR, true, offsetof(struct account_opening, owner_email), 254 },
    { "owner_name", JSON_STR, false, offsetof(struct account_opening, owner_name), 120 },
    { 0 },
};

static struct err
post_account(struct cx *cx, struct req *req, struct res *res)
{
    struct account_opening opening = { 0 };
    struct account_opened opened;
    struct json_out o;

    TRY(req_body(req, opening_fields, &opening));
    TRY(operators_open_account(cx, &opening, &opened));
    o = res_json_begin(res, 201);
    json_open(&o, '{');
    json_kv_i64(&o, "id", opened.id.v);
    json_kv_bool(&o, "owner_is_known", opened.is_known);
    json_kv_str(&o, "password", opened.password);
    json_close(&o, '}');
    return OK;
}

static struct err
set_state(struct cx *cx, struct req *req, struct res *res, const char *state)
{
    struct account_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(operators_set_state(cx, id, state));
    return res_empty(res, 204);
}

static struct err
post_suspend(struct cx *cx, struct req *req, struct res *res)
{
    return set_state(cx, req, res, "suspended");
}

static struct err
post_resume(struct cx *cx, struct req *req, struct res *res)
{
    return set_state(cx, req, res, "active");
}

static struct err
get_health(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows queues, dead;
    struct db_row inbound;
    struct json_out o;

    (void)req;
    TRY(db_many_(cx, &SQL_health_queues, &queues, NULL, 0));
    TRY(db_many_(cx, &SQL_health_dead, &dead, NULL, 0));
    TRY(db_one_(cx, &SQL_health_inbound, &inbound, NULL, 0));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "queues");
    json_open(&o, '[');
    for (int i = 0; i < queues.count; i++) {
        struct db_row row = db_row_at(&queues, i);

        json_open(&o, '{');
        json_kv_str(&o, "queue", db_str(&row, 0));
        json_kv_i64(&o, "waiting", db_i64(&row, 1));
        json_kv_i64(&o, "oldest_s", db_i64(&row, 2));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_key(&o, "dead");
    json_open(&o, '[');
    for (int i = 0; i < dead.count; i++) {
        struct db_row row = db_row_at(&dead, i);

        json_open(&o, '{');
        json_kv_str(&o, "kind", db_str(&row, 0));
        json_kv_i64(&o, "count", db_i64(&row, 1));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_key(&o, "inbound");
    json_open(&o, '{');
    json_kv_i64(&o, "pending", db_i64(&inbound, 0));
    json_kv_i64(&o, "oldest_s", db_i64(&inbound, 1));
    json_close(&o, '}');
    json_kv_time(&o, "as_of", cx->now_us);
    json_close(&o, '}');
    return OK;
}

const struct route operators_routes[] = {
    { GET, "/api/v1/operator/accounts", NULL, TX_READ, get_accounts, ACCESS_OPERATOR, BODY_NONE,
      NULL },
    { POST, "/api/v1/operator/accounts", NULL, TX_WRITE, post_account, ACCESS_OPERATOR, BODY_JSON,
      "account.created" },
    { POST, "/api/v1/operator/accounts/:id/suspend", NULL, TX_WRITE, post_suspend, ACCESS_OPERATOR,
      BODY_JSON, "account.suspended" },
    { POST, "/api/v1/operator/accounts/:id/resume", NULL, TX_WRITE, post_resume, ACCESS_OPERATOR,
      BODY_JSON, "account.resumed" },
    { GET, "/api/v1/operator/health", NULL, TX_READ, get_health, ACCESS_OPERATOR, BODY_NONE, NULL },
    { 0 },
};
