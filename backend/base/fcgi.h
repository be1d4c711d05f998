/*
 * FastCGI framing: accepts on a listening socket, decodes one request at a time,
 * hands it to a callback, writes the answer. The one file that includes
 * fcgiapp.h, and the home of its sharp edges: bodies compared with their declared
 * length, signals blocked outside accept, the connection dropped whenever a body
 * was not read to its end.
 */
#ifndef BASE_FCGI_H
#define BASE_FCGI_H

#include "http.h"

struct fcgi_options {
    int listen_fd;
    size_t body_max; /* bytes kept in memory; more is 413 body_too_large */
};

/*
 * Serves until the process is asked to end (SIGTERM or SIGINT), then returns
 * after the request in hand. `serve` fills res; arena is reset between calls.
 */
void fcgi_serve(const struct fcgi_options *options, struct arena *arena,
                void (*serve)(struct req *req, struct res *res, void *arg), void *arg);

#endif
