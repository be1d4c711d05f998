#include "jobs.h"

#include "clock.h"
#include "crypto.h"
#include "jobs.sql.h"
#include "log.h"

#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>

/* All kinds of one program fit; a table of this size is looked through in no time. */
#define KINDS_MAX 128

const char *const job_queue_names[QUEUE__MAX] = {
    [QUEUE_INBOUND] = "inbound",   [QUEUE_OUTBOUND] = "outbound", [QUEUE_FLOW] = "flow",
    [QUEUE_DELIVERY] = "delivery", [QUEUE_CHORES] = "chores",
};

/* A process serves one call at a time, so this is the state of the process and of the call. */
static struct {
    const struct job_kind *kinds[KINDS_MAX];
    size_t n;
    unsigned touched; /* a bit per queue, since the last ring */
    int bell_fd;      /* 0: not made yet */
} jobs;

void
jobs_register(const struct job_kind *const *tables, size_t n)
{
    for (size_t t = 0; t < n; t++) {
        for (const struct job_kind *kind = tables[t]; kind->name != NULL; kind++) {
            if (jobs.n == KINDS_MAX)
                BUG("more than %d kinds of jobs", KINDS_MAX);
            if (jobs_kind(str_of(kind->name)) != NULL)
                BUG("two kinds of jobs are called %s", kind->name);
            jobs.kinds[jobs.n++] = kind;
        }
    }
    for (size_t i = 0; i < jobs.n; i++)
        if (jobs.kinds[i]->heir != NULL && jobs_kind(str_of(jobs.kinds[i]->heir)) == NULL)
            BUG("no kind of job is called %s", jobs.kinds[i]->heir);
}

const struct job_kind *
jobs_kind(struct str name)
{
    for (size_t i = 0; i < jobs.n; i++)
        if (str_eq(name, str_of(jobs.kinds[i]->name)))
            return jobs.kinds[i];
    return NULL;
}

int64_t
jobs_lane(const char *word, int64_t a, int64_t b)
{
    char text[100];
    int len = snprintf(text, sizeof(text), "lane|%s|%lld|%lld", word, (long long)a, (long long)b);

    if (len < 0 || (size_t)len >= sizeof(text))
        BUG("the word of a lane is too long: %s", word);
    return crypto_hash64((struct str){ text, (size_t)len });
}

int64_t
jobs_lane_alone(void)
{
    int64_t lane;

    crypto_random(&lane, sizeof(lane));
    return lane;
}

static const struct job_kind *
known_kind(const char *name)
{
    const struct job_kind *kind = jobs_kind(str_of(name));

    if (kind == NULL)
        BUG("no kind of job is called %s", name);
    return kind;
}

static void
queue_job(struct cx *cx, const struct job_kind *kind, int64_t lane, int64_t subject_id,
          struct str arg, int64_t run_at_us)
{
    db_assert_tx(cx);
    db_queue(cx, &SQL_job_add, P_ID(cx->account), P_STR(str_of(job_queue_names[kind->queue])),
             P_I64(lane), P_STR(str_of(kind->name)), P_I64(subject_id),
             P_STR(arg.p == NULL ? STR("") : arg), P_TIME(run_at_us));
}

void
jobs_add(struct cx *cx, const char *kind_name, int64_t lane, int64_t subject_id, struct str arg,
         int64_t run_at_us)
{
    const struct job_kind *kind = known_kind(kind_name);

    if (run_at_us > cx->now_us)
        lane = jobs_lane_alone();
    else
        run_at_us = cx->now_us;
    queue_job(cx, kind, lane, subject_id, arg, run_at_us);
    jobs_touch(kind->queue);
}

int64_t
jobs_gathered_us(int64_t now_us)
{
    return (now_us / (JOBS_GATHER_MS * US_PER_MS) + 1) * JOBS_GATHER_MS * US_PER_MS;
}

void
jobs_gather(struct cx *cx, const char *kind_name, int64_t lane, int64_t subject_id, struct str arg)
{
    queue_job(cx, known_kind(kind_name), lane, subject_id, arg, jobs_gathered_us(cx->now_us));
}

void *
job_state(struct cx *cx, struct job_outcome *out, size_t bytes)
{
    out->state = arena_alloc(cx->arena, bytes);
    out->state_bytes = bytes;
    return out->state;
}

void
jobs_touch(enum job_queue queue)
{
    jobs.touched |= 1u << queue;
}

static void
ring(const struct conf *conf, const char *queue)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int len = snprintf(address.sun_path, sizeof(address.sun_path), "%s/bell-%s.sock", conf->run_dir,
                       queue);

    if (len < 0 || (size_t)len >= sizeof(address.sun_path))
        BUG("RUN_DIR is too long for a socket: %s", conf->run_dir);
    if (jobs.bell_fd <= 0)
        jobs.bell_fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    /* Nobody there, or too many rings already: the workers look by themselves soon enough. */
    (void)sendto(jobs.bell_fd, "", 1, MSG_NOSIGNAL, (struct sockaddr *)&address, sizeof(address));
}

void
jobs_ring(struct cx *cx)
{
    for (int queue = 0; queue < QUEUE__MAX; queue++)
        if (jobs.touched & 1u << queue)
            ring(cx->conf, job_queue_names[queue]);
    jobs.touched = 0;
}
