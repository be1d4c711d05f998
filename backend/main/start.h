/*
 * What every program does before its first decision: close its memory, find the
 * settings, open the log, load the keys. Ends the process with a clear line when
 * something is missing.
 */
#ifndef MAIN_START_H
#define MAIN_START_H

#include "base/conf.h"

/* Forbids core files and debuggers, unless a sanitizer has to look. start does it. */
void start_memory(void);

/* process: its name in the log. Strings live as long as the arena. */
void start(struct arena *arena, const char *process, struct conf *conf);

/* For programs that seal and open. */
void start_keys(const struct conf *conf);

/*
 * `program --check`, after all of the above: the database answers and has the
 * migrations that this program needs. Returns the exit status, 0 after saying so.
 */
int start_check(struct arena *arena, const char *conninfo);

/* run_dir/name, NUL-terminated, in the arena. */
const char *start_path(struct arena *arena, const struct conf *conf, const char *name);

#endif
