/*
 * A worker's life: claims, runs what it holds, waits for answers and for the bell.
 */
#include "jobs_private.h"
#include "log.h"
#include "master.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define POLL_BUSY_MS 20
#define POLL_IDLE_MS 200
#define BUSY_ROUNDS 10 /* looks in vain before it counts as idle */

/* --- waiting ----------------------------------------------------------------------- */

static void
resume(struct held *h, const struct httpc_answer *answer)
{
    h->answer = *answer;
    h->has_answer = true;
    h->state = HELD_READY;
}

/* Takes the answers that are there, waiting at most wait_ms for the first. */
static void
take_answers(struct worker *w, int wake_fd, int wait_ms)
{
    struct httpc_answer answer;
    void *tag;

    while (httpc_next(w->calls, wake_fd, wait_ms, &tag, &answer)) {
        resume(tag, &answer);
        wait_ms = 0;
    }
}

/* Takes what programs left that have ended, without waiting. */
static void
take_ends(struct worker *w)
{
    struct httpc_answer answer;
    void *tag;

    while (w->programs != NULL && program_next(w->programs, &tag, &answer))
        resume(tag, &answer);
}

static bool
is_calling(const struct worker *w)
{
    return w->calls != NULL && httpc_running(w->calls) > 0;
}

static bool
is_running(const struct worker *w)
{
    return w->programs != NULL && program_running(w->programs) > 0;
}

/* What to listen to beside answers: the bell (-1: it is of no interest), and programs if any run. */
static int
ear_for(struct worker *w, int bell_fd)
{
    struct epoll_event event = { .events = EPOLLIN };

    if (!is_running(w))
        return bell_fd;
    if (bell_fd < 0)
        return program_fd(w->programs);
    if (w->ear < 0) {
        w->ear = epoll_create1(EPOLL_CLOEXEC);
        if (w->ear < 0 || epoll_ctl(w->ear, EPOLL_CTL_ADD, bell_fd, &event) != 0 ||
            epoll_ctl(w->ear, EPOLL_CTL_ADD, program_fd(w->programs), &event) != 0)
            BUG("what=epoll");
    }
    return w->ear;
}

/* One byte per ring; nobody reads it. */
static bool
hear_ring(int doorbell_fd)
{
    char byte;

    return doorbell_fd >= 0 && recv(doorbell_fd, &byte, 1, MSG_DONTWAIT) >= 0;
}

/*
 * Waits for an answer, a program, a ring, or the time to look anyway. The pool shares one bell:
 * whoever hears it takes all the rings there are and goes to look, the others sleep
 * on. A ring that is lost so costs one polling interval. True when it rang.
 */
static bool
wait_for_work(struct worker *w, int doorbell_fd, int wait_ms)
{
    struct pollfd ear = { .fd = ear_for(w, doorbell_fd), .events = POLLIN }; /* -1 is ignored */
    bool rang = false;

    if (is_calling(w)) {
        take_answers(w, ear.fd, wait_ms);
        rang = hear_ring(doorbell_fd);
    } else {
        while (!rang && poll(&ear, 1, wait_ms) > 0) { /* interrupted: perhaps to end */
            rang = hear_ring(doorbell_fd);
            if (is_running(w))
                break; /* perhaps it was one of them */
        }
    }
    take_ends(w);
    while (hear_ring(doorbell_fd))
        ;
    return rang;
}

/* --- a worker's life --------------------------------------------------------------- */

struct worker *
jobs_worker_new(struct cx *cx, enum job_queue queue, int64_t place)
{
    struct worker *w = calloc(1, sizeof(*w));

    if (w == NULL)
        BUG("out of memory");
    w->cx = cx;
    w->queue = queue;
    w->place = place != 0 ? place : (int64_t)arc4random() << 31 | arc4random() | 1;
    w->unknown = place != 0 ? UNKNOWN_ABANDONED : UNKNOWN_NONE;
    w->ear = -1;
    return w;
}

void
jobs_worker_free(struct worker *w)
{
    if (w->calls != NULL)
        httpc_set_free(w->calls);
    if (w->programs != NULL)
        program_set_free(w->programs);
    if (w->ear >= 0)
        close(w->ear);
    for (int i = 0; i < LANES_MAX; i++)
        if (w->held[i].arena != NULL)
            arena_free(w->held[i].arena);
    free(w);
}

/* What was claimed but not begun is somebody else's to do; answers are still written down. */
static void
stop_beginning(struct worker *w)
{
    for (int i = 0; i < LANES_MAX; i++)
        if (w->held[i].state == HELD_READY && !w->held[i].has_answer)
            w->held[i].state = HELD_LEAVING;
}

/* One turn: let go, claim, run. True when it was worth while. */
static bool
turn(struct worker *w, bool is_ending)
{
    int most = is_ending ? 0 : jobs_free_slots(w), claimed, ended = w->ended;

    w->is_away = !db_ready(w->cx->db);
    if (w->is_away)
        return false;
    if (is_ending)
        stop_beginning(w);
    claimed = jobs_leave_and_claim(w, most < CLAIM_LANES ? most : CLAIM_LANES);
    jobs_run_ready(w);
    jobs_renew(w);
    return claimed > 0 || w->ended > ended;
}

void
jobs_work(struct cx *cx, enum job_queue queue, int64_t place, int doorbell_fd)
{
    struct worker *w = jobs_worker_new(cx, queue, place);
    int in_vain = 0;

    for (;;) {
        bool is_ending = master_ending();
        bool is_worth_while = turn(w, is_ending);
        bool is_idle = !jobs_holds(w, HELD_READY) && !jobs_holds(w, HELD_CALLING);

        if (is_ending && is_idle) {
            (void)jobs_leave_and_claim(w, 0);
            break;
        }
        if (is_worth_while) {
            in_vain = 0;
            if (is_calling(w))
                take_answers(w, -1, 0);
            take_ends(w);
        } else {
            int wait_ms = in_vain++ < BUSY_ROUNDS ? POLL_BUSY_MS : POLL_IDLE_MS;
            /* With every slot taken, or at the end, only answers are of interest. */
            int bell_fd = is_ending || jobs_free_slots(w) == 0 ? -1 : doorbell_fd;

            if (wait_for_work(w, bell_fd, wait_ms))
                in_vain = 0;
        }
        arena_reset(cx->arena);
    }
    jobs_worker_free(w);
}

int
jobs_work_once(struct cx *cx, enum job_queue queue)
{
    struct worker *w = jobs_worker_new(cx, queue, 0);
    int ended;

    w->is_nested = db_in_tx(cx->db);
    w->is_cx_clock = true;
    turn(w, false);
    while (is_calling(w) || is_running(w)) {
        (void)wait_for_work(w, -1, POLL_IDLE_MS);
        jobs_run_ready(w);
    }
    (void)jobs_leave_and_claim(w, 0);
    if (w->is_nested)
        db_set_account(cx, cx->account); /* the jobs had put theirs in force */
    ended = w->ended;
    jobs_worker_free(w);
    return ended;
}
