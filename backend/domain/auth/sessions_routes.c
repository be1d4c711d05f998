#include "agent.h"
#include "attempts.h"
#include "auth_private.h"
#include "base/clock.h"
#include "cookies.h"
#include "domain/audit/audit.h"
#include "domain/mail/mail.h"
#include "sessions.h"

#include "auth.sql.h"
#include "auth_sessions.sql.h"

static struct err
get_session(struct cx *cx, struct req *req, struct res *res)
{
    struct json_out o = res_json_begin(res, 200);

    (void)req;
    TRY(auth_write_me(cx, &o));
    return res_json_end(res);
}

static struct err
delete_session(struct cx *cx, struct req *req, struct res *res)
{
    (void)req;
    TRY(sessions_end(cx, cx->user, cx->session_id, 0, "signed_out", NULL));
    cookie_clear_session(res);
    res_header(res, "Clear-Site-Data", STR("\"cache\", \"storage\""));
    return res_empty(res, 204);
}

/* The end of a session whose token came twice stands although the answer is a refusal. */
static struct err
end_reused(struct cx *cx, int64_t session_id)
{
    struct db_row person;

    log_warn("session.reused", "session=%lld", (long long)session_id);
    cx->session_id = session_id;
    auth_audit_person(cx, "session.reused", "session", (struct str){ 0 });
    TRY(db_one(cx, &SQL_session_person, &person, P_I64(session_id)));
    mail_queue(cx, &(struct mail){
                       .to = db_str(&person, 1),
                       .locale = db_str(&person, 3),
                       .template = "session_reused",
                       .params = { { "name", db_str(&person, 2) }, { "address", cx->address } } });
    return FAIL(ERR_UNAUTHENTICATED, "session_reused");
}

/* Why a session is over; of one that was taken over, by which device. */
static struct err
tell_end(struct cx *cx, struct res *res, const struct db_row *row)
{
    struct json_out o;

    if (!db_is_null(row, 7)) {
        o = res_more(res);
        json_key(&o, "by");
        json_open(&o, '{');
        json_key(&o, "device");
        agent_write(&o, db_str(row, 5));
        json_kv_str(&o, "address", sessions_mask_address(cx->arena, db_str(row, 6)));
        json_kv_time(&o, "at", db_time(row, 7));
        json_close(&o, '}');
    }
    cookie_clear_session(res);
    return FAIL(ERR_UNAUTHENTICATED,
                str_cstr(cx->arena, str_fmt(cx->arena, "session_%.*s", STR_ARG(db_str(row, 4)))));
}

static struct err
refresh(struct cx *cx, struct req *req, struct res *res)
{
    struct cookie_secret next = cookie_secret_new(cx);
    struct db_param presented;
    int64_t session_id;
    struct str outcome;
    struct db_row row;

    if (!cookie_read(cx, req, COOKIE_REFRESH, &session_id, &presented))
        return FAIL(ERR_UNAUTHENTICATED, "session_missing");
    TRY(db_one(cx, &SQL_session_rotate, &row, P_I64(session_id), presented, next.hash,
               P_TIME(cx->now_us)));
    outcome = db_str(&row, 0);
    if (str_eq(outcome, STR("unknown")))
        return FAIL(ERR_UNAUTHENTICATED, "session_unknown");

    cx->user.v = db_i64(&row, 1);
    if (str_eq(outcome, STR("reused")))
        return end_reused(cx, session_id);
    if (str_eq(outcome, STR("ended")))
        return tell_end(cx, res, &row);
    cookie_set_access(cx, res, session_id, db_i64(&row, 2));
    if (str_eq(outcome, STR("rotated")))
        cookie_set(cx, res, COOKIE_REFRESH, session_id, next.text, db_time(&row, 3));
    return res_empty(res, 204);
}

static struct err
post_refresh(struct cx *cx, struct req *req, struct res *res)
{
    if (!str_eq(req->header(req, "Origin"), str_of(cx->conf->public_url)))
        return FAIL(ERR_FORBIDDEN, "origin_refused");
    return auth_keep(cx, refresh(cx, req, res));
}

static struct err
post_activity(struct cx *cx, struct req *req, struct res *res)
{
    (void)req;
    db_queue(cx, &SQL_session_activity, P_I64(cx->session_id), P_TIME(cx->now_us));
    return res_empty(res, 204);
}

