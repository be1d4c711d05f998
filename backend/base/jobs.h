/*
 * Work that outlives the call, queued in the transaction that decided it: no
 * commit, no job.
 *
 * A job belongs to a lane (a 64-bit key: one ticket, one customer on one
 * channel). Jobs of one lane run one at a time and in order; lanes run in
 * parallel. A lane with work is a row with a lease and a fence: a dead worker's
 * jobs run again as soon as another stands in its place, or when its lease has
 * expired, and a worker that lost its lease can no longer finish anything. So every job is done at least once, and handlers are
 * idempotent: what they did and the job's end are one transaction.
 *
 * What takes long happens between two steps and holds up nobody: a call (JOB_CALL) or
 * a program of others (JOB_RUN; a few at once, the others of this worker wait). A
 * worker that dies meanwhile takes its programs with it, and the job begins again: it
 * must look whether what it wanted to make is there already.
 *
 * What keeps failing lands among the dead jobs, where people see it and may
 * replay it. A kind that leaves somebody waiting names an heir: see job_kind. A kind that
 * no worker knows holds its lane for an hour (a newer program may be coming up) and is dead then;
 * it has no heir, for only its own program knew of one.
 */
#ifndef BASE_JOBS_H
#define BASE_JOBS_H

#include "cx.h"
#include "db.h"
#include "httpc.h"
#include "program.h"

enum job_queue {
    QUEUE_INBOUND,
    QUEUE_OUTBOUND,
    QUEUE_FLOW,
    QUEUE_DELIVERY,
    QUEUE_CHORES,
    QUEUE__MAX
};

extern const char *const job_queue_names[QUEUE__MAX]; /* "inbound", … as stored */

struct job {
    int64_t id;
    const struct job_kind *kind;
    struct account_id account; /* .v == 0: the installation's own chore */
    int64_t subject_id;        /* what it is about; the kind knows which table */
    struct str arg;            /* a few bytes more, when an id is not enough; often empty */
    int attempt;               /* 1: the first */
    int64_t lane;
    int64_t fence;
    void *foreseen; /* for its first step, see job_foresee; else NULL */
};

enum job_verdict {
    JOB_DONE = 0, /* finished: delete it */
    JOB_AGAIN,    /* the world was away: retry with back-off */
    JOB_LATER,    /* not now: run at job_outcome.at_us (0: in a second), attempts not counted */
    JOB_CALL,     /* perform job_outcome.call outside any transaction, then step again */
    JOB_RUN,      /* the same with a program: run job_outcome.program */
    JOB_DEAD      /* hopeless: to the dead jobs with job_outcome.why */
};

struct job_outcome {
    enum job_verdict verdict;
    int64_t at_us;          /* JOB_LATER; or JOB_AGAIN when the provider said when (0: back-off) */
    const char *why;        /* slug for AGAIN and DEAD */
    struct httpc_call call; /* JOB_CALL */
    struct program_call
        program; /* JOB_RUN; what its pointers point to lies in the attempt's arena */
    void *state; /* JOB_STATE, kept between the steps of one attempt */
    size_t state_bytes;
    int step; /* the same: which step comes next, for the handler's own use */
};

/*
 * The memory of an attempt, zeroed: made by its first step, out->state in those that follow, in the attempt's arena.
 *
 * A step whose transaction is undone (by itself, by its company, or because the database left) runs again with the same answer,
 * and the memory is put back to what it was: the struct itself, byte for byte, not what its pointers lead to. So what a step
 * learns it keeps in the struct, or in new memory that the struct points to; a list may grow behind what the struct counts of
 * it. Never written to are things that were there before: texts, elements already counted, what is behind the calls of C.
 * What is no memory at all (a file) must bear that it is done twice, as ever.
 */
#define JOB_STATE(cx, out, type) ((type *)job_state((cx), (out), sizeof(type)))
void *job_state(struct cx *cx, struct job_outcome *out, size_t bytes);

/*
 * A step runs in a write transaction with the job's account set, and leaves it set: the next
 * job of the company relies on it. `answer` is NULL
 * at first; after JOB_CALL it is what came back, after JOB_RUN how the program ended
 * (program_next says what its members mean then). Returning an error rolls back:
 * ERR_UNAVAILABLE and ERR_RETRY mean JOB_AGAIN, anything else JOB_DEAD.
 */
