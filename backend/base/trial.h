/*
 * Tries a new program before a master becomes it: started as `program --check`, it
 * does all that could fail at its start, says so and ends. One that ends otherwise,
 * or not in time, changes nothing for those who are being served.
 */
#ifndef BASE_TRIAL_H
#define BASE_TRIAL_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* In the program: asked only whether it could start. */
bool trial_asked(int argc, char *const argv[]);

/* In the program: it could. Says so on standard output; returns the exit status. */
int trial_passed(void);

/* In the master. All zero: none is running. */
struct trial {
    pid_t pid;        /* of a process group of its own */
    int said_fd;      /* what it says on standard output */
    int64_t until_us; /* monotonic */
};

/* How long a program may take; tests make it shorter. */
extern int64_t trial_patience_us;

/* Starts it; an earlier one is ended first. Its standard error is ours. False: no process to be had. */
bool trial_begin(struct trial *trial, const char *program);

/* It was reaped with this status: NULL when it passed, otherwise why not, in a word. */
const char *trial_verdict(struct trial *trial, int status);

/* Ends it, if one is running, with all that it started. */
void trial_end(struct trial *trial);

#endif
