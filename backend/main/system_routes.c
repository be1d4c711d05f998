#include "system_routes.h"

#include "main/migrate.h"
#include "system.sql.h"

static struct err
get_healthz(struct cx *cx, struct req *req, struct res *res)
{
    (void)cx;
    (void)req;
    return res_text(res, 200, "text/plain", STR("ok\n"));
}

static struct err
get_readyz(struct cx *cx, struct req *req, struct res *res)
{
    (void)req;
    TRY(migrate_check(cx));
    return res_text(res, 200, "text/plain", STR("ready\n"));
}

/* Prometheus text. What nginx and PostgreSQL know of themselves, their own exporters tell. */
static struct err
get_metrics(struct cx *cx, struct req *req, struct res *res)
{
    struct buf out = { .arena = cx->arena };
    struct db_rows queues;
    struct db_row row;

    (void)req;
    TRY(db_many_(cx, &SQL_system_queues, &queues, NULL, 0));
    buf_add(&out, STR("# HELP balcao_jobs_waiting Jobs that are due or in hand, by queue.\n"
                      "# TYPE balcao_jobs_waiting gauge\n"));
    for (int i = 0; i < queues.count; i++) {
        row = db_row_at(&queues, i);
        buf_fmt(&out, "balcao_jobs_waiting{queue=\"%.*s\"} %lld\n", STR_ARG(db_str(&row, 0)),
                (long long)db_i64(&row, 1));
    }
    buf_add(&out, STR("# HELP balcao_jobs_oldest_seconds Age of the oldest job, by queue.\n"
                      "# TYPE balcao_jobs_oldest_seconds gauge\n"));
    for (int i = 0; i < queues.count; i++) {
        row = db_row_at(&queues, i);
        buf_fmt(&out, "balcao_jobs_oldest_seconds{queue=\"%.*s\"} %lld\n", STR_ARG(db_str(&row, 0)),
                (long long)db_i64(&row, 2));
    }
    TRY(db_one_(cx, &SQL_system_inbound, &row, NULL, 0));
    buf_fmt(&out,
            "# HELP balcao_inbound_pending Deliveries kept and not handled yet.\n"
            "# TYPE balcao_inbound_pending gauge\nbalcao_inbound_pending %lld\n"
            "# HELP balcao_inbound_oldest_seconds Age of the oldest of them.\n"
            "# TYPE balcao_inbound_oldest_seconds gauge\nbalcao_inbound_oldest_seconds %lld\n",
            (long long)db_i64(&row, 0), (long long)db_i64(&row, 1));
    return res_text(res, 200, "text/plain; version=0.0.4", buf_str(&out));
}

const struct route system_routes[] = {
    { GET, "/healthz", NULL, TX_NONE, get_healthz, ACCESS_PUBLIC, BODY_NONE, NULL },
    { GET, "/readyz", NULL, TX_READ, get_readyz, ACCESS_LOOPBACK, BODY_NONE, NULL },
    { GET, "/metrics", NULL, TX_READ, get_metrics, ACCESS_LOOPBACK, BODY_NONE, NULL },
    { 0 },
};
