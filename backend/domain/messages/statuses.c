/*
 * Job "inbound.statuses": a kept body that says nothing but what became of our messages. They are most of what networks
 * tell us, nobody waits for one, and their order is of no matter: so all that gathered meanwhile is read, applied and
 * ended by statements that speak of all of it. What is applied already is behind, and changes nothing when it is done again.
 */
#include "messages_private.h"

/* The statuses of one body. */
struct statuses {
    const struct channel_events *events;
    struct channel channel;
    size_t begin, end; /* in the list of all */
    bool is_held;      /* one of their tickets is somebody else's now */
};

static struct err
read_bodies(struct cx *cx, const struct job *const *jobs, int n, struct statuses all[])
{
    int64_t ids[JOBS_TOGETHER];
    struct db_rows bodies;

    for (int i = 0; i < n; i++)
        ids[i] = jobs[i]->subject_id;
    channels_inbound_ask(cx, ids, (size_t)n, &bodies);
    for (int i = 0; i < n; i++) {
        TRY(entrance_body(cx, &bodies, (size_t)i, ids[i], &all[i].channel, &all[i].events));
        TRY(entrance_greet(cx, &all[i].channel));
    }
    return OK;
}

static struct receipt *
gather(struct cx *cx, struct statuses all[], int n)
{
    struct receipt *receipts;
    size_t room = 0, at = 0;

    for (int i = 0; i < n; i++)
        room += all[i].events->n;
    receipts = arena_array(cx->arena, struct receipt, room);
    for (int i = 0; i < n; i++) {
        all[i].begin = at;
        for (size_t k = 0; k < all[i].events->n; k++)
            if (all[i].events->v[k].kind == CHANNEL_STATUS)
                receipts[at++] = receipt_of(all[i].channel.id, &all[i].events->v[k]);
        all[i].end = at;
    }
    return receipts;
}

/* Of one job its share; what is held is left for its next try, and so is its end. */
static void
finish(struct cx *cx, const struct job *const *jobs, int n, struct statuses all[],
       const struct receipt receipts[])
{
    int64_t over[JOBS_TOGETHER];
    size_t count = 0;

    for (int i = 0; i < n; i++) {
        for (size_t k = all[i].begin; k < all[i].end; k++)
            all[i].is_held |= receipts[k].held.v != 0;
        if (!all[i].is_held)
            over[count++] = jobs[i]->subject_id;
    }
    if (count > 0)
        channels_inbound_finish(cx, over, count);
}

struct err
inbound_statuses_foresee(struct cx *cx, const struct job *const *jobs, int n, void **foreseen)
{
    struct statuses *all = arena_array(cx->arena, struct statuses, (size_t)n);
    struct receipt *receipts;

    cx->actor = ACTOR_PROVIDER;
    for (int i = 0; i < n; i++)
        foreseen[i] = &all[i];
    TRY(read_bodies(cx, jobs, n, all));
    receipts = gather(cx, all, n);
    TRY(receipts_apply(cx, receipts, all[n - 1].end));
    finish(cx, jobs, n, all, receipts);
    return OK;
}

/* Everything is done; this says how it ended for one of them. */
struct err
inbound_statuses_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                      struct job_outcome *out)
{
    const struct statuses *mine = job->foreseen;

    (void)answer;
    if (mine->is_held) {
        out->verdict = JOB_LATER;
        out->at_us = jobs_gathered_us(cx->now_us);
    }
    return OK;
}