/* What the page asks to see which of its means of coming in the browser or a proxy breaks. */
static struct err
get_probe(struct cx *cx, struct req *req, struct res *res)
{
    struct str probe = req_cookie(req, "__Host-probe");
    struct json_out o = res_json_begin(res, 200);

    res_header(res, "Set-Cookie",
               STR("__Host-probe=1; Path=/; Max-Age=60; Secure; SameSite=Strict"));
    json_open(&o, '{');
    json_kv_bool(&o, "has_cookie", probe.len > 0);
    json_kv_bool(&o, "has_session", req_cookie(req, COOKIE_REFRESH).len > 0);
    json_kv_time(&o, "at", cx->now_us);
    json_kv_str(&o, "address", cx->address);
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
write_sessions(struct cx *cx, struct res *res, struct user_id user)
{
    struct db_rows rows;
    struct json_out o;

    TRY(db_many(cx, &SQL_person_sessions, &rows, P_ID(user), P_TIME(cx->now_us)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        json_open(&o, '{');
        json_kv_i64(&o, "id", db_i64(&row, 0));
        json_key(&o, "device");
        agent_write(&o, db_str(&row, 1));
        json_kv_str(&o, "address", db_str(&row, 2));
        json_kv_time(&o, "created_at", db_time(&row, 3));
        json_kv_time(&o, "active_at", db_time(&row, 4));
        json_kv_bool(&o, "is_trusted", db_bool(&row, 6));
        json_kv_bool(&o, "is_this", db_i64(&row, 0) == cx->session_id);
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
get_my_sessions(struct cx *cx, struct req *req, struct res *res)
{
    (void)req;
    return write_sessions(cx, res, cx->user);
}

/* Everywhere else: this one stays, for whoever asks is here. */
static struct err
delete_my_sessions(struct cx *cx, struct req *req, struct res *res)
{
    (void)req;
    TRY(sessions_end(cx, cx->user, 0, cx->session_id, "signed_out_all", NULL));
    auth_audit_person(cx, "session.ended", "user", (struct str){ 0 });
    return res_empty(res, 204);
}

static struct err
delete_my_session(struct cx *cx, struct req *req, struct res *res)
{
    int64_t id, ended;

    TRY(req_path_id(req, "id", &id));
    TRY(sessions_end(cx, cx->user, id, 0, "signed_out", &ended));
    if (ended == 0)
        return FAIL(ERR_NOT_FOUND, "not_found");
    auth_audit_person(cx, "session.ended", "user", (struct str){ 0 });
    if (id == cx->session_id)
        cookie_clear_session(res);
    return res_empty(res, 204);
}

static struct err
get_member_sessions(struct cx *cx, struct req *req, struct res *res)
{
    struct member_person who;

    TRY(auth_member_person(cx, req, &who));
    return write_sessions(cx, res, who.user);
}

static struct err
delete_member_sessions(struct cx *cx, struct req *req, struct res *res)
{
    struct member_person who;

    TRY(auth_member_person(cx, req, &who));
    TRY(auth_require_above(cx, who.user));
    TRY(sessions_end(cx, who.user, 0, 0, "by_admin", NULL));
    audit_add(cx, "session.ended", "member", who.member.v, (struct str){ 0 });
    return res_empty(res, 204);
}

const struct route sessions_routes[] = {
    { GET, "/api/v1/session", NULL, TX_READ, get_session, ACCESS_SESSION },
    { DELETE, "/api/v1/session", NULL, TX_WRITE, delete_session, ACCESS_SESSION },
    { POST, "/api/v1/session/refresh", NULL, TX_WRITE, post_refresh, ACCESS_PUBLIC, BODY_JSON },
    { POST, "/api/v1/session/activity", NULL, TX_WRITE, post_activity, ACCESS_SESSION, BODY_JSON },
    { GET, "/api/v1/session/probe", NULL, TX_NONE, get_probe, ACCESS_PUBLIC },
    { GET, "/api/v1/me/sessions", NULL, TX_READ, get_my_sessions, ACCESS_SESSION },
    { DELETE, "/api/v1/me/sessions", NULL, TX_WRITE, delete_my_sessions, ACCESS_SESSION },
    { DELETE, "/api/v1/me/sessions/:id", NULL, TX_WRITE, delete_my_session, ACCESS_SESSION },
    { GET, "/api/v1/members/:id/sessions", "users.sessions", TX_READ, get_member_sessions },
    { DELETE, "/api/v1/members/:id/sessions", "users.sessions", TX_WRITE, delete_member_sessions,
      .audit = "session.ended" },
    { 0 },
};
