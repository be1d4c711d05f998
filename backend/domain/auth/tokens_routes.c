#include "tokens.h"

#include "base/clock.h"
#include "base/crypto.h"
#include "domain/audit/audit.h"
#include "domain/auth/auth.h"
#include "domain/auth/delegation.h"

#include "auth_tokens.sql.h"

#define YEAR_US (365 * US_PER_DAY)

enum { COL_EXPIRES = 11, NETWORKS_MAX = 50, NAME_MAX = 80 };

/* Columns of token_row. */
static void
write_token(struct json_out *o, struct cx *cx, const struct db_row *row)
{
    static const char *const lists[] = { "permissions", "department_ids", "channel_ids",
                                         "networks" };

    json_kv_i64(o, "id", db_i64(row, 0));
    json_kv_str(o, "kind", db_str(row, 1));
    json_kv_str(o, "name", db_str(row, 2));
    json_kv_str(
        o, "prefix",
        str_fmt(cx->arena, "bal_%lld_%lld_", (long long)cx->account.v, (long long)db_i64(row, 0)));
    for (int i = 0; i < 4; i++) {
        bool is_text = i == 0 || i == 3;
        struct str rest = db_str(row, 3 + i), word;

        json_key(o, lists[i]);
        if (rest.p == NULL) {
            json_put_null(o);
            continue;
        }
        rest = (struct str){ rest.p + 1, rest.len - 2 };
        json_open(o, '[');
        while (str_cut(&rest, ',', &word)) {
            if (is_text)
                json_put_str(o, word);
            else
                json_put_raw(o, word);
        }
        json_close(o, ']');
    }
    json_kv_i64(o, "masks", db_i64(row, 7));
    json_kv_id(o, "member_id", db_i64(row, 8));
    json_kv_id(o, "created_by", db_i64(row, 9));
    json_kv_time(o, "created_at", db_time(row, 10));
    json_kv_time(o, "expires_at", db_time(row, COL_EXPIRES));
    json_kv_time(o, "last_used_at", db_time(row, 12));
    json_kv_str(o, "last_address", db_str(row, 13));
    json_kv_time(o, "revoked_at", db_time(row, 14));
}

