/*
 * A named unix socket, bound so that its name never leads to a half-made one: it
 * has its mode and listens before it gets the name, and a socket that had the name
 * keeps working until then.
 */
#ifndef BASE_UNIX_SOCKET_H
#define BASE_UNIX_SOCKET_H

/*
 * type: SOCK_STREAM (listens, `backlog` connections may wait) or SOCK_DGRAM. Mode
 * 0660, not blocking, closed on exec. -1 after a line in the log.
 */
int unix_socket_bind(const char *path, int type, int backlog);

#endif
