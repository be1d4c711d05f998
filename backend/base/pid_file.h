/*
 * The file that names a running master, and the lock that keeps a second one away.
 * The lock dies with the process, whatever becomes of the file.
 */
#ifndef BASE_PID_FILE_H
#define BASE_PID_FILE_H

#include <stdbool.h>

/* Takes the lock and writes the pid. False after a line in the log: somebody holds it. */
bool pid_file_take(const char *path);

#endif
