/*
 * What the parts of a worker share: jobs_lease.c holds lanes, jobs_group.c runs what is
 * in them, jobs_work.c is its life. Nobody else includes this.
 */
#ifndef BASE_JOBS_PRIVATE_H
#define BASE_JOBS_PRIVATE_H

#include "jobs.h"

/* Lanes in one claim, jobs of a lane per claim: one round trip fetches up to 256 jobs. */
#define CLAIM_LANES 32
#define LANE_JOBS 8

/* Lanes one process holds at most, and so the calls it has in flight. */
#define LANES_MAX 64

enum held_state {
    HELD_FREE,    /* the slot holds nothing */
    HELD_READY,   /* its next job, or that job's next step, can run */
    HELD_CALLING, /* its job waits for an answer from outside, or for a program */
    HELD_LEAVING, /* nothing more to do here: to be let go */
    HELD_GONE     /* let go by the statement that puts off its job; the slot is free after commit */
};

struct held_job {
    struct job job;
    struct str kind_name; /* as stored; job.kind is NULL for a kind this program does not know */
    int64_t unknown_since_us; /* it is put off for that alone; 0: it was not when we claimed it */
};

/* A lane we hold, with the jobs that came with it. */
struct held {
    enum held_state state;
    int64_t lane, fence;
    int64_t until_us; /* monotonic; when we believe the lease to end */
    bool is_alone;    /* its jobs share no transaction: they, or their company, failed */
    int reruns;       /* of the present job, after losing against another transaction */

    struct arena *arena; /* jobs first, then, behind `mark`, the attempt of the present one */
    struct arena_mark mark;
    struct held_job jobs[LANE_JOBS];
    int n, next;

    struct job_outcome outcome; /* of the last step of the present job */
    struct {
        int64_t at_us, wait_us; /* until then; 0: so long */
        int attempts;           /* that it cost */
    } put_off;                  /* the present job, of a lane that is GONE */
    struct httpc_answer answer;
    bool has_answer;
};

/* Whether lanes may be leased to us of which we know nothing. */
enum unknown_lanes {
    UNKNOWN_NONE,
    UNKNOWN_UNBEGUN, /* nothing of them is begun: the answer to a claim, or to a commit, was lost with its session */
    UNKNOWN_ABANDONED /* of whoever died in our place: in the middle of a job, perhaps because of it */
};

struct worker {
    struct cx *cx;
    enum job_queue queue;
    int64_t place; /* whose lanes ours are */
    enum unknown_lanes unknown;
    bool is_nested;               /* inside the caller's transaction: tests */
    bool is_cx_clock;             /* time is cx->now_us, which stands still: tests */
    bool is_away;                 /* the database left in the middle of something */
    int ended;                    /* jobs done or dead */
    struct httpc_set *calls;      /* made with the first call */
    struct program_set *programs; /* made with the first program */
    int ear; /* readable for the bell and for programs, made with them; -1: none yet */
    struct held held[LANES_MAX];
};

struct worker *jobs_worker_new(struct cx *cx, enum job_queue queue, int64_t place);
void jobs_worker_free(struct worker *w);

/* The worker's clock as a parameter: NULL lets the server's clock decide, which all hosts share. */
struct db_param jobs_now(const struct worker *w);

/* Begin and end of a transaction, or nothing when the caller's is used. */
void jobs_begin(struct worker *w, struct cx *cx);
struct err jobs_commit(struct worker *w, struct cx *cx);
void jobs_rollback(struct worker *w, struct cx *cx);

/*
 * Lets go of the lanes that are LEAVING, and of those that are ours without our knowing, and claims up to `most` new ones,
 * all in one transaction. Returns how many came; fewer than asked means that no more are
 * due. Lanes that somebody is just adding to stay LEAVING until the next time.
 */
int jobs_leave_and_claim(struct worker *w, int most);

/* Lanes may be ours of which we know nothing; the next claim lets go of them. */
void jobs_note_unknown(struct worker *w);

/* Renews leases that are half over. */
void jobs_renew(struct worker *w);

/* Runs what can run, in transactions of several jobs where they may share one. */
void jobs_run_ready(struct worker *w);

/* Keeps an arena for the next lane in the slot. */
void jobs_free_slot(struct held *h);

bool jobs_holds(const struct worker *w, enum held_state state);
int jobs_free_slots(const struct worker *w);

#endif
