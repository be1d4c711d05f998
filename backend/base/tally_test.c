#include "base/tally.h"
#include "base/testing/testing.h"

#include <sys/wait.h>
#include <unistd.h>

static struct err
nothing(struct cx *cx, struct req *req, struct res *res)
{
    (void)cx, (void)req;
    return res_empty(res, 204);
}

static const struct route routes[] = {
    { GET, "/pets", NULL, TX_NONE, nothing, ACCESS_PUBLIC, BODY_NONE, NULL },
    { POST, "/pets/:id", NULL, TX_NONE, nothing, ACCESS_PUBLIC, BODY_NONE, NULL },
    { 0 },
};

static const char *
figures(void)
{
    struct buf out = { .arena = test_arena() };

    tally_write(&out);
    return str_cstr(test_arena(), buf_str(&out));
}

static void
close_router(void *router)
{
    router_free(router);
}

TEST(answers_of_every_child_are_counted_by_route_and_class)
{
    static const struct route *const tables[] = { routes };
    struct router *router = router_new(tables, 1);
    pid_t child;

    testing_at_end(close_router, router);
    tally_open(router);
    child = fork();
    if (child == 0) {
        tally_count(&routes[1], 201, 1500000);
        tally_count(NULL, 404, 10);
        _exit(0);
    }
    CHECK_I64(waitpid(child, NULL, 0), child);
    tally_count(&routes[1], 200, 500000);
    tally_count(&routes[1], 409, 0);

    CHECK(
        strstr(figures(), "requests_total{method=\"POST\",route=\"/pets/:id\",class=\"2xx\"} 2\n"));
    CHECK(
        strstr(figures(), "requests_total{method=\"POST\",route=\"/pets/:id\",class=\"4xx\"} 1\n"));
    CHECK(strstr(figures(), "seconds_total{method=\"POST\",route=\"/pets/:id\"} 2.000000\n"));
    CHECK(strstr(figures(), "requests_total{method=\"-\",route=\"-\",class=\"4xx\"} 1\n"));
    CHECK(strstr(figures(), "\"GET\"") == NULL);
}
