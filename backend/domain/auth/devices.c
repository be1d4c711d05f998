#include "devices.h"

#include "auth_private.h"
#include "base/clock.h"
#include "cookies.h"

#include "auth_devices.sql.h"

enum { KNOWN_DAYS = 400 }; /* browsers keep no cookie longer */

struct err
devices_is_trusted(struct cx *cx, const struct req *req, struct res *res, struct user_id user,
                   bool *out)
{
    struct cookie_secret next;
    struct db_param presented;
    int64_t id;
    struct db_row row;

    *out = false;
    if (!cookie_read(cx, req, COOKIE_TRUSTED, &id, &presented))
        return OK;
    next = cookie_secret_new(cx);
    TRY(db_one(cx, &SQL_device_trusted, &row, P_ID(user), P_I64(id), presented, next.hash,
               P_TIME(cx->now_us)));
    if (!db_bool(&row, 0))
        return OK;
    TRY(db_opt(cx, &SQL_device_trusted_until, out, &row, P_ID(user), P_I64(id),
               P_TIME(cx->now_us)));
    if (*out)
        cookie_set(cx, res, COOKIE_TRUSTED, id, next.text, db_time(&row, 0));
    return OK;
}

struct err
devices_keep(struct cx *cx, struct res *res, struct user_id user, int64_t known, struct str agent,
             int64_t *id)
{
    struct cookie_secret next = cookie_secret_new(cx);
    struct db_row row;

    TRY(db_one(cx, &SQL_device_keep, &row, P_ID(user), db_p_id(known), next.hash, P_STR(agent),
               P_STR(cx->address), P_TIME(cx->now_us)));
    *id = db_i64(&row, 0);
    cookie_set(cx, res, COOKIE_KNOWN, *id, next.text, cx->now_us + KNOWN_DAYS * US_PER_DAY);
    return OK;
}

void
devices_trust(struct cx *cx, struct res *res, struct user_id user, int64_t device, int64_t days)
{
    struct cookie_secret secret = cookie_secret_new(cx);
    int64_t until_us = cx->now_us + days * US_PER_DAY;

    db_queue(cx, &SQL_device_trust, P_ID(user), P_I64(device), secret.hash, P_TIME(until_us));
    cookie_set(cx, res, COOKIE_TRUSTED, device, secret.text, until_us);
}

struct err
devices_forget(struct cx *cx, struct user_id user, int64_t device)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_device_forget, &row, P_ID(user), db_p_id(device)));
    return device != 0 && db_i64(&row, 0) == 0 ? FAIL(ERR_NOT_FOUND, "not_found") : OK;
}

static struct err
delete_device(struct cx *cx, struct req *req, struct res *res)
{
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(devices_forget(cx, cx->user, id));
    return res_empty(res, 204);
}

const struct route devices_routes[] = {
    { DELETE, "/api/v1/me/devices/:id", NULL, TX_WRITE, delete_device, ACCESS_SESSION },
    { 0 },
};
