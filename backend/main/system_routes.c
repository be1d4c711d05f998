#include "system_routes.h"

#include "base/tally.h"
#include "main/migrate.h"
#include "system.sql.h"

enum { CHANNELS_SHOWN = 500 };

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

static void
write_head(struct buf *out, const char *name, const char *help)
{
    buf_fmt(out, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
}

static void
write_one(struct buf *out, const char *name, const char *help, int64_t value)
{
    write_head(out, name, help);
    buf_fmt(out, "%s %lld\n", name, (long long)value);
}

/* Rows of queue, figure…: the figure in this column. */
static void
write_queues(struct buf *out, const char *name, const char *help, const struct db_rows *rows,
             int column)
{
    write_head(out, name, help);
    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);

        buf_fmt(out, "%s{queue=\"%.*s\"} %lld\n", name, STR_ARG(db_str(&row, 0)),
                (long long)db_i64(&row, column));
    }
}

static void
write_silence(struct buf *out, const struct db_rows *rows)
{
    static const char name[] = "balcao_channel_silence_seconds";

    write_head(out, name, "Since the last delivery of a channel in use, the most silent ones.");
    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);

        buf_fmt(out, "%s{channel=\"%lld\",kind=\"%.*s\"} %lld\n", name, (long long)db_i64(&row, 0),
                STR_ARG(db_str(&row, 1)), (long long)db_i64(&row, 2));
    }
}

static struct err
get_metrics(struct cx *cx, struct req *req, struct res *res)
{
    struct buf out = { .arena = cx->arena };
    struct db_rows rows;
    struct db_row row;

    (void)req;
    tally_write(&out);
    TRY(db_many_(cx, &SQL_system_queues, &rows, NULL, 0));
    write_queues(&out, "balcao_jobs_waiting", "Jobs that are due or in hand, by queue.", &rows, 1);
    write_queues(&out, "balcao_jobs_oldest_seconds", "Age of the oldest job, by queue.", &rows, 2);
    TRY(db_many_(cx, &SQL_system_dead, &rows, NULL, 0));
    write_queues(&out, "balcao_jobs_dead", "Jobs that were given up, by queue.", &rows, 1);
    TRY(db_one_(cx, &SQL_system_inbound, &row, NULL, 0));
    write_one(&out, "balcao_inbound_pending", "Deliveries kept and not handled yet.",
              db_i64(&row, 0));
    write_one(&out, "balcao_inbound_oldest_seconds", "Age of the oldest of them.", db_i64(&row, 1));
    TRY(db_many(cx, &SQL_system_silence, &rows, P_I64(CHANNELS_SHOWN)));
    write_silence(&out, &rows);
    TRY(db_one_(cx, &SQL_system_oldest, &row, NULL, 0));
    write_one(&out, "balcao_oldest_transaction_seconds", "Age of the oldest open transaction.",
              db_i64(&row, 0));
    write_one(&out, "balcao_oldest_xmin_age",
              "Transactions since the oldest one somebody still sees.", db_i64(&row, 1));
    TRY(db_one_(cx, &SQL_system_audit, &row, NULL, 0));
    write_one(&out, "balcao_audit_unsealed_seconds",
              "Age of the oldest row of the trail that is in no chain yet.", db_i64(&row, 0));
    write_one(&out, "balcao_audit_broken",
              "Chains that did not hold when they were last looked over.", db_i64(&row, 1));
    return res_text(res, 200, "text/plain; version=0.0.4", buf_str(&out));
}

const struct route system_routes[] = {
    { GET, "/healthz", NULL, TX_NONE, get_healthz, ACCESS_PUBLIC, BODY_NONE, NULL },
    { GET, "/readyz", NULL, TX_READ, get_readyz, ACCESS_LOOPBACK, BODY_NONE, NULL },
    { GET, "/metrics", NULL, TX_READ, get_metrics, ACCESS_LOOPBACK, BODY_NONE, NULL },
    { 0 },
};
