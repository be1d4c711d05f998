/*
 * Reading a book: the network is asked page by page with no transaction open, and what it told is kept in one, all or
 * nothing. A reading that fails leaves what was read before, and says why.
 */
#include "templates_private.h"

#include "base/crypto.h"
#include "domain/audit/audit.h"
#include "domain/events/events.h"

#include "templates.sql.h"

#define DAILY STR("daily:")

enum { READ_ATTEMPTS = 6 };

struct reading {
    struct str waba;
    bool is_daily;
    struct channel channel;
    struct channel_config config;
    struct channel_progress progress;
    struct channel_templates found;
};

void
templates_queue(struct cx *cx, struct str waba, int64_t at_us)
{
    struct str arg =
        at_us == 0 ? waba : str_fmt(cx->arena, "%.*s%.*s", STR_ARG(DAILY), STR_ARG(waba));

    jobs_add(cx, "templates.read", jobs_lane("template_book", cx->account.v, crypto_hash64(waba)),
             0, arg, at_us);
}

static struct str
written(struct arena *a, const struct channel_templates *found)
{
    struct buf buf = { .arena = a };
    struct json_out o = { .buf = &buf };

    json_open(&o, '[');
    for (size_t i = 0; i < found->n; i++) {
        const struct channel_template *t = &found->v[i];

        json_open(&o, '{');
        json_kv_str(&o, "provider_id", t->provider_id);
        json_kv_str(&o, "name", t->name);
        json_kv_str(&o, "language", t->language);
        json_kv_str(&o, "category", t->category);
        json_kv_str(&o, "status", t->status);
        json_kv_str(&o, "quality", t->quality);
        json_kv_str(&o, "shape", t->shape);
        json_close(&o, '}');
    }
    json_close(&o, ']');
    return buf_str(&buf);
}

/* Whoever looks at the channel, or writes a flow, sees it. */
static void
tell(struct cx *cx, const struct reading *r)
{
    struct buf buf;
    struct json_out o = events_payload(cx, &buf);

    json_kv_i64(&o, "channel_id", r->channel.id.v);
    json_close(&o, '}');
    events_tell_members(cx, "channel.changed", buf_str(&buf));
}

/* A flow that names what is gone cannot be published any more: the trail says since when. */
static struct err
keep(struct cx *cx, const struct reading *r)
{
    struct str found = written(cx->arena, &r->found);
    struct db_rows lost;

    TRY(db_exec(cx, &SQL_templates_keep, NULL, P_ID(cx->account), P_STR(r->waba),
                P_TIME(cx->now_us), P_STR(found)));
    TRY(db_many(cx, &SQL_templates_lose, &lost, P_ID(cx->account), P_STR(r->waba),
                P_TIME(cx->now_us), P_STR(found)));
    for (int i = 0; i < lost.count; i++) {
        struct db_row row = db_row_at(&lost, i);

        if (db_bool(&row, 1))
            audit_add(cx, "template.lost", "template", db_i64(&row, 0), STR(""));
    }
    return db_exec(cx, &SQL_template_book_read, NULL, P_ID(cx->account), P_STR(r->waba),
                   P_TIME(cx->now_us));
}

static struct err
fail(struct cx *cx, const struct reading *r, const char *slug)
{
    log_warn("templates.not_read", "channel=%lld why=%s", (long long)r->channel.id.v, slug);
    return db_exec(cx, &SQL_template_book_failed, NULL, P_ID(cx->account), P_STR(r->waba),
                   P_TIME(cx->now_us), P_STR(str_of(slug)));
}

static void
go_on(const struct cx *cx, const struct reading *r, struct job_outcome *out)
{
    if (!r->is_daily)
        return;
    out->verdict = JOB_LATER;
    out->at_us = cx->now_us + TEMPLATES_DAILY_US;
}

/* *go false: no channel of ours belongs to this account any more. */
static struct err
begin(struct cx *cx, const struct job *job, struct reading *r, bool *go)
{
    struct db_row row;
    struct err e;

    r->waba = job->arg;
    r->is_daily = str_starts(job->arg, DAILY);
    if (r->is_daily)
        r->waba = (struct str){ job->arg.p + DAILY.len, job->arg.len - DAILY.len };
    TRY(db_opt(cx, &SQL_template_reader, go, &row, P_ID(cx->account), P_STR(r->waba)));
    TRY(db_exec(cx, &SQL_template_book_begin, NULL, P_ID(cx->account), P_STR(r->waba)));
    if (!*go)
        return OK;
    TRY(channels_get(cx, (struct channel_id){ db_i64(&row, 0) }, &r->channel));
    *go = r->channel.driver != NULL && r->channel.driver->list_templates != NULL;
    if (!*go)
        return OK;
    e = channels_config(cx, &r->channel, &r->config);
    if (e.code != ERR_CONFLICT)
        return e;
    r->progress = (struct channel_progress){ .is_done = true, .slug = e.slug };
    return OK;
}

/* What comes tomorrow anyhow is not tried again today. */
static struct err
end(struct cx *cx, const struct job *job, const struct reading *r, struct job_outcome *out)
{
    const struct channel_progress *p = &r->progress;
    bool may_retry = !r->is_daily && job->attempt < READ_ATTEMPTS &&
                     (p->retry == CHANNEL_RETRY || p->retry == CHANNEL_RETRY_CHANNEL);

    if (p->is_ok)
        TRY(keep(cx, r));
    else
        TRY(fail(cx, r, p->slug));
    tell(cx, r);
    if (!p->is_ok && may_retry) {
        out->verdict = JOB_AGAIN;
        out->why = p->slug;
        out->at_us = p->after_s == 0 ? 0 : cx->now_us + p->after_s * US_PER_S;
        return OK;
    }
    go_on(cx, r, out);
    return OK;
}

static struct err
read_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
          struct job_outcome *out)
{
    struct reading *r = out->state;
    bool go = true;

    if (answer == NULL) {
        r = JOB_STATE(cx, out, struct reading);
        TRY(begin(cx, job, r, &go));
        if (!go) {
            go_on(cx, r, out);
            return OK;
        }
    }
    if (!r->progress.is_done)
        r->channel.driver->list_templates(cx->arena, &r->config, answer, &r->progress, &r->found);
    if (r->progress.is_done)
        return end(cx, job, r, out);
    out->verdict = JOB_CALL;
    out->call = r->progress.call;
    return OK;
}

/* "templates.want": subject is a channel. One that names no account has nothing to read, and that is no failure. */
static struct err
want_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
          struct job_outcome *out)
{
    struct template_book book;
    struct err e = templates_want(cx, (struct channel_id){ job->subject_id }, &book);

    (void)answer;
    (void)out;
    return e.code == ERR_CONFLICT ? OK : e;
}

const struct job_kind templates_jobs[] = {
    { .name = "templates.want", .queue = QUEUE_CHORES, .step = want_step },
    { .name = "templates.read",
      .queue = QUEUE_CHORES,
      .step = read_step,
      .attempts = 1000,
      .backoff_ms = 1000 },
    { 0 },
};
