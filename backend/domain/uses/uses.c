#include "uses.h"

#include "base/db.h"
#include "base/json.h"

#include "uses.sql.h"

struct err
uses_require_none(struct cx *cx, struct res *res, const char *kind, int64_t id)
{
    struct db_rows rows;
    struct json_out o;

    TRY(db_many(cx, &SQL_flows_naming, &rows, P_ID(cx->account),
                P_STR(str_fmt(cx->arena, "%s:%lld", kind, (long long)id))));
    if (rows.count == 0)
        return OK;
    o = res_more(res);
    json_key(&o, "flows");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        json_open(&o, '{');
        json_kv_i64(&o, "id", db_i64(&row, 0));
        json_kv_str(&o, "key", db_str(&row, 1));
        json_kv_str(&o, "name", db_str(&row, 2));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    return FAIL(ERR_CONFLICT, "named_by_flows");
}
