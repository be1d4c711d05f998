/*
 * The pre-fork master: binds, forks children, restarts those that die (with
 * back-off when they die young), reloads gracefully, ends cleanly.
 *
 *   SIGHUP           new children first, then the old ones end after their work
 *   SIGUSR2          the same with a new binary (execs itself, keeps the sockets),
 *                    once that has shown that it can start (trial.h)
 *   SIGTERM, SIGINT  children end after their work; SIGKILL after the deadline
 *
 * Children die with their master (PR_SET_PDEATHSIG).
 */
#ifndef BASE_MASTER_H
#define BASE_MASTER_H

#include "err.h"

#include <stdbool.h>
#include <stdint.h>

struct master_pool {
    const char *name;     /* "api", "worker.inbound" */
    int children;         /* 0: pool is off */
    const char *socket;   /* path of a stream socket to bind, mode 0660; NULL: none */
    int backlog;          /* connections waiting; 0: 1024 */
    const char *doorbell; /* path of a datagram socket to bind; NULL: none */
    /* The child's life: returns when master_ending() is true. fds are -1 when not asked for. */
    void (*run)(const struct master_pool *pool, int listen_fd, int doorbell_fd, void *arg);
    void *arg;
    int nice; /* how far its children stand back for the others', 0 to 19 */
};

/*
 * Binds everything (a temporary name, then rename: a running master's socket is
 * never stolen half-way), writes pid_file, serves until told to end. Returns the
 * exit status of the process.
 */
int master_run(const char *name, const char *pid_file, const struct master_pool *pools, int n,
               char *const argv[]);

/* In a child: asked to end after the work in hand. Safe in loops and signal handlers. */
bool master_ending(void);

/*
 * In a child: the number of its place, which nobody else has: no other child, no older generation, no other master. Who is
 * started after a child died has the number that the dead one had. 0: no master started this process.
 */
int64_t master_place(void);

/* What makes master_ending() true: SIGTERM or SIGINT. Children have it; lone programs call it. */
void master_catch_signals(void);

#endif