static struct err
get_tokens(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(db_many(cx, &SQL_token_list, &rows, P_ID(cx->account)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        json_open(&o, '{');
        write_token(&o, cx, &row);
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

/* --- making one -------------------------------------------------------------------------- */

struct token_body {
    struct str kind, name, expires_at;
    struct json_strs permissions, networks;
    const struct json *department_ids, *channel_ids; /* absent or null: every one */
    bool never_expires;
};

static const struct json_field token_fields[] = {
    { "channel_ids", JSON_ANY, false, offsetof(struct token_body, channel_ids), 0 },
    { "department_ids", JSON_ANY, false, offsetof(struct token_body, department_ids), 0 },
    { "expires_at", JSON_STR, false, offsetof(struct token_body, expires_at), 40 },
    { "kind", JSON_STR, true, offsetof(struct token_body, kind), 20 },
    { "name", JSON_STR, true, offsetof(struct token_body, name), NAME_MAX },
    { "networks", JSON_STRS, false, offsetof(struct token_body, networks), NETWORKS_MAX },
    { "never_expires", JSON_FLAG, false, offsetof(struct token_body, never_expires), 0 },
    { "permissions", JSON_STRS, true, offsetof(struct token_body, permissions), 256 },
    { 0 },
};

/* What a body asks for, read and judged by itself; whether the caller may give it comes after. */
struct wish {
    bool is_personal, is_bot;
    struct reach reach;
    struct str networks; /* a PostgreSQL array; .p NULL: none of its own */
    int64_t expires_us;  /* 0: never */
};

static struct err
read_ids(struct cx *cx, const struct json *list, const char *field, bool *every,
         struct json_ids *out)
{
    int64_t *ids;

    *every = list == NULL || json_kind(list) == JSON_NULL;
    if (*every)
        return OK;
    if (json_kind(list) != JSON_ARRAY || json_len(list) == 0 || json_len(list) > 100)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", field);
    ids = arena_array(cx->arena, int64_t, json_len(list));
    for (size_t i = 0; i < json_len(list); i++)
        if (json_kind(json_at(list, i)) != JSON_NUMBER || !json_i64(json_at(list, i), &ids[i]) ||
            ids[i] <= 0)
            return FAIL_FIELD(ERR_INVALID, "wrong_type", field);
    *out = (struct json_ids){ ids, json_len(list) };
    return OK;
}

static struct err
read_networks(struct cx *cx, struct json_strs lines, struct str *out)
{
    struct buf array = { .arena = cx->arena };

    *out = (struct str){ 0 };
    if (lines.n == 0)
        return OK;
    for (size_t i = 0; i < lines.n; i++) {
        struct net_block block;

        if (net_parse_block(lines.v[i], &block).code != ERR_NONE)
            return FAIL_FIELD(ERR_INVALID, "network_invalid", "networks");
        buf_fmt(&array, "%s%.*s", i == 0 ? "{" : ",", STR_ARG(lines.v[i]));
    }
    buf_char(&array, '}');
    *out = buf_str(&array);
    return OK;
}

static struct err
read_permissions(const struct token_body *body, struct wish *wish)
{
    for (size_t i = 0; i < body->permissions.n; i++) {
        const struct permission *p = permissions_find(body->permissions.v[i]);

        if (p == NULL)
            return FAIL_FIELD(ERR_INVALID, "permission_unknown", "permissions");
        if (!tokens_may_hold(p, wish->is_personal, wish->networks.p != NULL))
            return FAIL_FIELD(ERR_FORBIDDEN, "token_not_allowed", "permissions");
        permissions_add(&wish->reach.permissions, p);
    }
    return body->permissions.n == 0 ? FAIL_FIELD(ERR_INVALID, "required", "permissions") : OK;
}

static struct err
read_expiry(struct cx *cx, const struct token_body *body, int64_t *out)
{
    *out = body->never_expires ? 0 : cx->now_us + YEAR_US;
    if (body->expires_at.len == 0 || body->never_expires)
        return OK;
    if (!clock_parse(body->expires_at, out) || *out <= cx->now_us)
        return FAIL_FIELD(ERR_INVALID, "time_invalid", "expires_at");
    return OK;
}

static struct err
read_wish(struct cx *cx, const struct token_body *body, struct wish *wish)
{
    *wish = (struct wish){ .is_personal = str_eq(body->kind, STR("personal")),
                           .is_bot = str_eq(body->kind, STR("chatbot")) };
    if (!wish->is_personal && !wish->is_bot && !str_eq(body->kind, STR("service")))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "kind");
    TRY(read_networks(cx, body->networks, &wish->networks));
    TRY(read_permissions(body, wish));
    TRY(read_ids(cx, body->department_ids, "department_ids", &wish->reach.every_department,
                 &wish->reach.departments));
    TRY(read_ids(cx, body->channel_ids, "channel_ids", &wish->reach.every_channel,
                 &wish->reach.channels));
    TRY(read_expiry(cx, body, &wish->expires_us));
    if (wish->is_bot && wish->reach.channels.n != 1)
        return FAIL_FIELD(ERR_INVALID, "one_channel", "channel_ids");
    return OK;
}

/*
 * Never wider than whoever makes it. A personal token is narrowed by its member at every
 * call, so lists that it leaves open are theirs; a chatbot's reach is its channel, whatever
 * departments its tickets are in.
 */
static struct err
require_grant(struct cx *cx, struct wish *wish)
{
    struct reach mine = auth_reach_of(cx, cx->access);
    struct reach *reach = &wish->reach;

    reach->masks = cx->access->masks;
    reach->scope = reach->every_department ? SCOPE_ACCOUNT : SCOPE_DEPARTMENT;
    if (wish->is_bot) {
        reach->scope = SCOPE_OWN;
        reach->every_department = false;
    }
    if (wish->is_personal) {
        reach->scope = mine.scope;
        if (reach->every_channel) {
            reach->every_channel = mine.every_channel;
            reach->channels = mine.channels;
        }
    }
    return auth_may_grant(cx, NULL, reach);
}

static struct err
require_known(struct cx *cx, const struct reach *reach)
{
    struct arena *a = cx->arena;
    struct db_row row;

    TRY(db_one(cx, &SQL_token_unknown_ids, &row, P_ID(cx->account),
               db_p_i64s(a, reach->departments.v, reach->departments.n),
               db_p_i64s(a, reach->channels.v, reach->channels.n)));
    if (db_i64(&row, 0) > 0)
        return FAIL_FIELD(ERR_NOT_FOUND, "department_unknown", "department_ids");
    if (db_i64(&row, 1) > 0)
        return FAIL_FIELD(ERR_NOT_FOUND, "channel_unknown", "channel_ids");
    return OK;
}

static struct db_param
ids_or_null(struct cx *cx, struct json_ids ids)
{
    return ids.n == 0 ? P_NULL : db_p_i64s(cx->arena, ids.v, ids.n);
}

static struct str
joined(struct cx *cx, struct json_strs words)
{
    struct buf b = { .arena = cx->arena };

    for (size_t i = 0; i < words.n; i++)
        buf_fmt(&b, "%s%.*s", i == 0 ? "" : " ", STR_ARG(words.v[i]));
    return buf_str(&b);
}

static struct str
printed(struct cx *cx, struct json_ids ids)
{
    struct buf b = { .arena = cx->arena };

    for (size_t i = 0; i < ids.n; i++)
        buf_fmt(&b, "%s%lld", i == 0 ? "" : " ", (long long)ids.v[i]);
    return ids.n == 0 ? (struct str){ 0 } : buf_str(&b);
}

static void
leave_trail(struct cx *cx, int64_t id, const struct token_body *body, const struct wish *wish)
{
    struct audit_change change = { 0 };
    const struct str none = { 0 };
    char iso[CLOCK_ISO_BYTES];

    audit_text(&change, "channel_ids", none, printed(cx, wish->reach.channels));
    audit_text(&change, "department_ids", none, printed(cx, wish->reach.departments));
    audit_text(&change, "expires_at", none,
               wish->expires_us == 0 ? STR("never") : clock_iso(wish->expires_us, iso));
    audit_text(&change, "kind", none, body->kind);
    audit_text(&change, "name", none, str_trim(body->name));
    audit_text(&change, "networks", none, wish->networks);
    audit_text(&change, "permissions", none, joined(cx, body->permissions));
    audit_secret(&change, "secret");
    audit_changed(cx, "token.created", "token", id, &change);
}

static struct err
post_token(struct cx *cx, struct req *req, struct res *res)
{
    struct token_body body = { 0 };
    uint8_t hash[CRYPTO_SHA256_BYTES];
    struct token_text token;
    struct db_row row;
    struct json_out o;
    struct wish wish;

    TRY(req_body(req, token_fields, &body));
    if (str_trim(body.name).len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    TRY(read_wish(cx, &body, &wish));
    TRY(require_known(cx, &wish.reach));
    TRY(require_grant(cx, &wish));
    token = (struct token_text){ .account = cx->account.v,
                                 .secret = crypto_random_text(cx->arena, TOKEN_SECRET_BYTES) };
    crypto_sha256(token.secret, hash);
    TRY(db_one(
        cx, &SQL_token_add, &row, P_ID(cx->account), P_STR(body.kind), P_STR(str_trim(body.name)),
        db_p_bytes(cx->arena, (struct str){ (const char *)hash, sizeof hash }),
        wish.is_personal ? P_ID(cx->member) : P_NULL, P_ID(cx->member),
        db_p_strs(cx->arena, body.permissions.v, body.permissions.n),
        ids_or_null(cx, wish.reach.departments),
        wish.is_personal && (body.channel_ids == NULL || json_kind(body.channel_ids) == JSON_NULL)
            ? P_NULL
            : ids_or_null(cx, wish.reach.channels),
        P_I64(cx->access->masks), P_STR(wish.networks), P_TIME(wish.expires_us),
        P_TIME(cx->now_us)));
    token.id = db_i64(&row, 0);
    leave_trail(cx, token.id, &body, &wish);
    o = res_json_begin(res, 201);
    json_open(&o, '{');
    json_kv_str(&o, "secret", token_print(cx->arena, &token));
    json_key(&o, "token");
    json_open(&o, '{');
    write_token(&o, cx, &row);
    json_close(&o, '}');
    json_close(&o, '}');
    return res_json_end(res);
}

/* Twice is as good as once. */
static struct err
delete_token(struct cx *cx, struct req *req, struct res *res)
{
    struct audit_change change = { 0 };
    struct db_row row;
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(db_one(cx, &SQL_token_lock, &row, P_ID(cx->account), P_I64(id)));
    db_queue(cx, &SQL_token_revoke, P_ID(cx->account), P_I64(id), P_TIME(cx->now_us),
             P_ID(cx->member));
    audit_text(&change, "name", db_str(&row, 2), (struct str){ 0 });
    audit_changed(cx, "token.revoked", "token", id, &change);
    return res_empty(res, 204);
}

const struct route tokens_routes[] = {
    { GET, "/api/v1/tokens", "tokens.view", TX_READ, get_tokens, ACCESS_MEMBER, BODY_NONE, NULL },
    { POST, "/api/v1/tokens", "tokens.create", TX_WRITE, post_token, ACCESS_MEMBER, BODY_JSON,
      "token.created" },
    { DELETE, "/api/v1/tokens/:id", "tokens.revoke", TX_WRITE, delete_token, ACCESS_MEMBER,
      BODY_NONE, "token.revoked" },
    { 0 },
};