typedef struct err (*job_step)(struct cx *cx, const struct job *job,
                               const struct httpc_answer *answer, struct job_outcome *out);

/*
 * Called before the first steps of jobs that share a transaction, in it, in their order. What
 * they are going to ask is asked for all of them together (db_ask): a round trip for the company
 * instead of one for each; and what one statement does for all of them is done here. What it puts
 * into foreseen[i] is jobs[i]->foreseen in the step that follows, and may lie in cx->arena. An error
 * fails the transaction; then each is tried alone. Two kinds that look ahead never share one.
 */
enum { JOBS_TOGETHER = 16 }; /* at most */
typedef struct err (*job_foresee)(struct cx *cx, const struct job *const *jobs, int n,
                                  void **foreseen);

struct job_kind {
    const char *name; /* "message.send" */
    enum job_queue queue;
    job_step step;
    job_foresee foresee;    /* optional */
    int attempts;           /* 0: 20 */
    int64_t backoff_ms;     /* first delay; doubles, with jitter, up to backoff_max_ms; 0: 1 000 */
    int64_t backoff_max_ms; /* 0: 15 min */
    /*
     * The kind of the job that cares for what a dead one leaves behind; NULL: nobody is left waiting. It is queued by
     * the statement that moves the job to the dead ones, about the same subject, so there is no death without an heir and
     * no moment at which a crash could lose it; and it is a job like others, in a lane and a transaction of its own, so
     * its failing neither keeps the dead from being buried nor is it tried only once. Its arg is "id:why:arg" of the dead
     * job. One that is replayed later may die again and leave another: heirs are idempotent too.
     */
    const char *heir;
};

/* Lane keys: a keyed hash over a word and two ids ("ticket", 7, 0). */
int64_t jobs_lane(const char *word, int64_t a, int64_t b);
/* A lane of its own for a job that needs no order. */
int64_t jobs_lane_alone(void);

/*
 * Queues a job in the current write transaction. run_at_us 0: now. The statement
 * travels with the next one (db_queue). Remembers to ring the queue's bell after
 * commit.
 *
 * A job for later waits in a lane of its own, whatever lane was given: in a shared
 * one it would hold up what comes after it, or be hurried by it. So a timer runs
 * beside the lane of its subject, and looks again before it acts.
 */
void jobs_add(struct cx *cx, const char *kind, int64_t lane, int64_t subject_id, struct str arg,
              int64_t run_at_us);

/*
 * The same for what is in no hurry and cheaper in company: it waits for the next of the moments, so far apart, at which
 * everything that gathered meanwhile is due at once, whatever its lane. Nobody is rung for it.
 */
enum { JOBS_GATHER_MS = 200 };
void jobs_gather(struct cx *cx, const char *kind, int64_t lane, int64_t subject_id, struct str arg);
/* That moment. */
int64_t jobs_gathered_us(int64_t now_us);

/* Says that a statement of its own added a job to this queue: it is rung after commit too. */
void jobs_touch(enum job_queue queue);

/* The kinds of this program; set once at start. Tables end with { 0 }. */
void jobs_register(const struct job_kind *const *tables, size_t n);
const struct job_kind *jobs_kind(struct str name); /* NULL: unknown */

/* After commit: pokes the workers of the queues that jobs_add touched in this call. */
void jobs_ring(struct cx *cx);

/*
 * A worker child's life: claim, step, finish, until master_ending(). It holds its lanes under the number of its place
 * (master_place; 0: one of its own), and begins with those that somebody left who died there. doorbell_fd
 * may be -1 (then it only polls: 20 ms when busy, up to 200 ms idle).
 */
void jobs_work(struct cx *cx, enum job_queue queue, int64_t place, int doorbell_fd);

/*
 * One turn, for tests: claims what is due at cx->now_us, runs it to its end with all
 * its calls, and says how many jobs ended (done or dead). Within a transaction
 * everything happens in that one: a step that fails leaves its effects behind, and a
 * job that wants to call out is left as it is.
 */
int jobs_work_once(struct cx *cx, enum job_queue queue);

#endif
