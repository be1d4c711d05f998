/* Of whom a request is: the person of a session, the member of a path. */
#include "auth_private.h"

#include "base/clock.h"

#include "auth.sql.h"

struct err
auth_keep(struct cx *cx, struct err e)
{
    if (e.code == ERR_NONE || e.code == ERR_RETRY || e.code == ERR_UNAVAILABLE)
        return e;
    TRY(db_commit(cx));
    db_begin(cx, TX_WRITE);
    return e;
}

void
auth_audit_person(struct cx *cx, const char *action, const char *subject_kind, struct str detail)
{
    db_queue(cx, &SQL_audit_person, P_ID(cx->user), P_TIME(cx->now_us), P_STR(str_of(action)),
             db_p_id(cx->session_id), P_STR(cx->address), P_STR(cx->request_id),
             P_STR(str_of(subject_kind)), detail.len == 0 ? P_NULL : P_STR(detail));
}

struct str
auth_time_text(struct cx *cx)
{
    char iso[CLOCK_ISO_BYTES];
    struct str text = clock_iso(cx->now_us, iso);

    return str_fmt(cx->arena, "%.10s %.5s UTC", text.p, text.p + 11);
}

struct err
auth_member_person(struct cx *cx, const struct req *req, struct member_person *out)
{
    struct db_row row;
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(db_one(cx, &SQL_member_person, &row, P_ID(cx->account), P_I64(id)));
    *out = (struct member_person){ .member = { db_i64(&row, 0) },
                                   .user = { db_i64(&row, 1) },
                                   .display_name = db_str(&row, 2),
                                   .email = db_str(&row, 3),
                                   .locale = db_str(&row, 4),
                                   .is_active = db_bool(&row, 5) };
    return OK;
}

/* Bit for bit: owners hold what no table names yet, so only owners act on them. */
static bool
holds_all_of(const struct permission_set *mine, const struct permission_set *theirs)
{
    for (size_t i = 0; i < sizeof mine->bits; i++)
        if ((theirs->bits[i] & ~mine->bits[i]) != 0)
            return false;
    return true;
}

/* Of somebody who is out already nothing can be above anybody. */
struct err
auth_require_above(struct cx *cx, struct user_id target)
{
    struct access mine = *cx->access; /* the slot of the target may be the same */
    const struct access *theirs;

    if (target.v == cx->user.v)
        return FAIL(ERR_FORBIDDEN, "cannot_change_self");
    TRY(access_find(cx, cx->account, target, true, &theirs));
    if (theirs != NULL && theirs->is_active &&
        (!holds_all_of(&mine.permissions, &theirs->permissions) || theirs->scope > mine.scope))
        return FAIL(ERR_FORBIDDEN, "target_above_you");
    return OK;
}

/* A row of session_accounts. */
static void
write_membership(struct json_out *o, const struct db_row *row)
{
    struct permission_set held;

    if (!permissions_parse(db_str(row, 10), &held))
        BUG("permissions of member=%lld", (long long)db_i64(row, 5));
    json_open(o, '{');
    json_kv_i64(o, "id", db_i64(row, 0));
    json_kv_str(o, "name", db_str(row, 1));
    json_kv_str(o, "slug", db_str(row, 2));
    json_kv_str(o, "locale", db_str(row, 3));
    json_kv_str(o, "time_zone", db_str(row, 4));
    json_kv_i64(o, "member_id", db_i64(row, 5));
    json_kv_str(o, "display_name", db_str(row, 6));
    json_kv_id(o, "photo_id", db_i64(row, 13));
    json_key(o, "group");
    json_open(o, '{');
    json_kv_i64(o, "id", db_i64(row, 7));
    json_kv_str(o, "name", db_str(row, 8));
    json_kv_str(o, "builtin", db_str(row, 9));
    json_close(o, '}');
    json_kv_str(o, "scope", db_str(row, 11));
    json_kv_i64(o, "masks", db_i64(row, 12));
    json_key(o, "permissions");
    permissions_write(o, &held);
    json_close(o, '}');
}

struct err
auth_write_me(struct cx *cx, struct json_out *o)
{
    struct db_row person, row;
    struct db_rows accounts;

    TRY(db_one(cx, &SQL_session_person, &person, P_I64(cx->session_id)));
    TRY(db_many(cx, &SQL_session_accounts, &accounts, P_I64(cx->session_id)));

    json_open(o, '{');
    json_key(o, "person");
    json_open(o, '{');
    json_kv_i64(o, "id", db_i64(&person, 0));
    json_kv_str(o, "email", db_str(&person, 1));
    json_kv_str(o, "name", db_str(&person, 2));
    json_kv_str(o, "locale", db_str(&person, 3));
    json_kv_str(o, "theme", db_str(&person, 4));
    json_key(o, "enter_sends");
    if (db_is_null(&person, 5))
        json_put_null(o);
    else
        json_put_bool(o, db_bool(&person, 5));
    json_kv_bool(o, "plays_sound", db_bool(&person, 6));
    json_kv_str(o, "density", db_str(&person, 7));
    json_key(o, "keys");
    json_put_raw(o, db_str(&person, 8));
    json_close(o, '}');
    json_key(o, "accounts");
    json_open(o, '[');
    for (int i = 0; i < accounts.count; i++) {
        row = db_row_at(&accounts, i);
        write_membership(o, &row);
    }
    json_close(o, ']');
    json_close(o, '}');
    return OK;
}
