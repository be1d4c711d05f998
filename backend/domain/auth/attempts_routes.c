#include "agent.h"
#include "attempts.h"
#include "auth_private.h"

#include "auth_attempts.sql.h"

enum { LIST_MAX = 50 };

static void
write_attempt(struct json_out *o, const struct db_row *row)
{
    json_open(o, '{');
    json_kv_i64(o, "id", db_i64(row, 0));
    json_kv_time(o, "at", db_time(row, 1));
    json_kv_str(o, "address", db_str(row, 2));
    json_key(o, "device");
    agent_write(o, db_str(row, 3));
    json_kv_str(o, "step", db_str(row, 4));
    json_kv_str(o, "reason", db_str(row, 5));
    json_kv_str(o, "request_id", db_str(row, 6));
    json_kv_time(o, "retry_at", db_time(row, 7));
    json_close(o, '}');
}

static struct err
get_attempts(struct cx *cx, struct req *req, struct res *res)
{
    struct member_person who;
    struct db_rows rows;
    struct json_out o;

    TRY(auth_member_person(cx, req, &who));
    TRY(db_many(cx, &SQL_attempts_list, &rows, P_ID(cx->account), P_ID(who.user), P_I64(LIST_MAX)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_str(&o, "display_name", who.display_name);
    json_kv_bool(&o, "is_active", who.is_active);
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        write_attempt(&o, &row);
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route attempts_routes[] = {
    { GET, "/api/v1/members/:id/attempts", "users.diagnose", TX_READ, get_attempts },
    { 0 },
};
