/*
 * What every program does before its first decision: find the settings, open the
 * log, load the keys. Ends the process with a clear line when something is missing.
 */
#ifndef MAIN_START_H
#define MAIN_START_H

#include "base/conf.h"

/* process: its name in the log. Strings live as long as the arena. */
void start(struct arena *arena, const char *process, struct conf *conf);

/* run_dir/name, NUL-terminated, in the arena. */
const char *start_path(struct arena *arena, const struct conf *conf, const char *name);

#endif
