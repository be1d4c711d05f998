#include "audit.h"

#include "base/db.h"

#include "audit.sql.h"

static const char *const actor_names[] = {
    [ACTOR_SYSTEM] = "system",     [ACTOR_USER] = "user",         [ACTOR_TOKEN] = "token",
    [ACTOR_JOB] = "job",           [ACTOR_PROVIDER] = "provider", [ACTOR_VISITOR] = "visitor",
    [ACTOR_OPERATOR] = "operator", [ACTOR_CTL] = "ctl",
};

static struct str
or_null(struct str s)
{
    return s.len == 0 ? (struct str){ 0 } : s;
}

void
audit_add(struct cx *cx, const char *action, const char *subject_kind, int64_t subject_id,
          struct str detail)
{
    db_queue(cx, &SQL_audit_add, P_ID(cx->account), P_TIME(cx->now_us), P_STR(str_of(action)),
             P_STR(str_of(actor_names[cx->actor])), P_ID(cx->user), db_p_id(cx->session_id),
             P_STR(or_null(cx->address)), P_STR(or_null(cx->request_id)),
             P_STR(str_of(subject_kind)), db_p_id(subject_id), P_STR(or_null(detail)));
}
