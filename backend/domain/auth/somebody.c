#include "somebody.h"

#include "base/clock.h"
#include "base/crypto.h"

#include "auth_somebody.sql.h"

struct err
auth_somebody(struct cx *cx, struct req *req)
{
    struct str token = req_cookie(req, "__Host-bat");
    struct crypto_claims claims;
    struct db_row row;
    bool found;

    if (token.len == 0 ||
        crypto_token_read(cx->arena, cx->conf, token, cx->now_us / US_PER_S, &claims).code !=
            ERR_NONE)
        return OK;
    TRY(db_opt(cx, &SQL_session_alive, &found, &row, P_I64(claims.session_id), P_I64(claims.gen),
               P_TIME(cx->now_us)));
    if (!found)
        return OK;
    cx->user.v = db_i64(&row, 0);
    cx->session_id = claims.session_id;
    cx->actor = ACTOR_USER;
    return OK;
}

struct err
auth_our_page(struct cx *cx, struct req *req)
{
    return str_eq(req->header(req, "Origin"), str_of(cx->conf->public_url))
               ? OK
               : FAIL(ERR_FORBIDDEN, "origin_refused");
}
