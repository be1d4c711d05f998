/* How far the first questions of a ticket came, and letting its customer through without them. */
#include "intake.h"

#include "script.h"

#include "domain/auth/auth.h"

#include "intake.sql.h"

static void
write_needs(struct json_out *o, const char *key, int64_t needs)
{
    static const struct {
        int need;
        const char *word;
    } words[] = {
        { NEED_TERMS, "terms" },
        { NEED_CONSENT, "consent" },
        { NEED_BIRTH, "birth_date" },
        { NEED_DOCUMENT, "document" },
    };

    json_key(o, key);
    json_open(o, '[');
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if ((needs & words[i].need) != 0)
            json_put_str(o, str_of(words[i].word));
    json_close(o, ']');
}

static struct err
get_intake(struct cx *cx, struct req *req, struct res *res)
{
    struct ticket_id id;
    struct db_row row;
    struct json_out o;

    TRY(req_path_id(req, "id", &id.v));
    TRY(db_one(cx, &SQL_intake_show, &row, P_ID(cx->account), P_ID(id)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_str(&o, "state", db_str(&row, 0));
    write_needs(&o, "asked", db_i64(&row, 1));
    write_needs(&o, "missing", db_i64(&row, 2));
    json_kv_i64(&o, "wrong_count", db_i64(&row, 3));
    json_kv_i64(&o, "tries", db_i64(&row, 4));
    json_kv_time(&o, "started_at", db_time(&row, 5));
    json_kv_time(&o, "ended_at", db_time(&row, 6));
    json_kv_id(&o, "member_id", db_i64(&row, 7));
    json_kv_str(&o, "reason", db_str(&row, 8));
    json_close(&o, '}');
    return res_json_end(res);
}

struct override_body {
    struct str reason;
};

static struct err
post_override(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "reason", JSON_STR, true, offsetof(struct override_body, reason), 300 },
        { 0 },
    };
    struct override_body body = { 0 };
    struct ticket_id id;
    struct ticket ticket;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, fields, &body));
    TRY(intake_override(cx, id, str_trim(body.reason), &ticket));
    return res_json(res, 200, ticket_write_json, &ticket);
}

const struct route intake_routes[] = {
    { GET, "/api/v1/tickets/:id/intake", "tickets.view", TX_READ, get_intake, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/tickets/:id/intake/override", "flows.stop", TX_WRITE, post_override,
      ACCESS_MEMBER, BODY_JSON, "intake.overridden" },
    { 0 },
};
