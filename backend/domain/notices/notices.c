#include "notices_private.h"

#include "domain/audit/audit.h"

#include "notices.sql.h"

enum { MINUTES_OF_DAY = 1440 };

static struct err
check_kinds(struct cx *cx, struct json_strs kinds, const char *field)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_notice_kinds_known, &row, db_p_strs(cx->arena, kinds.v, kinds.n)));
    return db_bool(&row, 0) ? OK : FAIL_FIELD(ERR_INVALID, "unknown_value", field);
}

static struct err
check_minute(int64_t minute, const char *field)
{
    return minute >= 0 && minute < MINUTES_OF_DAY ? OK
                                                  : FAIL_FIELD(ERR_INVALID, "out_of_range", field);
}

static struct err
check(struct cx *cx, const struct notice_choices *c)
{
    TRY(check_kinds(cx, c->page, "page"));
    TRY(check_kinds(cx, c->sound, "sound"));
    TRY(check_kinds(cx, c->system, "system"));
    TRY(check_kinds(cx, c->push, "push"));
    if (!str_eq(c->tune, STR("soft")) && !str_eq(c->tune, STR("bell")) &&
        !str_eq(c->tune, STR("wood")))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "tune");
    if (c->volume < 0 || c->volume > 100)
        return FAIL_FIELD(ERR_INVALID, "out_of_range", "volume");
    if (c->has_quiet) {
        TRY(check_minute(c->quiet_from_min, "quiet_from_min"));
        TRY(check_minute(c->quiet_until_min, "quiet_until_min"));
    }
    return OK;
}

static struct db_param
kinds_param(struct cx *cx, struct json_strs kinds)
{
    return db_p_strs(cx->arena, kinds.v, kinds.n);
}

struct err
notices_choose(struct cx *cx, const struct notice_choices *c)
{
    TRY(check(cx, c));
    db_queue(cx, &SQL_notice_choices_save, P_ID(cx->account), P_ID(cx->member),
             kinds_param(cx, c->page), kinds_param(cx, c->sound), kinds_param(cx, c->system),
             kinds_param(cx, c->push), P_STR(c->tune), P_I64(c->volume), P_BOOL(c->repeats),
             P_BOOL(c->only_away), c->has_quiet ? P_I64(c->quiet_from_min) : P_NULL,
             c->has_quiet ? P_I64(c->quiet_until_min) : P_NULL);
    audit_add(cx, "notices.edited", "member", cx->member.v, STR(""));
    return OK;
}

struct err
notices_subscribe(struct cx *cx, struct str endpoint, struct str agent, int64_t *id, bool *is_new)
{
    struct db_row row;
    struct err e = httpc_check_url(cx->conf, cx->arena, endpoint);

    if (e.code != ERR_NONE)
        return FAIL_FIELD(e.code, e.slug, "endpoint");
    TRY(db_one(cx, &SQL_push_subscribe, &row, P_ID(cx->account), P_ID(cx->member), P_STR(endpoint),
               P_STR(agent), P_TIME(cx->now_us)));
    *id = db_i64(&row, 0);
    *is_new = db_bool(&row, 1);
    db_queue(cx, &SQL_push_subscriptions_trim, P_ID(cx->account), P_ID(cx->member),
             P_I64(NOTICE_SUBSCRIPTIONS_MAX));
    audit_add(cx, "push.subscribed", "member", cx->member.v, STR(""));
    return OK;
}

struct err
notices_unsubscribe(struct cx *cx, int64_t id)
{
    int64_t changed;

    TRY(db_exec(cx, &SQL_push_unsubscribe, &changed, P_ID(cx->account), P_ID(cx->member),
                P_I64(id)));
    if (changed == 0)
        return FAIL(ERR_NOT_FOUND, "not_found");
    audit_add(cx, "push.unsubscribed", "member", cx->member.v, STR(""));
    return OK;
}

struct err
notices_try(struct cx *cx, int64_t id)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_push_subscription_own, &found, &row, P_ID(cx->account), P_ID(cx->member),
               P_I64(id)));
    if (!found)
        return FAIL(ERR_NOT_FOUND, "not_found");
    TRY(db_one(cx, &SQL_notice_test_add, &row, P_ID(cx->account), P_ID(cx->member),
               P_TIME(cx->now_us)));
    notice_push_add(cx, db_i64(&row, 0), id);
    audit_add(cx, "push.tested", "member", cx->member.v, STR(""));
    return OK;
}

const struct job_kind notices_jobs[] = {
    { .name = "notices.follow",
      .queue = QUEUE_CHORES,
      .step = notices_follow_step,
      .attempts = 1000000,
      .backoff_max_ms = 10000 },
    { .name = "notice.judge", .queue = QUEUE_DELIVERY, .step = notice_judge_step, .attempts = 5 },
    { .name = "notice.push",
      .queue = QUEUE_DELIVERY,
      .step = notice_push_step,
      .attempts = 8,
      .backoff_ms = 2000 },
    { 0 },
};
