#include "attempts.h"

#include "base/clock.h"

#include "auth_attempts.sql.h"

void
attempts_note(struct cx *cx, const struct attempt *attempt)
{
    db_queue(cx, &SQL_attempt_note, P_TIME(cx->now_us), P_ID(attempt->user),
             db_p_id(attempt->email_hash), P_ID(attempt->account), P_STR(cx->address),
             P_STR(attempt->agent), P_STR(str_of(attempt->step)), P_STR(str_of(attempt->reason)),
             P_STR(cx->request_id), P_TIME(attempt->retry_at_us));
}

/* Refusals this process wrote down lately: screens ask again and again. */
enum { NOTED = 256 };

static struct noted {
    int64_t session_id, account_id, at_us;
    const char *reason;
} noted[NOTED];

static bool
is_noted(struct cx *cx, const char *reason)
{
    struct noted *n = &noted[(uint64_t)cx->session_id % NOTED];

    if (n->session_id == cx->session_id && n->account_id == cx->account.v && n->reason == reason &&
        n->at_us > cx->now_us - US_PER_MIN)
        return true;
    *n = (struct noted){ cx->session_id, cx->account.v, cx->now_us, reason };
    return false;
}

struct err
attempts_note_refusal(struct cx *cx, struct str agent, const char *reason, int64_t epoch)
{
    if (is_noted(cx, reason))
        return OK;
    return db_exec(cx, &SQL_attempt_note_refusal, NULL, P_ID(cx->account), P_TIME(cx->now_us),
                   P_ID(cx->user), P_STR(cx->address), P_STR(agent), P_STR(str_of(reason)),
                   P_STR(cx->request_id), P_I64(epoch));
}
