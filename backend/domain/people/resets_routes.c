#include "base/crypto.h"
#include "domain/auth/auth.h"
#include "networks.h"
#include "people.h"
#include "resets.h"

#include "people_resets.sql.h"

const struct job_kind people_jobs[] = {
    { .name = "network.expire", .queue = QUEUE_CHORES, .step = networks_expire_step },
    { .name = "password.reset", .queue = QUEUE_DELIVERY, .step = resets_step },
    { 0 },
};

struct reset_body {
    struct str email, token, password;
};

static int64_t
key_of(struct cx *cx, const char *word, struct str who)
{
    return crypto_hash64(str_fmt(cx->arena, "reset|%s|%.*s", word, STR_ARG(who)));
}

/* Always the same answer: that there is such a person is nobody's business. */
static struct err
post_reset(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "email", JSON_STR, true, offsetof(struct reset_body, email), 254 },
        { 0 },
    };
    struct reset_body body = { 0 };
    struct str email;

    TRY(auth_our_page(cx, req));
    TRY(req_body(req, fields, &body));
    email = str_lower(cx->arena, str_trim(body.email));
    TRY(db_exec(cx, &SQL_reset_ask, NULL, P_STR(email), P_I64(key_of(cx, "email", email)),
                P_I64(key_of(cx, "address", cx->address)), P_I64(jobs_lane_alone()),
                P_TIME(cx->now_us)));
    jobs_touch(QUEUE_DELIVERY);
    return res_empty(res, 202);
}

static struct err
post_confirm(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "password", JSON_STR, true, offsetof(struct reset_body, password), 512 },
        { "token", JSON_STR, true, offsetof(struct reset_body, token), 100 },
        { 0 },
    };
    struct reset_body body = { 0 };

    TRY(auth_our_page(cx, req));
    TRY(req_body(req, fields, &body));
    TRY(resets_finish(cx, body.token, body.password));
    return res_empty(res, 204);
}

const struct route resets_routes[] = {
    { POST, "/api/v1/password-resets", NULL, TX_WRITE, post_reset, ACCESS_PUBLIC, BODY_JSON, NULL },
    { POST, "/api/v1/password-resets/confirm", NULL, TX_WRITE, post_confirm, ACCESS_PUBLIC,
      BODY_JSON, NULL },
    { 0 },
};
