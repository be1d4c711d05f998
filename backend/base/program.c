#include "program.h"

#include "clock.h"
#include "program_limits.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TIMEOUT_MS = 30000 };

struct run {
    struct run *next;
    struct program_call call;
    void *tag;
    struct arena *arena;
    pid_t pid;       /* 0: it waits for its turn, or could not be started */
    int complaints;  /* we read here what it says; -1: nothing */
    int file;        /* nameless, until the program succeeded; -1: none */
    struct buf says; /* at most PROGRAM_SAYS_MAX and one reading */
    int64_t since_us;
    struct err failed; /* decided by us before it ended */
};

struct program_set {
    int epoll;
    struct run *first; /* in the order in which they were asked for */
};

struct program_set *
program_set_new(void)
{
    struct program_set *set = calloc(1, sizeof(*set));

    if (set == NULL || (set->epoll = epoll_create1(EPOLL_CLOEXEC)) < 0)
        BUG("what=out_of_memory");
    return set;
}

int
program_fd(const struct program_set *set)
{
    return set->epoll;
}

int
program_running(const struct program_set *set)
{
    int n = 0;

    for (const struct run *run = set->first; run != NULL; run = run->next)
        n++;
    return n;
}

/* --- its file ---------------------------------------------------------------------- */

static bool
open_file(struct run *run)
{
    const char *slash;
    struct str folder;

    if (run->call.save_to == NULL)
        return true;
    slash = strrchr(run->call.save_to, '/');
    folder = (struct str){ run->call.save_to, (size_t)(slash - run->call.save_to) };
    run->file = open(str_cstr(run->arena, folder), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0640);
    return run->file >= 0;
}

/* On the disk before it has a name: what it was made from may be forgotten then. */
static struct err
name_file(const struct run *run, int64_t *bytes)
{
    char ours[64];
    struct stat info;

    *bytes = 0;
    if (run->file < 0)
        return OK;
    snprintf(ours, sizeof ours, "/proc/self/fd/%d", run->file);
    if (fdatasync(run->file) != 0 ||
        (linkat(AT_FDCWD, ours, AT_FDCWD, run->call.save_to, AT_SYMLINK_FOLLOW) != 0 &&
         errno != EEXIST) ||
        stat(run->call.save_to, &info) != 0)
        return FAIL(ERR_UNAVAILABLE, "save_failed");
    *bytes = info.st_size;
    return OK;
}

/* --- its life ---------------------------------------------------------------------- */

static void
close_all(struct run *run)
{
    if (run->complaints >= 0)
        close(run->complaints); /* and out of the epoll with it */
    if (run->file >= 0)
        close(run->file);
    run->complaints = run->file = -1;
}

static void
spawn(struct program_set *set, struct run *run)
{
    struct epoll_event event = { .events = EPOLLIN };
    pid_t parent = getpid();
    int ends[2];

    run->since_us = clock_monotonic_us();
    if (!open_file(run)) {
        run->failed = FAIL(ERR_UNAVAILABLE, "save_failed");
        return;
    }
    if (pipe2(ends, O_CLOEXEC) != 0) {
        run->failed = FAIL(ERR_UNAVAILABLE, "program_missing");
        return;
    }
    run->complaints = ends[0];
    (void)fcntl(ends[0], F_SETFL, O_NONBLOCK);
    run->pid = fork();
    if (run->pid == 0)
        program_become(&run->call, run->file >= 0 ? run->file : ends[1], ends[1], parent);
    close(ends[1]);
    if (run->pid < 0) {
        run->pid = 0;
        run->failed = FAIL(ERR_UNAVAILABLE, "program_missing");
        return;
    }
    (void)setpgid(run->pid, run->pid); /* whoever is first: its group must be there to be killed */
    if (epoll_ctl(set->epoll, EPOLL_CTL_ADD, run->complaints, &event) != 0)
        BUG("what=epoll");
}

/* Those whose turn it is. */
static void
spawn_next(struct program_set *set)
{
    int running = 0;

    for (struct run *run = set->first; run != NULL && running < PROGRAMS_AT_ONCE; run = run->next) {
        if (run->pid == 0 && run->failed.code == ERR_NONE)
            spawn(set, run);
        running += run->pid != 0;
    }
}

void
program_start(struct program_set *set, struct arena *arena, const struct program_call *call,
              void *tag)
{
    struct run *run = arena_new_of(arena, struct run), **last = &set->first;

    *run = (struct run){ .call = *call,
                         .tag = tag,
                         .arena = arena,
                         .complaints = -1,
                         .file = -1,
                         .says = { .arena = arena } };
    while (*last != NULL)
        last = &(*last)->next;
    *last = run;
    spawn_next(set);
}

/* Reads what is there; true when it has closed its mouth, which programs do by ending. */
static bool
listen_to(struct run *run)
{
    char chunk[4096];
    ssize_t n;

    while ((n = read(run->complaints, chunk, sizeof chunk)) > 0) {
        buf_add(&run->says, (struct str){ chunk, (size_t)n });
        if (run->says.len > PROGRAM_SAYS_MAX) {
            run->failed = FAIL(ERR_UNAVAILABLE, "program_flooded");
            return true;
        }
    }
    return n == 0;
}

/* Over: by itself, or because we have had enough of it. */
static bool
has_ended(struct run *run)
{
    int64_t most_us = (run->call.timeout_ms == 0 ? TIMEOUT_MS : run->call.timeout_ms) * US_PER_MS;

    if (run->failed.code != ERR_NONE)
        return true;
    if (run->pid == 0)
        return false;
    if (listen_to(run))
        return true;
    if (clock_monotonic_us() - run->since_us < most_us)
        return false;
    run->failed = FAIL(ERR_UNAVAILABLE, "program_timeout");
    return true;
}

/* With all that it started: one that is ending already is not disturbed by it. */
static int
bury(const struct run *run)
{
    int status = 0;

    kill(-run->pid, SIGKILL);
    while (waitpid(run->pid, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

static struct err
verdict(int status)
{
    if (WIFSIGNALED(status))
        return FAIL(ERR_UNAVAILABLE, "program_killed");
    switch (WEXITSTATUS(status)) {
    case 0: return OK;
    case PROGRAM_CANNOT_START: return FAIL(ERR_UNAVAILABLE, "program_missing");
    default: return FAIL(ERR_UNAVAILABLE, "program_failed");
    }
}

static void
answer(struct run *run, struct httpc_answer *out)
{
    int status = run->pid == 0 ? 0 : bury(run);

    *out = (struct httpc_answer){
        .failed = run->failed.code != ERR_NONE ? run->failed : verdict(status),
        .status = WIFEXITED(status) ? WEXITSTATUS(status) : 0,
        .body = buf_str(&run->says),
        .took_ms = (clock_monotonic_us() - run->since_us) / US_PER_MS,
    };
    if (out->failed.code == ERR_NONE)
        out->failed = name_file(run, &out->saved_bytes);
    close_all(run);
}

bool
program_next(struct program_set *set, void **tag, struct httpc_answer *out)
{
    for (struct run **at = &set->first; *at != NULL; at = &(*at)->next) {
        struct run *run = *at;

        if (!has_ended(run))
            continue;
        *at = run->next;
        *tag = run->tag;
        answer(run, out);
        spawn_next(set);
        return true;
    }
    return false;
}

void
program_set_free(struct program_set *set)
{
    for (struct run *run = set->first; run != NULL; run = run->next) {
        if (run->pid != 0)
            (void)bury(run);
        close_all(run);
    }
    close(set->epoll);
    free(set);
}
