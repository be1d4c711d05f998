/*
 * From the log to a browser's push service. Three jobs, so that a step is small and may be
 * repeated: along the log (gate.notices_follow makes the rows), one notice judged and handed to
 * each browser of its member, one call. Before a call its row is claimed and committed: a call
 * that may have arrived is never made again, for a browser that rings twice is worse than one
 * that did not ring; the notice itself stays where the screens find it.
 */
#include "notices_private.h"

#include "base/clock.h"
#include "base/crypto.h"
#include "base/vapid.h"
#include "domain/auth/auth.h"

#include "notices_push.sql.h"

enum { EVENTS_AT_ONCE = 500, TIMEOUT_MS = 10000 };

/* How long a notice is worth something, for the service and for us, and how much it is worth a battery. */
static const struct worth {
    const char *kind;
    int64_t ttl_s;
    const char *urgency;
} worths[] = {
    { "queue", 600, "normal" },      { "assigned", 4 * 3600, "high" }, { "reply", 3600, "high" },
    { "mention", 4 * 3600, "high" }, { "sla", 900, "high" },           { "channel", 3600, "high" },
    { "chat", 4 * 3600, "high" },    { "test", 60, "high" },
};

static const struct worth *
worth_of(struct str kind)
{
    for (size_t i = 0; i < sizeof worths / sizeof worths[0]; i++)
        if (str_eq(kind, str_of(worths[i].kind)))
            return &worths[i];
    BUG("notice of kind=%.*s", STR_ARG(kind));
}

void
notice_push_add(struct cx *cx, int64_t notice, int64_t subscription)
{
    jobs_add(cx, "notice.push", jobs_lane("push", cx->account.v, subscription), notice,
             str_fmt(cx->arena, "%lld", (long long)subscription), 0);
}

