#include "master.h"

#include "clock.h"
#include "log.h"
#include "pid_file.h"
#include "takeover.h"
#include "trial.h"
#include "unix_socket.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { POOLS_MAX = 8, CHILDREN_MAX = 512 };

#define YOUNG_US US_PER_S                /* a life shorter than this counts as a failed start */
#define DELAY_LEAST_US (100 * US_PER_MS) /* back-off of failed starts, doubling… */
#define DELAY_MOST_US (5 * US_PER_S)     /* …up to here */
#define REMIND_US (100 * US_PER_MS)      /* SIGTERM is repeated: it may meet a closed door */
#define DEADLINE_US (20 * US_PER_S)      /* then SIGKILL */

/*
 * A place for one process. The present generation has as many as its pools want,
 * each filled again when its process dies; older generations only empty.
 */
struct child {
    int pool;       /* index; -1: taken over from the binary before */
    int generation; /* 0: taken over */
    pid_t pid;      /* 0: waiting for its start */
    int64_t started_us;
    int64_t start_us;  /* when pid is 0: not before this */
    int64_t delay_us;  /* the last back-off; 0: the life before was long */
    int64_t asked_us;  /* first asked to end; 0: not asked */
    int64_t remind_us; /* ask again at */
    int64_t place;     /* see master_place */
};

/* The master's whole memory. Times are monotonic. */
static struct {
    const char *name;
    const struct master_pool *pools;
    int pool_count;
    struct {
        int listen_fd, doorbell_fd;
    } fds[POOLS_MAX];
    struct child children[CHILDREN_MAX];
    int child_count;
    int generation;
    bool is_ending;
    long restarts;
    struct trial trial; /* of the new binary */
    char binary[4096];  /* read at start: the file under this name is the new one later */
    sigset_t signals;   /* those the master waits for, blocked at all other times */
} master;

static volatile sig_atomic_t ending;

static int64_t own_place;

int64_t
master_place(void)
{
    return own_place;
}

bool
master_ending(void)
{
    return ending != 0;
}

static void
on_end(int signal_number)
{
    (void)signal_number;
    ending = 1;
}

void
master_catch_signals(void)
{
    /* Without SA_RESTART: a child that sleeps in poll must notice. */
    struct sigaction action = { .sa_handler = on_end };

    sigemptyset(&action.sa_mask);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
}

/* Sockets. */

static bool
open_socket(const char *path, int type, int backlog, int *fd)
{
    *fd = -1;
    if (path == NULL)
        return true;
    *fd = takeover_socket(path);
    if (*fd < 0)
        *fd = unix_socket_bind(path, type, backlog);
    return *fd >= 0;
}

static bool
open_sockets(void)
{
    for (int i = 0; i < master.pool_count; i++) {
        const struct master_pool *pool = &master.pools[i];
        int backlog = pool->backlog > 0 ? pool->backlog : 1024;

        master.fds[i].listen_fd = master.fds[i].doorbell_fd = -1;
        if (pool->children == 0)
            continue; /* a socket that nobody serves would hold its clients for ever */
        if (!open_socket(pool->socket, SOCK_STREAM, backlog, &master.fds[i].listen_fd) ||
            !open_socket(pool->doorbell, SOCK_DGRAM, 0, &master.fds[i].doorbell_fd))
            return false;
    }
    return true;
}

static void
remove_file(const char *path)
{
    if (path != NULL)
        (void)unlink(path);
}

static void
remove_sockets(void)
{
    for (int i = 0; i < master.pool_count; i++) {
        if (master.pools[i].children == 0)
            continue;
        remove_file(master.pools[i].socket);
        remove_file(master.pools[i].doorbell);
    }
}

/* Children. */

