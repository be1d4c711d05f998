/*
 * One call on its way: a libcurl handle, prepared from a struct httpc_call, that
 * gathers the answer. For httpc.c, which lets flights depart and waits for them.
 */
#ifndef BASE_HTTPC_FLIGHT_H
#define BASE_HTTPC_FLIGHT_H

#include "httpc.h"
#include "httpc_guard.h"

#include <curl/curl.h>

struct httpc_flight {
    struct httpc_flight *next; /* in the list of its set */
    void *tag;

    CURL *easy;
    struct curl_slist *headers;
    curl_mime *mime;
    struct curl_slist *recipients;
    size_t read; /* bytes of a letter that libcurl has taken */

    const struct conf *conf;
    struct arena *arena; /* of the answer, and of this struct */
    struct httpc_call call;
    struct httpc_target target;
    int64_t started_us; /* monotonic */

    struct buf body;
    size_t header_bytes;
    int file;           /* being saved to; -1: not open */
    bool refused;       /* an address was: the reason of whatever failed next */
    struct err stopped; /* by us, in the middle of the answer */
    struct httpc_answer answer;
};

/*
 * A flight ready to depart, or one whose answer.failed already says why not (easy
 * is NULL then). Never fails itself.
 */
struct httpc_flight *httpc_flight_new(const struct conf *conf, struct arena *a,
                                      const struct httpc_call *call, void *tag);

/* Fills flight->answer from what libcurl says, and lets the handle go. */
void httpc_flight_land(struct httpc_flight *flight, CURLcode code);

/* Gives back what is not the arena's; a file half saved is removed. */
void httpc_flight_free(struct httpc_flight *flight);

/* libcurl's CURLOPT_OPENSOCKETFUNCTION: the guard itself. Visible for its test. */
curl_socket_t httpc_flight_open_socket(void *flight, curlsocktype purpose,
                                       struct curl_sockaddr *address);

#endif
