#include "resets.h"

#include "base/crypto.h"
#include "domain/auth/auth.h"
#include "domain/mail/mail.h"

#include "people_resets.sql.h"

enum { TOKEN_BYTES = 32 };

static struct db_param
hash_of(struct cx *cx, struct str token)
{
    uint8_t digest[CRYPTO_SHA256_BYTES];

    crypto_sha256(token, digest);
    return db_p_bytes(cx->arena, (struct str){ (const char *)digest, sizeof digest });
}

struct err
resets_start(struct cx *cx, struct str email)
{
    struct str token = crypto_random_text(cx->arena, TOKEN_BYTES);
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_reset_start, &found, &row, P_STR(email), hash_of(cx, token),
               P_TIME(cx->now_us)));
    if (!found)
        return OK;
    mail_queue(cx, &(struct mail){ .to = email,
                                   .locale = db_str(&row, 2),
                                   .template = "password_reset",
                                   .params = { { "name", db_str(&row, 1) },
                                               { "link", mail_link(cx, "/nova-senha", token) } } });
    return OK;
}

struct err
resets_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
            struct job_outcome *out)
{
    (void)answer;
    (void)out;
    return resets_start(cx, job->arg);
}

struct err
resets_finish(struct cx *cx, struct str token, struct str password)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_reset_find, &found, &row, hash_of(cx, token), P_TIME(cx->now_us)));
    if (found && str_eq(db_str(&row, 0), STR("used")))
        return FAIL(ERR_GONE, "link_used");
    if (!found || str_eq(db_str(&row, 0), STR("expired")))
        return FAIL(ERR_GONE, "link_expired");
    cx->user.v = db_i64(&row, 2);
    TRY(auth_password_judge(cx, password, cx->user));
    TRY(auth_password_set(cx, cx->user, password, 0));
    return db_exec(cx, &SQL_reset_use, NULL, P_I64(db_i64(&row, 1)), P_TIME(cx->now_us));
}