static _Noreturn void
live(const struct child *child, pid_t parent)
{
    const struct master_pool *pool = &master.pools[child->pool];

    own_place = child->place;
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        exit(0); /* it died before we asked to be told */

    master_catch_signals();
    signal(SIGHUP, SIG_IGN);
    signal(SIGUSR2, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    sigprocmask(SIG_UNBLOCK, &master.signals, NULL);

    for (int i = 0; i < master.pool_count; i++) {
        if (i == child->pool)
            continue;
        if (master.fds[i].listen_fd >= 0)
            close(master.fds[i].listen_fd);
        if (master.fds[i].doorbell_fd >= 0)
            close(master.fds[i].doorbell_fd);
    }
    /* The environment may have made us nice already; not being let to be nicer is no reason to fail. */
    if (pool->nice > 0)
        (void)setpriority(PRIO_PROCESS, 0, pool->nice);
    pool->run(pool, master.fds[child->pool].listen_fd, master.fds[child->pool].doorbell_fd,
              pool->arg);
    exit(0); /* not _exit: LeakSanitizer speaks at exit */
}

static const char *
pool_name(const struct child *child)
{
    return child->pool < 0 ? "before" : master.pools[child->pool].name;
}

static int64_t
next_delay(int64_t delay_us)
{
    if (delay_us == 0)
        return DELAY_LEAST_US;
    return delay_us * 2 > DELAY_MOST_US ? DELAY_MOST_US : delay_us * 2;
}

static void
start(struct child *child)
{
    pid_t parent = getpid();
    pid_t pid;

    fflush(NULL);
    pid = fork();
    if (pid == 0)
        live(child, parent);
    child->started_us = clock_monotonic_us();
    if (pid < 0) {
        log_error("master.fork_failed", "pool=%s errno=%d", pool_name(child), errno);
        child->delay_us = next_delay(child->delay_us);
        child->start_us = child->started_us + child->delay_us;
        return;
    }
    child->pid = pid;
}

static struct child *
add_child(void)
{
    if (master.child_count == CHILDREN_MAX)
        BUG("what=too_many_children max=%d", CHILDREN_MAX);
    master.children[master.child_count] = (struct child){ 0 };
    return &master.children[master.child_count++];
}

/* The last one moves into the gap. */
static void
remove_child(struct child *child)
{
    *child = master.children[--master.child_count];
}

static int
children_wanted(void)
{
    int n = 0;

    for (int i = 0; i < master.pool_count; i++)
        n += master.pools[i].children;
    return n;
}

/* The generation before goes on until ask_old finds this one well on its feet. */
static void
start_generation(void)
{
    if (master.child_count + children_wanted() > CHILDREN_MAX) {
        log_warn("master.reload_refused", "what=too_many_children children=%d", master.child_count);
        return;
    }
    master.generation++;
    for (int i = 0; i < master.pool_count; i++)
        for (int n = 0; n < master.pools[i].children; n++) {
            struct child *child = add_child();
            child->pool = i;
            child->generation = master.generation;
            child->place = (int64_t)arc4random() << 31 | arc4random() | 1;
        }
    log_info("master.generation", "name=%s generation=%d children=%d", master.name,
             master.generation, children_wanted());
}

static void
start_due(int64_t now_us)
{
    for (int i = 0; i < master.child_count; i++) {
        struct child *child = &master.children[i];
        if (child->pid == 0 && child->start_us <= now_us)
            start(child);
    }
}

static void
on_death(struct child *child, int status)
{
    int64_t now_us = clock_monotonic_us();
    int64_t lived_us = now_us - child->started_us;
    bool is_present = child->generation == master.generation;

    if (child->asked_us == 0) {
        if (is_present)
            master.restarts++;
        log_warn("master.child_died", "pool=%s pid=%d %s=%d lived_ms=%lld restarts=%ld",
                 pool_name(child), (int)child->pid, WIFSIGNALED(status) ? "signal" : "status",
                 WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
                 (long long)(lived_us / US_PER_MS), master.restarts);
    }
    if (!is_present || master.is_ending) {
        remove_child(child);
        return;
    }
    child->delay_us = lived_us < YOUNG_US ? next_delay(child->delay_us) : 0;
    child->start_us = now_us + child->delay_us;
    child->pid = 0;
}

/* Gives what the trial of a new binary ended with; false: it did not end now. */
static bool
reap(int *trial_status)
{
    bool is_tried = false;
    int status;
    pid_t pid;

    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        if (pid == master.trial.pid) {
            *trial_status = status;
            is_tried = true;
        }
        for (int i = 0; i < master.child_count; i++)
            if (master.children[i].pid == pid) {
                on_death(&master.children[i], status);
                break;
            }
    }
    return is_tried;
}