struct err
notices_follow_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                    struct job_outcome *out)
{
    struct db_rows rows;
    int64_t done = 0;

    (void)job;
    (void)answer;
    TRY(db_many(cx, &SQL_notices_follow, &rows, P_I64(EVENTS_AT_ONCE)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        if (db_is_null(&row, 0)) {
            done = db_i64(&row, 2);
            continue;
        }
        cx->account.v = db_i64(&row, 0); /* whose job it is */
        jobs_add(cx, "notice.judge", jobs_lane_alone(), db_i64(&row, 1), STR(""), 0);
    }
    cx->account.v = 0;
    out->verdict = JOB_LATER;
    out->at_us = done == EVENTS_AT_ONCE ? cx->now_us : cx->now_us + US_PER_S;
    return OK;
}

struct notice {
    struct member_id member;
    struct user_id user;
    struct str kind;
    int64_t ticket_id, channel_id; /* 0: not about one */
    int64_t created_at_us;
};

/* Whether the statement finds a row with the eyes of this member. */
static struct err
sees(struct cx *cx, const struct access *access, const struct db_stmt *statement, int64_t id,
     bool *out)
{
    const char *const *bound = cx->bound;
    struct db_row row;
    struct err e;

    cx->bound = access->bound;
    e = db_opt(cx, statement, out, &row, P_ID(cx->account), P_I64(id));
    cx->bound = bound;
    return e;
}

/* The notice, when its member may and wants to know of it at this moment. */
static struct err
find(struct cx *cx, int64_t id, bool *found, struct notice *out)
{
    const struct access *access;
    struct db_row row;

    TRY(db_opt(cx, &SQL_notice_get, found, &row, P_ID(cx->account), P_I64(id), P_TIME(cx->now_us)));
    if (!*found)
        return OK;
    *out = (struct notice){ .member = { db_i64(&row, 0) },
                            .user = { db_i64(&row, 1) },
                            .kind = str_dup(cx->arena, db_str(&row, 2)),
                            .ticket_id = db_i64(&row, 3),
                            .channel_id = db_i64(&row, 4),
                            .created_at_us = db_time(&row, 5) };
    TRY(access_look(cx, cx->account, out->user, &access));
    *found = access != NULL && access->is_active && access->block.p == NULL &&
             cx->now_us < out->created_at_us + worth_of(out->kind)->ttl_s * US_PER_S;
    if (*found && out->ticket_id != 0)
        TRY(sees(cx, access, &SQL_notice_ticket_seen, out->ticket_id, found));
    if (*found && out->channel_id != 0) {
        TRY(sees(cx, access, &SQL_notice_channel_seen, out->channel_id, found));
        *found =
            *found && permissions_has(&access->permissions, permissions_get("channels.manage"));
    }
    return OK;
}

struct err
notice_judge_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                  struct job_outcome *out)
{
    struct notice notice;
    struct db_rows rows;
    bool found;

    (void)answer;
    (void)out;
    TRY(find(cx, job->subject_id, &found, &notice));
    if (!found)
        return OK;
    TRY(db_many(cx, &SQL_notice_subscriptions, &rows, P_ID(cx->account), P_ID(notice.member)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        notice_push_add(cx, job->subject_id, db_i64(&row, 0));
    }
    return OK;
}

/* A later one about the same replaces one that waits at the service; 32 characters, which say nothing. */
static struct str
topic_of(struct cx *cx, const struct notice *notice)
{
    uint8_t digest[CRYPTO_SHA256_BYTES];

    crypto_sha256(str_fmt(cx->arena, "push-topic|%lld|%lld|%.*s|%lld|%lld",
                          (long long)cx->account.v, (long long)notice->member.v,
                          STR_ARG(notice->kind), (long long)notice->ticket_id,
                          (long long)notice->channel_id),
                  digest);
    return crypto_base64url(cx->arena, digest, 24);
}

static struct httpc_call
call_of(struct cx *cx, const struct notice *notice, struct str endpoint)
{
    const struct worth *worth = worth_of(notice->kind);
    int64_t left_s = worth->ttl_s - (cx->now_us - notice->created_at_us) / US_PER_S;

    return (struct httpc_call){
        .method = "POST",
        .url = endpoint,
        .headers = { { "Authorization",
                       vapid_authorization(cx->arena, cx->conf, endpoint, cx->now_us / US_PER_S) },
                     { "TTL", str_fmt(cx->arena, "%lld", (long long)left_s) },
                     { "Urgency", str_of(worth->urgency) },
                     { "Topic", topic_of(cx, notice) } },
        .timeout_ms = TIMEOUT_MS,
        .answer_max_bytes = 16 * 1024,
    };
}

static struct err
settle(struct cx *cx, const struct job *job, int64_t subscription, const char *state,
       const char *problem)
{
    bool is_sent = problem == NULL;

    return db_exec(cx, &SQL_push_settle, NULL, P_ID(cx->account), P_I64(job->subject_id),
                   P_I64(subscription), P_STR(str_of(state)), is_sent ? P_TIME(cx->now_us) : P_NULL,
                   is_sent ? P_NULL : P_STR(str_of(problem)));
}

static struct err
try_again(struct cx *cx, const struct job *job, int64_t subscription, const char *why,
          int64_t after_s, struct job_outcome *out)
{
    bool is_last = job->attempt >= job->kind->attempts;

    *out = is_last ? (struct job_outcome){ .verdict = JOB_DONE }
                   : (struct job_outcome){ .verdict = JOB_AGAIN,
                                           .why = why,
                                           .at_us =
                                               after_s == 0 ? 0 : cx->now_us + after_s * US_PER_S };
    return settle(cx, job, subscription, is_last ? "lost" : "waiting", why);
}

/* RFC 8030: 201 took it, 404 and 410 say that nobody listens there any more, the rest asks for patience or is our fault. */
static struct err
judge(struct cx *cx, const struct job *job, int64_t subscription, const struct httpc_answer *answer,
      struct job_outcome *out)
{
    int status = answer->status;

    if (answer->failed.code != ERR_NONE) {
        if (answer->maybe_sent)
            return settle(cx, job, subscription, "lost", answer->failed.slug);
        if (answer->failed.code == ERR_UNAVAILABLE)
            return try_again(cx, job, subscription, answer->failed.slug, 0, out);
        log_warn("push.unreachable", "subscription=%lld why=%s", (long long)subscription,
                 answer->failed.slug);
        return db_exec(cx, &SQL_push_gone, NULL, P_ID(cx->account), P_I64(subscription));
    }
    if (status >= 200 && status < 300)
        return settle(cx, job, subscription, "sent", NULL);
    if (status == 404 || status == 410)
        return db_exec(cx, &SQL_push_gone, NULL, P_ID(cx->account), P_I64(subscription));
    if (status == 429 || status >= 500)
        return try_again(cx, job, subscription, status == 429 ? "push_busy" : "push_away",
                         answer->retry_after_s, out);
    log_warn("push.refused", "subscription=%lld status=%d", (long long)subscription, status);
    return settle(cx, job, subscription, "lost", "push_refused");
}

struct err
notice_push_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                 struct job_outcome *out)
{
    struct notice notice;
    struct db_row row;
    struct str endpoint;
    int64_t subscription, claimed;
    bool found;

    if (!str_i64(job->arg, &subscription))
        return FAIL(ERR_INVALID, "arg_invalid");
    if (answer != NULL)
        return judge(cx, job, subscription, answer, out);

    TRY(find(cx, job->subject_id, &found, &notice));
    if (!found)
        return OK;
    TRY(db_opt(cx, &SQL_push_endpoint, &found, &row, P_ID(cx->account), P_I64(subscription),
               P_ID(notice.member)));
    if (!found)
        return OK; /* nobody listens there, or somebody else */
    endpoint = str_dup(cx->arena, db_str(&row, 0));
    TRY(db_exec(cx, &SQL_push_claim, &claimed, P_ID(cx->account), P_I64(job->subject_id),
                P_I64(subscription)));
    if (claimed == 0)
        return OK;
    TRY(db_exec(cx, &SQL_notice_told, NULL, P_ID(cx->account), P_I64(job->subject_id),
                P_TIME(cx->now_us)));
    *out = (struct job_outcome){ .verdict = JOB_CALL, .call = call_of(cx, &notice, endpoint) };
    return OK;
}
