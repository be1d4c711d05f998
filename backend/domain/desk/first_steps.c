/*
 * The first day of an account: what it has of what it needs. Read off what is there, so nothing can be ticked that is
 * not true, and nothing has to be ticked that is.
 */
#include "desk.h"

#include "domain/audit/audit.h"

#include "desk.sql.h"

static const char *const steps[] = { "channel", "departments", "people",
                                     "hours",   "answers",     "served" };
enum { STEPS = sizeof steps / sizeof steps[0] };

static struct err
get_steps(struct cx *cx, struct req *req, struct res *res)
{
    struct db_row row;
    struct json_out o;

    (void)req;
    TRY(db_one(cx, &SQL_first_steps, &row, P_ID(cx->account), P_ID(cx->member)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "steps");
    json_open(&o, '[');
    for (int i = 0; i < STEPS; i++) {
        json_open(&o, '{');
        json_kv_str(&o, "step", str_of(steps[i]));
        json_kv_bool(&o, "is_done", db_bool(&row, i));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_kv_bool(&o, "is_dismissed", db_bool(&row, STEPS));
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
post_dismiss(struct cx *cx, struct req *req, struct res *res)
{
    (void)req;
    db_queue(cx, &SQL_first_steps_dismiss, P_ID(cx->account), P_ID(cx->member), P_TIME(cx->now_us));
    audit_add(cx, "first_steps.dismissed", "member", cx->member.v, STR(""));
    return res_empty(res, 204);
}

const struct route first_steps_routes[] = {
    { GET, "/api/v1/first-steps", "settings.manage", TX_READ, get_steps, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { POST, "/api/v1/first-steps/dismiss", "settings.manage", TX_WRITE, post_dismiss, ACCESS_MEMBER,
      BODY_NONE, "first_steps.dismissed" },
    { 0 },
};