/*
 * A new generation has proven itself when every child of it has outlived the age of
 * failed starts. One that cannot start (a wrong setting) leaves the old one serving.
 */
static bool
is_generation_settled(int64_t now_us)
{
    for (int i = 0; i < master.child_count; i++) {
        const struct child *child = &master.children[i];
        if (child->generation == master.generation &&
            (child->pid == 0 || now_us - child->started_us < YOUNG_US))
            return false;
    }
    return true;
}

static void
ask_to_end(struct child *child, int64_t now_us)
{
    if (child->asked_us == 0)
        child->asked_us = now_us;
    if (now_us < child->remind_us)
        return;
    if (now_us - child->asked_us >= DEADLINE_US) {
        log_warn("master.child_killed", "pool=%s pid=%d", pool_name(child), (int)child->pid);
        kill(child->pid, SIGKILL);
    } else {
        kill(child->pid, SIGTERM);
    }
    child->remind_us = now_us + REMIND_US;
}

static void
ask_old(int64_t now_us)
{
    bool settled = is_generation_settled(now_us);

    for (int i = 0; i < master.child_count; i++) {
        struct child *child = &master.children[i];
        bool is_old = child->generation < master.generation;
        if (child->pid > 0 && (master.is_ending || child->asked_us > 0 || (is_old && settled)))
            ask_to_end(child, now_us);
    }
}

/* Nobody left, and nobody to come. */
static bool
is_over(void)
{
    if (!master.is_ending)
        return false;
    for (int i = master.child_count - 1; i >= 0; i--)
        if (master.children[i].pid == 0)
            remove_child(&master.children[i]);
    return master.child_count == 0;
}

/* A new binary. */

static void
adopt_child(pid_t pid)
{
    struct child *child = add_child();

    child->pool = -1;
    child->pid = pid;
    child->started_us = clock_monotonic_us();
}

/*
 * The same process becomes the new program: same pid, same children, same sockets;
 * signals stay blocked, so none is lost. Returns only if that failed.
 */
static void
become_new_binary(char *const argv[])
{
    for (int i = 0; i < master.pool_count; i++) {
        takeover_give_socket(master.fds[i].listen_fd, master.pools[i].socket);
        takeover_give_socket(master.fds[i].doorbell_fd, master.pools[i].doorbell);
    }
    for (int i = 0; i < master.child_count; i++)
        if (master.children[i].pid > 0)
            takeover_give_child(master.children[i].pid);

    log_info("master.new_binary", "name=%s binary=%s", master.name, master.binary);
    fflush(NULL);
    execv(master.binary, argv);

    log_error("master.exec_failed", "binary=%s errno=%d", master.binary, errno);
    takeover_take_back();
}

static void
refuse_new_binary(const char *why)
{
    log_error("master.new_binary_refused", "name=%s binary=%s why=%s serving=generation_%d",
              master.name, master.binary, why, master.generation);
}

static void
try_new_binary(void)
{
    if (!trial_begin(&master.trial, master.binary))
        refuse_new_binary("no_process");
}

static void
judge_new_binary(int status, char *const argv[])
{
    const char *why = trial_verdict(&master.trial, status);

    if (why != NULL)
        refuse_new_binary(why);
    else
        become_new_binary(argv);
}

