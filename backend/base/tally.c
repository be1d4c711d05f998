#include "tally.h"

#include "clock.h"

#include <stdatomic.h>
#include <sys/mman.h>

enum { ROUTES_MAX = 512, CLASSES = 5 /* 1xx to 5xx */ };

struct line {
    const struct route *route; /* NULL: requests for no route of ours */
    _Atomic int64_t answers[CLASSES];
    _Atomic int64_t us;
};

/* Shared memory; NULL: not open. The last line is the one without a route. */
static struct {
    struct line *lines;
    size_t n;
} tally;

static void
add_line(const struct route *route, void *unused)
{
    (void)unused;
    if (tally.n == ROUTES_MAX)
        BUG("what=too_many_routes max=%d", ROUTES_MAX);
    tally.lines[tally.n++].route = route;
}

void
tally_open(const struct router *router)
{
    void *shared = mmap(NULL, ROUTES_MAX * sizeof(struct line), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (shared == MAP_FAILED)
        BUG("what=out_of_memory");
    tally.lines = shared;
    tally.n = 0;
    router_each(router, add_line, NULL);
    add_line(NULL, NULL);
}

/* A hundred pointers or so: a walk costs less than what a table would. */
static struct line *
line_of(const struct route *route)
{
    size_t i = 0;

    while (i < tally.n - 1 && tally.lines[i].route != route)
        i++;
    return &tally.lines[i];
}

void
tally_count(const struct route *route, int status, int64_t us)
{
    struct line *line;

    if (tally.lines == NULL || status < 100 || status > 599)
        return;
    line = line_of(route);
    atomic_fetch_add_explicit(&line->answers[status / 100 - 1], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&line->us, us, memory_order_relaxed);
}

static const char *
method_of(const struct line *line)
{
    return line->route != NULL ? http_method_word(line->route->method) : "-";
}

static const char *
path_of(const struct line *line)
{
    return line->route != NULL ? line->route->path : "-";
}

void
tally_write(struct buf *out)
{
    buf_add(out, STR("# HELP balcao_http_requests_total Answers by route and class of status.\n"
                     "# TYPE balcao_http_requests_total counter\n"));
    for (size_t i = 0; i < tally.n; i++)
        for (int hundred = 0; hundred < CLASSES; hundred++) {
            int64_t n =
                atomic_load_explicit(&tally.lines[i].answers[hundred], memory_order_relaxed);

            if (n > 0)
                buf_fmt(out,
                        "balcao_http_requests_total{method=\"%s\",route=\"%s\",class=\"%dxx\"} "
                        "%lld\n",
                        method_of(&tally.lines[i]), path_of(&tally.lines[i]), hundred + 1,
                        (long long)n);
        }
    buf_add(out, STR("# HELP balcao_http_seconds_total Time these answers took.\n"
                     "# TYPE balcao_http_seconds_total counter\n"));
    for (size_t i = 0; i < tally.n; i++) {
        int64_t us = atomic_load_explicit(&tally.lines[i].us, memory_order_relaxed);

        if (us > 0)
            buf_fmt(out, "balcao_http_seconds_total{method=\"%s\",route=\"%s\"} %.6f\n",
                    method_of(&tally.lines[i]), path_of(&tally.lines[i]),
                    (double)us / (double)US_PER_S);
    }
}
