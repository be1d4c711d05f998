/* One's own profile: the name everywhere, and how one is called and signs in this account. */
#include "changes.h"
#include "domain/audit/audit.h"
#include "people.h"

#include "people_profile.sql.h"

static struct err
write_profile(struct cx *cx, struct res *res)
{
    struct json_out o;
    struct db_row row;

    TRY(db_one(cx, &SQL_profile_get, &row, P_ID(cx->account), P_ID(cx->member)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_i64(&o, "member_id", cx->member.v);
    json_kv_str(&o, "email", db_str(&row, 0));
    json_kv_str(&o, "name", db_str(&row, 1));
    json_kv_str(&o, "display_name", db_str(&row, 2));
    json_kv_str(&o, "signature", db_str(&row, 3));
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
get_me(struct cx *cx, struct req *req, struct res *res)
{
    (void)req;
    return write_profile(cx, res);
}

struct me_body {
    struct str name, display_name, signature;
};

/* What a person may say of themselves; group, scope and the rest are unknown members here. */
static struct err
patch_me(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "display_name", JSON_STR, false, offsetof(struct me_body, display_name), 80 },
        { "name", JSON_STR, false, offsetof(struct me_body, name), 80 },
        { "signature", JSON_STR, false, offsetof(struct me_body, signature), 300 },
        { 0 },
    };
    struct me_body body = { 0 };
    struct db_row was, is;

    TRY(req_body(req, fields, &body));
    if (body.name.p != NULL && str_trim(body.name).len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    if (body.display_name.p != NULL && str_trim(body.display_name).len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "display_name");
    TRY(db_one(cx, &SQL_profile_get, &was, P_ID(cx->account), P_ID(cx->member)));
    if (body.name.p != NULL)
        db_queue(cx, &SQL_profile_name, P_I64(cx->session_id), P_STR(str_trim(body.name)));
    db_queue(cx, &SQL_profile_save, P_ID(cx->account), P_ID(cx->member),
             P_STR(body.display_name.p == NULL ? body.display_name : str_trim(body.display_name)),
             P_STR(body.signature));
    TRY(db_one(cx, &SQL_profile_get, &is, P_ID(cx->account), P_ID(cx->member)));

    const struct change changes[] = {
        { "display_name", change_text(cx, db_str(&was, 2)), change_text(cx, db_str(&is, 2)) },
        { "name", change_text(cx, db_str(&was, 1)), change_text(cx, db_str(&is, 1)) },
        { "signature", change_text(cx, db_str(&was, 3)), change_text(cx, db_str(&is, 3)) },
        { 0 },
    };

    audit_add(cx, "member.edited", "member", cx->member.v, changes_print(cx, changes));
    return write_profile(cx, res);
}

const struct route profile_routes[] = {
    { GET, "/api/v1/me", ROUTE_ANY_MEMBER, TX_READ, get_me, ACCESS_MEMBER, BODY_NONE, NULL },
    { PATCH, "/api/v1/me", ROUTE_ANY_MEMBER, TX_WRITE, patch_me, ACCESS_MEMBER, BODY_JSON,
      "member.edited" },
    { 0 },
};
