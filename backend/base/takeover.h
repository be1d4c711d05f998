/*
 * What a new binary inherits from the one it replaces in the same process: open
 * sockets by the path they were bound to, and running children. Both travel in the
 * environment.
 */
#ifndef BASE_TAKEOVER_H
#define BASE_TAKEOVER_H

#include <stdbool.h>
#include <sys/types.h>

/* Before exec: lets the socket stay open (-1: nothing to give), names the child. */
void takeover_give_socket(int fd, const char *path);
void takeover_give_child(pid_t pid);

/* When exec failed: as if nothing had been given. */
void takeover_take_back(void);

/* After exec: the socket bound to this path, closed on exec again; -1: none. */
int takeover_socket(const char *path);

/* Calls fn for each child that is still running. */
void takeover_children(void (*fn)(pid_t pid));

/* Closes what nobody asked for, and cleans the environment. */
void takeover_done(void);

#endif
