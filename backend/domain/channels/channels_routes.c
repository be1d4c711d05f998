#include "channels_private.h"

#include "base/clock.h"
#include "base/crypto.h"
#include "domain/audit/audit.h"
#include "domain/uses/uses.h"
#include "domain/variables/variables.h"

#include "channels.sql.h"

enum { HOOK_TOKEN_BYTES = 24, PUBLIC_KEY_BYTES = 15, TEST_STEPS = 8, TEST_TIMEOUT_MS = 8000 };

struct channel_view {
    struct cx *cx;
    const struct channel *channel;
    int64_t last_event_at_us;
};

static void
write_channel(struct json_out *o, const void *value)
{
    const struct channel_view *view = value;
    const struct channel *c = view->channel;
    struct arena *a = view->cx->arena;

    json_open(o, '{');
    json_kv_i64(o, "id", c->id.v);
    json_kv_str(o, "kind", str_of(c->driver->kind));
    json_kv_str(o, "name", c->name);
    json_kv_i64(o, "department_id", c->department.v);
    json_kv_bool(o, "is_active", c->is_active);
    json_kv_str(o, "state", c->state);
    json_kv_str(o, "state_reason", c->state_reason);
    json_kv_str(o, "welcome_text", c->welcome_text);
    json_key(o, "settings");
    json_put_raw(o, c->settings);
    json_key(o, "secrets_set");
    json_put_raw(o, c->secrets_set);
    json_kv_str(o, "hook_url",
                str_fmt(a, "%s/hooks/%.*s", view->cx->conf->public_url, STR_ARG(c->hook_token)));
    json_kv_str(o, "verify_token", channels_verify_token(view->cx, c));
    json_kv_str(o, "public_key", c->public_key);
    json_kv_time(o, "last_event_at", view->last_event_at_us);
    json_kv_time(o, "created_at", c->created_at_us);
    json_close(o, '}');
}

static int64_t
last_event_of(const struct db_rows *last, struct channel_id id)
{
    for (int i = 0; i < last->count; i++) {
        struct db_row row = db_row_at(last, i);

        if (db_i64(&row, 0) == id.v)
            return db_time(&row, 1);
    }
    return 0;
}

