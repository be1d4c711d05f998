#include "auth_private.h"
#include "passwords.h"
#include "sessions.h"
#include "step_up.h"

struct password_body {
    struct str current, password;
};

/* A wrong present password counts as much as at the door of anything dangerous. */
static struct err
change_password(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "current", JSON_STR, true, offsetof(struct password_body, current), 4000 },
        { "password", JSON_STR, true, offsetof(struct password_body, password), 4000 },
        { 0 },
    };
    struct password_body body = { 0 };

    TRY(req_body(req, fields, &body));
    TRY(step_up_by_password(cx, res, body.current, "current"));
    TRY(auth_password_judge(cx, body.password, cx->user));
    TRY(auth_password_set(cx, cx->user, body.password, cx->session_id));
    auth_audit_person(cx, "password.changed", "user", (struct str){ 0 });
    TRY(sessions_renew(cx, res, false, false));
    return res_empty(res, 204);
}

static struct err
post_password(struct cx *cx, struct req *req, struct res *res)
{
    return auth_keep(cx, change_password(cx, req, res));
}

const struct route passwords_routes[] = {
    { POST, "/api/v1/me/password", NULL, TX_WRITE, post_password, ACCESS_SESSION, BODY_JSON },
    { 0 },
};
