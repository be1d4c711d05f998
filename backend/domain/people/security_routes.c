/* How an account wants its people to sign in: one row, read by signing in and by the gate. */
#include "changes.h"
#include "domain/audit/audit.h"
#include "people.h"

#include "people_security.sql.h"

struct security {
    int64_t password_min, session_idle_s, session_absolute_s, trusted_device_days;
    bool allows_several_sessions;
};

static struct security
security_from_row(const struct db_row *row)
{
    return (struct security){
        .password_min = db_i64(row, 0),
        .session_idle_s = db_i64(row, 1),
        .session_absolute_s = db_i64(row, 2),
        .allows_several_sessions = db_bool(row, 3),
        .trusted_device_days = db_i64(row, 4),
    };
}

static void
security_write_json(struct json_out *o, const void *value)
{
    const struct security *s = value;

    json_open(o, '{');
    json_kv_i64(o, "password_min", s->password_min);
    json_kv_i64(o, "session_idle_s", s->session_idle_s);
    json_kv_i64(o, "session_absolute_s", s->session_absolute_s);
    json_kv_bool(o, "allows_several_sessions", s->allows_several_sessions);
    json_kv_i64(o, "trusted_device_days", s->trusted_device_days);
    json_close(o, '}');
}

static struct err
get_security(struct cx *cx, struct req *req, struct res *res)
{
    struct security security;
    struct db_row row;

    (void)req;
    TRY(db_one(cx, &SQL_security_get, &row, P_ID(cx->account)));
    security = security_from_row(&row);
    return res_json(res, 200, security_write_json, &security);
}

static const struct json_field security_fields[] = {
    { "allows_several_sessions", JSON_FLAG, false,
      offsetof(struct security, allows_several_sessions), 0 },
    { "password_min", JSON_I64, false, offsetof(struct security, password_min), 0 },
    { "session_absolute_s", JSON_I64, false, offsetof(struct security, session_absolute_s), 0 },
    { "session_idle_s", JSON_I64, false, offsetof(struct security, session_idle_s), 0 },
    { "trusted_device_days", JSON_I64, false, offsetof(struct security, trusted_device_days), 0 },
    { 0 },
};

static struct err
check(const struct security *s)
{
    const struct {
        int64_t value, least, most;
        const char *field;
    } rules[] = {
        { s->password_min, 8, 64, "password_min" },
        { s->session_idle_s, 300, 43200, "session_idle_s" },
        { s->session_absolute_s, 3600, 86400, "session_absolute_s" },
        { s->trusted_device_days, 0, 90, "trusted_device_days" },
        { s->session_absolute_s - s->session_idle_s, 0, 86400, "session_idle_s" },
    };

    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (rules[i].value < rules[i].least || rules[i].value > rules[i].most)
            return FAIL_FIELD(ERR_INVALID, "out_of_range", rules[i].field);
    return OK;
}

static struct err
patch_security(struct cx *cx, struct req *req, struct res *res)
{
    struct security before, after;
    struct db_row row;

    TRY(db_one(cx, &SQL_security_lock, &row, P_ID(cx->account)));
    before = after = security_from_row(&row);
    TRY(req_body(req, security_fields, &after));
    TRY(check(&after));
    TRY(db_exec(cx, &SQL_security_save, NULL, P_ID(cx->account), P_I64(after.password_min),
                P_I64(after.session_idle_s), P_I64(after.session_absolute_s),
                P_BOOL(after.allows_several_sessions), P_I64(after.trusted_device_days)));

    const struct change changes[] = {
        { "allows_several_sessions", change_flag(before.allows_several_sessions),
          change_flag(after.allows_several_sessions) },
        { "password_min", change_i64(cx, before.password_min), change_i64(cx, after.password_min) },
        { "session_absolute_s", change_i64(cx, before.session_absolute_s),
          change_i64(cx, after.session_absolute_s) },
        { "session_idle_s", change_i64(cx, before.session_idle_s),
          change_i64(cx, after.session_idle_s) },
        { "trusted_device_days", change_i64(cx, before.trusted_device_days),
          change_i64(cx, after.trusted_device_days) },
        { 0 },
    };

    audit_add(cx, "security.edited", "account", cx->account.v, changes_print(cx, changes));
    return res_json(res, 200, security_write_json, &after);
}

const struct route security_routes[] = {
    { GET, "/api/v1/security", "groups.view", TX_READ, get_security, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { PATCH, "/api/v1/security", "security.manage", TX_WRITE, patch_security, ACCESS_MEMBER,
      BODY_JSON, "security.edited" },
    { 0 },
};