static struct err
get_channels(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows, last;
    struct json_out o;

    (void)req;
    TRY(channels_list(cx, &rows));
    TRY(db_many(cx, &SQL_channel_last_events, &last, P_ID(cx->account)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct channel channel = channels_at(&rows, i);
        struct channel_view view = { cx, &channel, last_event_of(&last, channel.id) };

        if (channel.driver != NULL)
            write_channel(&o, &view);
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return OK;
}

static struct err
answer_channel(struct cx *cx, struct res *res, int status, const struct channel *channel)
{
    struct channel_view view = { .cx = cx, .channel = channel };
    struct db_rows last;

    TRY(db_many(cx, &SQL_channel_last_events, &last, P_ID(cx->account)));
    view.last_event_at_us = last_event_of(&last, channel->id);
    return res_json(res, status, write_channel, &view);
}

static struct err
get_channel(struct cx *cx, struct req *req, struct res *res)
{
    struct channel_id id;
    struct channel channel;

    TRY(req_path_id(req, "id", &id.v));
    TRY(channels_get(cx, id, &channel));
    return answer_channel(cx, res, 200, &channel);
}

struct channel_body {
    struct str kind, name, welcome_text;
    int64_t department_id;
    bool is_active;
    const struct json *settings;
};

static const struct json_field create_fields[] = {
    { "kind", JSON_STR, true, offsetof(struct channel_body, kind), 40 },
    { "name", JSON_STR, true, offsetof(struct channel_body, name), 80 },
    { "department_id", JSON_ID, true, offsetof(struct channel_body, department_id), 0 },
    { "welcome_text", JSON_STR, false, offsetof(struct channel_body, welcome_text), 1000 },
    { "settings", JSON_ANY, false, offsetof(struct channel_body, settings), 0 },
    { 0 },
};

static const struct json_field edit_fields[] = {
    { "name", JSON_STR, false, offsetof(struct channel_body, name), 80 },
    { "department_id", JSON_ID, false, offsetof(struct channel_body, department_id), 0 },
    { "is_active", JSON_FLAG, false, offsetof(struct channel_body, is_active), 0 },
    { "welcome_text", JSON_STR, false, offsetof(struct channel_body, welcome_text), 1000 },
    { "settings", JSON_ANY, false, offsetof(struct channel_body, settings), 0 },
    { 0 },
};

struct side {
    struct cx *cx;
    struct audit_change *change;
    const struct json *other;
    bool is_after;
};

static struct str
as_text(struct arena *a, const struct json *v)
{
    if (v == NULL)
        return (struct str){ 0 };
    return json_kind(v) == JSON_TEXT ? json_text(v) : json_print(a, v);
}

/* One setting, from the side that has it; what both have is told once, from the side after. */
static void
note_setting(struct str key, const struct json *v, void *arg)
{
    struct side *side = arg;
    struct arena *a = side->cx->arena;
    const char *name = str_cstr(a, str_fmt(a, "settings.%.*s", STR_ARG(key)));
    const struct json *other = json_get(side->other, str_cstr(a, key));

    if (side->is_after)
        audit_text(side->change, name, as_text(a, other), as_text(a, v));
    else if (other == NULL)
        audit_text(side->change, name, as_text(a, v), (struct str){ 0 });
}

/* before: zero for a new one. */
static struct err
leave_trail(struct cx *cx, const char *action, const struct channel *before,
            const struct channel *after)
{
    struct audit_change change = { 0 };
    const struct json *was = NULL, *is = NULL;

    audit_id(&change, "department_id", before->department.v, after->department.v);
    audit_flag(&change, "is_active", before->is_active, after->is_active);
    audit_text(&change, "name", before->name, after->name);
    audit_text(&change, "welcome_text", before->welcome_text, after->welcome_text);
    if (before->settings.len > 0)
        TRY(json_parse(cx->arena, before->settings, &was));
    TRY(json_parse(cx->arena, after->settings, &is));
    json_each(is, note_setting, &(struct side){ cx, &change, was, true });
    json_each(was, note_setting, &(struct side){ cx, &change, is, false });
    audit_changed(cx, action, "channel", after->id.v, &change);
    return OK;
}

static struct err
post_channel(struct cx *cx, struct req *req, struct res *res)
{
    struct channel_body body = { 0 };
    struct department department;
    struct channel channel;
    struct db_row row;

    TRY(req_body(req, create_fields, &body));
    if (channels_driver(body.kind) == NULL)
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "kind");
    if (str_trim(body.name).len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    TRY(channels_check_settings(cx, body.settings));
    TRY(variables_require(cx, body.welcome_text, "welcome_text"));
    TRY(org_require_department(cx, (struct department_id){ body.department_id }, &department));

    TRY(db_one(
        cx, &SQL_channel_add, &row, P_ID(cx->account), P_STR(body.kind), P_STR(str_trim(body.name)),
        P_I64(body.department_id), P_STR(crypto_random_text(cx->arena, HOOK_TOKEN_BYTES)),
        P_STR(crypto_random_text(cx->arena, PUBLIC_KEY_BYTES)),
        P_STR(body.settings == NULL ? STR("{}") : json_print(cx->arena, body.settings)),
        P_STR(body.welcome_text.p == NULL ? STR("") : body.welcome_text), P_TIME(cx->now_us)));
    channel = channels_from_row(cx, &row);
    TRY(leave_trail(cx, "channel.created", &(struct channel){ 0 }, &channel));
    return answer_channel(cx, res, 201, &channel);
}

static struct err
patch_channel(struct cx *cx, struct req *req, struct res *res)
{
    struct channel_body body = { 0 };
    const struct json *document;
    struct department department;
    struct channel before, channel;
    struct channel_id id;
    struct db_row row;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, edit_fields, &body));
    TRY(json_parse(cx->arena, req->body, &document));
    if (body.name.p != NULL && str_trim(body.name).len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    TRY(channels_check_settings(cx, body.settings));
    TRY(variables_require(cx, body.welcome_text, "welcome_text"));
    TRY(db_one(cx, &SQL_channel_lock, &row, P_ID(cx->account), P_ID(id)));
    before = channels_from_row(cx, &row);
    if (before.is_active && json_kind(json_get(document, "is_active")) == JSON_BOOL &&
        !body.is_active)
        TRY(uses_require_none(cx, res, "channel", id.v));
    if (body.department_id != 0)
        TRY(org_require_department(cx, (struct department_id){ body.department_id }, &department));

    TRY(db_one(cx, &SQL_channel_edit, &row, P_ID(cx->account), P_ID(id), P_STR(body.name),
               db_p_id(body.department_id),
               json_get(document, "is_active") == NULL ? P_NULL : P_BOOL(body.is_active),
               P_STR(body.welcome_text),
               body.settings == NULL ? P_NULL : P_STR(json_print(cx->arena, body.settings))));
    channel = channels_from_row(cx, &row);
    TRY(leave_trail(cx, "channel.edited", &before, &channel));
    return answer_channel(cx, res, 200, &channel);
}

/* A secret's name, never itself. */
static void
note_secret(struct str key, const struct json *v, void *arg)
{
    struct side *side = arg;
    struct arena *a = side->cx->arena;

    (void)v;
    audit_secret(side->change, str_cstr(a, str_fmt(a, "secrets.%.*s", STR_ARG(key))));
}

/* Credentials have a permission of their own: they are written, never read back. */
static struct err
put_secrets(struct cx *cx, struct req *req, struct res *res)
{
    struct audit_change change = { 0 };
    const struct json *secrets;
    struct channel channel;
    struct channel_id id;
    struct db_row row;

    TRY(req_path_id(req, "id", &id.v));
    TRY(json_parse(cx->arena, req->body, &secrets));
    TRY(channels_check_secrets(cx, secrets));
    TRY(db_one(cx, &SQL_channel_lock, &row, P_ID(cx->account), P_ID(id)));
    channel = channels_from_row(cx, &row);
    TRY(channels_set_secrets(cx, &channel, secrets));
    json_each(secrets, note_secret, &(struct side){ cx, &change, NULL, true });
    audit_changed(cx, "channel.secret_set", "channel", id.v, &change);
    return answer_channel(cx, res, 200, &channel);
}

/*
 * The one place where a request talks to the outside: a person pressed "test this
 * connection" and waits for it. The transaction ends before the first call.
 */
static struct err
run_test(struct cx *cx, const struct channel *channel, struct channel_test_step *steps, int *n)
{
    int64_t deadline_us = clock_monotonic_us() + TEST_TIMEOUT_MS * US_PER_MS;
    struct channel_progress progress = { 0 };
    struct httpc_answer answer, *last = NULL;
    struct channel_config config;

    TRY(channels_config(cx, channel, &config));
    if (channel->driver->test == NULL) {
        /* Nobody stands between us and this channel's customers: it works as it is. */
        steps[(*n)++] = (struct channel_test_step){ .name = "settings_complete", .is_ok = true };
        return OK;
    }
    TRY(db_commit(cx));
    for (;;) {
        int64_t left_ms = (deadline_us - clock_monotonic_us()) / US_PER_MS;

        channel->driver->test(cx->arena, &config, last, &progress, steps, n);
        if (progress.is_done)
            break;
        progress.call.timeout_ms = left_ms > 100 ? left_ms : 100;
        httpc_perform(cx, &progress.call, &answer);
        last = &answer;
    }
    db_begin(cx, TX_WRITE);
    db_set_account(cx, cx->account);
    return OK;
}

static struct err
post_test(struct cx *cx, struct req *req, struct res *res)
{
    struct channel_test_step steps[TEST_STEPS] = { 0 };
    struct channel channel;
    struct channel_id id;
    struct json_out o;
    bool is_ok = true;
    int n = 0;

    TRY(req_path_id(req, "id", &id.v));
    TRY(channels_get(cx, id, &channel));
    TRY(run_test(cx, &channel, steps, &n));
    for (int i = 0; i < n; i++)
        is_ok = is_ok && steps[i].is_ok;
    if (n > 0)
        TRY(channels_set_state(cx, &channel, is_ok ? NULL : steps[n - 1].slug));
    if (is_ok && str_eq(channel.state, STR("connected")))
        channels_want_templates(cx, &channel); /* its account may be another since */
    audit_add(cx, "channel.tested", "channel", id.v, STR(""));

    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_bool(&o, "ok", is_ok);
    json_kv_time(&o, "tested_at", cx->now_us);
    json_key(&o, "steps");
    json_open(&o, '[');
    for (int i = 0; i < n; i++) {
        json_open(&o, '{');
        json_kv_str(&o, "name", str_of(steps[i].name));
        json_kv_bool(&o, "ok", steps[i].is_ok);
        json_kv_str(&o, "slug", str_of(steps[i].slug));
        json_kv_str(&o, "detail", steps[i].detail);
        json_kv_i64(&o, "took_ms", steps[i].took_ms);
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return OK;
}

const struct route channels_routes[] = {
    { GET, "/api/v1/channels", "channels.view", TX_READ, get_channels, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { POST, "/api/v1/channels", "channels.manage", TX_WRITE, post_channel, ACCESS_MEMBER, BODY_JSON,
      "channel.created" },
    { GET, "/api/v1/channels/:id", "channels.view", TX_READ, get_channel, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { PATCH, "/api/v1/channels/:id", "channels.manage", TX_WRITE, patch_channel, ACCESS_MEMBER,
      BODY_JSON, "channel.edited" },
    { PUT, "/api/v1/channels/:id/secrets", "channels.secrets", TX_WRITE, put_secrets, ACCESS_MEMBER,
      BODY_JSON, "channel.secret_set" },
    { POST, "/api/v1/channels/:id/test", "channels.manage", TX_WRITE, post_test, ACCESS_MEMBER,
      BODY_JSON, "channel.tested" },
    { 0 },
};
