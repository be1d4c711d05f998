/*
 * Programs of others, run as children that may do little: no shell, an empty
 * environment, nothing to read, no descriptor of ours, no network where the kernel
 * lets us take it away, low priority, limits on time, memory and file size, no new
 * privileges. Each has a group of its own, which is killed whole, and dies with the
 * process that started it. What strangers sent is only ever looked into there.
 */
#ifndef BASE_PROGRAM_H
#define BASE_PROGRAM_H

#include "httpc.h"

struct program_call {
    const char *const *argv; /* ended by NULL; the first is an absolute path */
    /*
     * What it prints becomes this new file, which has no name before the program succeeded:
     * whoever dies on the way leaves nothing behind. One that is there already stays as it is.
     * NULL: what it prints is kept with its complaints.
     */
    const char *save_to;
    int64_t timeout_ms;   /* 0: 30 000; on the wall, from when it starts */
    int64_t cpu_s;        /* 0: 30 */
    int64_t memory_bytes; /* 0: 768 MiB of addresses */
    int64_t file_bytes;   /* 0: 64 MiB; the largest file that it may write */
};

/* So many run at once in a set; the others wait for their turn. A set belongs to the process. */
enum { PROGRAMS_AT_ONCE = 2, PROGRAM_SAYS_MAX = 16 * 1024 };

struct program_set;
struct program_set *program_set_new(void);
/* Kills what still runs. */
void program_set_free(struct program_set *set);

/* arena: where the call and what it said lie; it must live until the program ended. */
void program_start(struct program_set *set, struct arena *arena, const struct program_call *call,
                   void *tag);

/* Those that run or wait. */
int program_running(const struct program_set *set);

/* Readable when one of them has said something or ended. */
int program_fd(const struct program_set *set);

/*
 * One that ended, without waiting: true. The answer is in the words of a call: status is its exit
 * status, body what it complained of, saved_bytes the size of save_to. Slugs of failed:
 *
 *   program_missing  it could not be started
 *   program_failed   it ended with another status than 0
 *   program_timeout  it took too long and was killed
 *   program_flooded  it said more than PROGRAM_SAYS_MAX and was killed
 *   program_killed   by a limit, or by somebody
 *   save_failed      its file could not be made or named
 */
bool program_next(struct program_set *set, void **tag, struct httpc_answer *out);

#endif