static void
give_up_slow_trial(int64_t now_us)
{
    if (master.trial.pid == 0 || now_us < master.trial.until_us)
        return;
    trial_end(&master.trial);
    refuse_new_binary("slow");
}

/* The loop. */

static void
sooner(int64_t *due_us, int64_t when_us)
{
    if (when_us < *due_us)
        *due_us = when_us;
}

/* When something is to be done although no signal comes. */
static int64_t
next_due(int64_t now_us)
{
    int64_t due_us = master.trial.pid != 0 ? master.trial.until_us : INT64_MAX;

    for (int i = 0; i < master.child_count; i++) {
        const struct child *child = &master.children[i];
        if (child->pid == 0)
            sooner(&due_us, child->start_us);
        else if (child->asked_us > 0)
            sooner(&due_us, child->remind_us);
        else if (child->started_us + YOUNG_US > now_us)
            sooner(&due_us, child->started_us + YOUNG_US);
    }
    return due_us;
}

static int
wait_for_signal(int64_t until_us)
{
    int64_t wait_us = until_us - clock_monotonic_us();
    struct timespec timeout;

    if (until_us == INT64_MAX)
        return sigwaitinfo(&master.signals, NULL);
    if (wait_us < US_PER_MS)
        wait_us = US_PER_MS; /* never a busy loop, whatever the arithmetic */
    timeout.tv_sec = wait_us / US_PER_S;
    timeout.tv_nsec = wait_us % US_PER_S * 1000;
    return sigtimedwait(&master.signals, NULL, &timeout);
}

static void
end(void)
{
    if (master.is_ending)
        return;
    log_info("master.ending", "name=%s", master.name);
    trial_end(&master.trial);
    remove_sockets(); /* who comes now is told at once, instead of waiting in vain */
    master.is_ending = true;
}

static void
serve(char *const argv[])
{
    for (;;) {
        int64_t now_us = clock_monotonic_us();
        int trial_status;

        if (reap(&trial_status))
            judge_new_binary(trial_status, argv);
        if (is_over())
            return;
        if (!master.is_ending)
            start_due(now_us);
        ask_old(now_us);
        give_up_slow_trial(now_us);

        switch (wait_for_signal(next_due(now_us))) {
        case SIGTERM:
        case SIGINT: end(); break;
        case SIGHUP:
            if (!master.is_ending)
                start_generation();
            break;
        case SIGUSR2:
            if (!master.is_ending)
                try_new_binary();
            break;
        default: /* SIGCHLD, or time */ break;
        }
    }
}

int
master_run(const char *name, const char *pid_file, const struct master_pool *pools, int n,
           char *const argv[])
{
    static const int waited_for[] = { SIGTERM, SIGINT, SIGHUP, SIGUSR2, SIGCHLD };
    ssize_t len;

    if (n > POOLS_MAX)
        BUG("what=too_many_pools max=%d", POOLS_MAX);
    master.name = name;
    master.pools = pools;
    master.pool_count = n;

    len = readlink("/proc/self/exe", master.binary, sizeof master.binary - 1);
    master.binary[len > 0 ? len : 0] = '\0';

    sigemptyset(&master.signals);
    for (size_t i = 0; i < sizeof waited_for / sizeof waited_for[0]; i++)
        sigaddset(&master.signals, waited_for[i]);
    sigprocmask(SIG_BLOCK, &master.signals, NULL);
    signal(SIGPIPE, SIG_IGN);

    if (pid_file != NULL && !pid_file_take(pid_file))
        return 1;
    if (!open_sockets()) {
        remove_file(pid_file);
        return 1;
    }
    takeover_children(adopt_child);
    takeover_done();
    start_generation();
    serve(argv);

    remove_file(pid_file);
    log_info("master.ended", "name=%s restarts=%ld", name, master.restarts);
    return 0;
}
