#include "httpc.h"

#include "clock.h"
#include "db.h"
#include "httpc_flight.h"

#include <stdlib.h>

struct httpc_set {
    const struct conf *conf;
    CURLM *multi;
    struct httpc_flight *flying; /* in libcurl's hands */
    struct httpc_flight *landed; /* answers that nobody has fetched yet */
    int running;                 /* both */
};

static void
push(struct httpc_flight **list, struct httpc_flight *flight)
{
    flight->next = *list;
    *list = flight;
}

static void
take_off(struct httpc_flight **list, const struct httpc_flight *flight)
{
    while (*list != flight)
        list = &(*list)->next;
    *list = flight->next;
}

struct httpc_set *
httpc_set_new(const struct conf *conf)
{
    struct httpc_set *set = calloc(1, sizeof(*set));

    if (set == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        BUG("what=out_of_memory");
    set->conf = conf;
    set->multi = curl_multi_init();
    if (set->multi == NULL)
        BUG("what=out_of_memory");
    return set;
}

void
httpc_set_free(struct httpc_set *set)
{
    if (set == NULL)
        return;
    while (set->flying != NULL) {
        struct httpc_flight *flight = set->flying;

        set->flying = flight->next;
        curl_multi_remove_handle(set->multi, flight->easy);
        httpc_flight_free(flight);
    }
    curl_multi_cleanup(set->multi);
    curl_global_cleanup();
    free(set);
}

void
httpc_start(struct httpc_set *set, struct arena *arena, const struct httpc_call *call, void *tag)
{
    struct httpc_flight *flight = httpc_flight_new(set->conf, arena, call, tag);

    set->running++;
    if (flight->easy == NULL) {
        push(&set->landed, flight);
        return;
    }
    if (curl_multi_add_handle(set->multi, flight->easy) != CURLM_OK)
        BUG("what=call_not_started");
    push(&set->flying, flight);
}

int
httpc_running(const struct httpc_set *set)
{
    return set->running;
}

/* Lets libcurl work and collects what came down. */
static void
advance(struct httpc_set *set)
{
    const CURLMsg *message;
    int still, more;

    if (curl_multi_perform(set->multi, &still) != CURLM_OK)
        BUG("what=curl_multi");
    while ((message = curl_multi_info_read(set->multi, &more)) != NULL) {
        struct httpc_flight *flight = NULL;
        CURLcode code = message->data.result;

        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &flight);
        curl_multi_remove_handle(set->multi, flight->easy);
        take_off(&set->flying, flight);
        httpc_flight_land(flight, code);
        push(&set->landed, flight);
    }
}

/* Sleeps until a socket, the wake_fd or the clock moves; true: it was the wake_fd. */
static bool
rest(struct httpc_set *set, int wake_fd, int64_t left_us)
{
    struct curl_waitfd wake = { .fd = wake_fd, .events = CURL_WAIT_POLLIN };
    int left_ms = (int)((left_us + US_PER_MS - 1) / US_PER_MS);

    if (curl_multi_poll(set->multi, &wake, wake_fd >= 0, left_ms, NULL) != CURLM_OK)
        BUG("what=curl_multi");
    return wake.revents != 0;
}

bool
httpc_next(struct httpc_set *set, int wake_fd, int wait_ms, void **tag, struct httpc_answer *out)
{
    int64_t until_us = clock_monotonic_us() + wait_ms * US_PER_MS;
    struct httpc_flight *flight;
    bool woken = false;

    for (;;) {
        int64_t left_us;

        if (set->flying != NULL)
            advance(set);
        if (set->landed != NULL)
            break;
        left_us = until_us - clock_monotonic_us();
        if (woken || left_us <= 0 || (set->flying == NULL && wake_fd < 0))
            return false;
        woken = rest(set, wake_fd, left_us);
    }

    flight = set->landed;
    set->landed = flight->next;
    set->running--;
    *tag = flight->tag;
    *out = flight->answer;
    return true;
}

/*
 * The set behind httpc_perform: one per process, so that the certificates are
 * read once and listed targets keep their connection. Never freed: it ends with
 * the process.
 */
static struct httpc_set *
own_set(const struct conf *conf)
{
    static struct httpc_set *set;

    if (set == NULL)
        set = httpc_set_new(conf);
    set->conf = conf;
    return set;
}

void
httpc_perform(struct cx *cx, const struct httpc_call *call, struct httpc_answer *out)
{
    struct httpc_set *set = own_set(cx->conf);
    void *tag;

    /* The other side may take its whole time-out; nobody may wait for a row that long. */
    if (cx->db != NULL && db_in_tx(cx->db))
        BUG("what=call_inside_a_transaction");
    httpc_start(set, cx->arena, call, NULL);
    while (!httpc_next(set, -1, 1000, &tag, out))
        ;
}
