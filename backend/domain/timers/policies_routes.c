#include "timers_private.h"

#include "base/clock.h"
#include "domain/audit/audit.h"
#include "domain/org/org.h"

#include "timers.sql.h"

enum { POLICY_NAME_MAX = 60, POLICY_LIST_MAX = 100 };

/* "{1,2}" as a list. */
static void
put_ids(struct json_out *o, const char *key, struct str array)
{
    json_key(o, key);
    json_open(o, '[');
    if (array.len > 2)
        json_put_raw(o, (struct str){ array.p + 1, array.len - 2 });
    json_close(o, ']');
}

static void
put_priorities(struct json_out *o, struct str array)
{
    json_key(o, "priorities");
    json_open(o, '[');
    for (size_t i = 0; i < array.len; i++)
        if (array.p[i] >= '0' && array.p[i] <= '3')
            json_put_str(o, str_of(ticket_priority_names[array.p[i] - '0']));
    json_close(o, ']');
}

static void
policy_write_json(struct json_out *o, const void *value)
{
    const struct policy *p = value;

    json_open(o, '{');
    json_kv_i64(o, "id", p->id);
    json_kv_str(o, "name", p->name);
    json_kv_bool(o, "is_active", p->is_active);
    put_ids(o, "department_ids", p->department_ids);
    put_ids(o, "channel_ids", p->channel_ids);
    put_priorities(o, p->priorities);
    json_kv_id(o, "first_answer_min", p->first_answer_min);
    json_kv_id(o, "next_answer_min", p->next_answer_min);
    json_kv_id(o, "resolution_min", p->resolution_min);
    json_kv_id(o, "warn_percent", p->warn_percent);
    json_kv_id(o, "warn_min", p->warn_min);
    json_kv_time(o, "valid_from", p->valid_from_us);
    json_close(o, '}');
}

static struct err
get_policies(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(policies_list(cx, &rows));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct policy policy = policies_at(&rows, i);

        policy_write_json(&o, &policy);
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

struct policy_body {
    struct str name;
    bool is_active;
    struct json_ids departments, channels;
    struct json_strs priorities;
    int64_t first_answer_min, next_answer_min, resolution_min, warn_percent, warn_min;
};

static const struct json_field policy_fields[] = {
    { "channel_ids", JSON_IDS, false, offsetof(struct policy_body, channels), POLICY_LIST_MAX },
    { "department_ids", JSON_IDS, false, offsetof(struct policy_body, departments),
      POLICY_LIST_MAX },
    { "first_answer_min", JSON_ID, false, offsetof(struct policy_body, first_answer_min), 0 },
    { "is_active", JSON_FLAG, false, offsetof(struct policy_body, is_active), 0 },
    { "name", JSON_STR, true, offsetof(struct policy_body, name), POLICY_NAME_MAX },
    { "next_answer_min", JSON_ID, false, offsetof(struct policy_body, next_answer_min), 0 },
    { "priorities", JSON_STRS, false, offsetof(struct policy_body, priorities), 4 },
    { "resolution_min", JSON_ID, false, offsetof(struct policy_body, resolution_min), 0 },
    { "warn_min", JSON_ID, false, offsetof(struct policy_body, warn_min), 0 },
    { "warn_percent", JSON_ID, false, offsetof(struct policy_body, warn_percent), 0 },
    { 0 },
};

static struct err
check_span(int64_t minutes, const char *field)
{
    return minutes <= SPAN_MIN_MAX ? OK : FAIL_FIELD(ERR_INVALID, "out_of_range", field);
}

static struct err
read_policy(struct cx *cx, struct req *req, struct policy_body *out)
{
    struct db_row row;

    *out = (struct policy_body){ .is_active = true };
    TRY(req_body(req, policy_fields, out));
    out->name = str_trim(out->name);
    if (out->name.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    if (out->first_answer_min == 0 && out->next_answer_min == 0 && out->resolution_min == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "first_answer_min");
    TRY(check_span(out->first_answer_min, "first_answer_min"));
    TRY(check_span(out->next_answer_min, "next_answer_min"));
    TRY(check_span(out->resolution_min, "resolution_min"));
    TRY(check_span(out->warn_min, "warn_min"));
    if ((out->warn_percent != 0) == (out->warn_min != 0))
        return FAIL_FIELD(ERR_INVALID, "one_warning_only", "warn_percent");
    if (out->warn_percent > 99)
        return FAIL_FIELD(ERR_INVALID, "out_of_range", "warn_percent");
    TRY(db_one(cx, &SQL_policy_places_unknown, &row, P_ID(cx->account),
               db_p_i64s(cx->arena, out->departments.v, out->departments.n),
               db_p_i64s(cx->arena, out->channels.v, out->channels.n)));
    if (db_bool(&row, 0))
        return FAIL_FIELD(ERR_NOT_FOUND, "department_unknown", "department_ids");
    return db_bool(&row, 1) ? FAIL_FIELD(ERR_NOT_FOUND, "channel_unknown", "channel_ids") : OK;
}

/* The places of their names in the table. */
static struct err
read_priorities(struct cx *cx, struct json_strs names, struct db_param *out)
{
    int64_t *places = arena_array(cx->arena, int64_t, names.n + 1);

    for (size_t i = 0; i < names.n; i++) {
        while (ticket_priority_names[places[i]] != NULL &&
               !str_eq(names.v[i], str_of(ticket_priority_names[places[i]])))
            places[i]++;
        if (ticket_priority_names[places[i]] == NULL)
            return FAIL_FIELD(ERR_INVALID, "unknown_value", "priorities");
    }
    *out = db_p_i64s(cx->arena, places, names.n);
    return OK;
}

/* id 0: a new one, last in order. */
static struct err
save(struct cx *cx, const struct policy_body *b, int64_t id, struct policy *out)
{
    struct db_param priorities;
    struct db_row row;

    TRY(read_priorities(cx, b->priorities, &priorities));
    {
        const struct db_param params[] = {
            P_ID(cx->account),
            P_STR(b->name),
            P_BOOL(b->is_active),
            db_p_i64s(cx->arena, b->departments.v, b->departments.n),
            db_p_i64s(cx->arena, b->channels.v, b->channels.n),
            priorities,
            db_p_id(b->first_answer_min),
            db_p_id(b->next_answer_min),
            db_p_id(b->resolution_min),
            db_p_id(b->warn_percent),
            db_p_id(b->warn_min),
            P_TIME(cx->now_us),
            P_I64(id),
        };
        int n = sizeof params / sizeof params[0];

        TRY(db_one_(cx, id == 0 ? &SQL_policy_add : &SQL_policy_save, &row, params,
                    id == 0 ? n - 1 : n));
    }
    *out = policy_from_row(&row);
    return OK;
}

/* What changed, for the trail; the screens ask again. */
static void
tell(struct cx *cx, const char *action, int64_t id, const struct policy *before,
     const struct policy *after)
{
    static const struct policy none;
    struct audit_change change = { 0 };
    const struct policy *b = before != NULL ? before : &none, *a = after != NULL ? after : &none;

    audit_text(&change, "name", b->name, a->name);
    audit_flag(&change, "is_active", b->is_active, a->is_active);
    audit_text(&change, "department_ids", b->department_ids, a->department_ids);
    audit_text(&change, "channel_ids", b->channel_ids, a->channel_ids);
    audit_text(&change, "priorities", b->priorities, a->priorities);
    audit_number(&change, "first_answer_min", b->first_answer_min, a->first_answer_min);
    audit_number(&change, "next_answer_min", b->next_answer_min, a->next_answer_min);
    audit_number(&change, "resolution_min", b->resolution_min, a->resolution_min);
    audit_number(&change, "warn_percent", b->warn_percent, a->warn_percent);
    audit_number(&change, "warn_min", b->warn_min, a->warn_min);
    audit_changed(cx, action, "sla_policy", id, &change);
    org_tell(cx);
}

static struct err
post_policy(struct cx *cx, struct req *req, struct res *res)
{
    struct policy_body body;
    struct policy policy;

    TRY(read_policy(cx, req, &body));
    TRY(save(cx, &body, 0, &policy));
    tell(cx, "sla_policy.created", policy.id, NULL, &policy);
    return res_json(res, 201, policy_write_json, &policy);
}

static struct err
lock(struct cx *cx, struct req *req, struct policy *out)
{
    struct db_row row;
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(db_one(cx, &SQL_policy_lock, &row, P_ID(cx->account), P_I64(id)));
    *out = policy_from_row(&row);
    return OK;
}

static struct err
put_policy(struct cx *cx, struct req *req, struct res *res)
{
    struct policy before, after;
    struct policy_body body;

    TRY(lock(cx, req, &before));
    TRY(read_policy(cx, req, &body));
    TRY(save(cx, &body, before.id, &after));
    tell(cx, "sla_policy.edited", after.id, &before, &after);
    return res_json(res, 200, policy_write_json, &after);
}

static struct err
delete_policy(struct cx *cx, struct req *req, struct res *res)
{
    struct policy policy;

    TRY(lock(cx, req, &policy));
    db_queue(cx, &SQL_policy_remove, P_ID(cx->account), P_I64(policy.id));
    tell(cx, "sla_policy.deleted", policy.id, &policy, NULL);
    return res_empty(res, 204);
}

struct order_body {
    struct json_ids ids;
};

static struct err
put_order(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "policy_ids", JSON_IDS, true, offsetof(struct order_body, ids), 200 },
        { 0 },
    };
    struct order_body body = { 0 };
    struct db_row row;

    TRY(req_body(req, fields, &body));
    TRY(db_one(cx, &SQL_policy_unknown, &row, P_ID(cx->account),
               db_p_i64s(cx->arena, body.ids.v, body.ids.n)));
    if (db_bool(&row, 0))
        return FAIL_FIELD(ERR_NOT_FOUND, "policy_unknown", "policy_ids");
    db_queue(cx, &SQL_policy_order, P_ID(cx->account),
             db_p_i64s(cx->arena, body.ids.v, body.ids.n));
    audit_add(cx, "sla_policies.ordered", "account", cx->account.v, STR(""));
    org_tell(cx);
    return get_policies(cx, req, res);
}

/* Of one ticket: what runs, and what became of what was promised before. */
static void
write_running(struct json_out *o, const struct db_rows *rows)
{
    json_key(o, "running");
    json_open(o, '[');
    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);

        json_open(o, '{');
        json_kv_str(o, "kind", db_str(&row, 0));
        json_kv_time(o, "started_at", db_time(&row, 1));
        json_kv_str(o, "policy_name", db_str(&row, 2));
        json_kv_i64(o, "target_s", db_i64(&row, 3) / US_PER_S);
        json_kv_time(o, "warn_at", db_time(&row, 4));
        json_kv_time(o, "due_at", db_time(&row, 5));
        json_kv_time(o, "breached_at", db_time(&row, 6));
        json_kv_bool(o, "is_paused", db_bool(&row, 7));
        json_close(o, '}');
    }
    json_close(o, ']');
}

static void
write_results(struct json_out *o, const struct db_rows *rows)
{
    json_key(o, "results");
    json_open(o, '[');
    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);

        json_open(o, '{');
        json_kv_str(o, "kind", db_str(&row, 0));
        json_kv_time(o, "started_at", db_time(&row, 1));
        json_kv_str(o, "policy_name", db_str(&row, 2));
        json_kv_i64(o, "target_s", db_i64(&row, 3));
        json_kv_time(o, "due_at", db_time(&row, 4));
        json_kv_time(o, "breached_at", db_time(&row, 5));
        json_kv_time(o, "ended_at", db_time(&row, 6));
        json_key(o, "spent_s");
        if (db_is_null(&row, 7))
            json_put_null(o);
        else
            json_put_i64(o, db_i64(&row, 7));
        json_kv_str(o, "outcome", db_str(&row, 8));
        json_close(o, '}');
    }
    json_close(o, ']');
}

static struct err
get_ticket_sla(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows running, results;
    struct ticket ticket;
    struct ticket_id id;
    struct json_out o;

    TRY(req_path_id(req, "id", &id.v));
    TRY(tickets_get(cx, id, &ticket)); /* whoever does not see it learns nothing of it */
    TRY(db_many(cx, &SQL_clock_promises, &running, P_ID(cx->account), P_ID(id)));
    TRY(db_many(cx, &SQL_sla_result_list, &results, P_ID(cx->account), P_ID(id)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    write_running(&o, &running);
    write_results(&o, &results);
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route sla_routes[] = {
    { GET, "/api/v1/sla-policies", "sla.manage", TX_READ, get_policies, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { POST, "/api/v1/sla-policies", "sla.manage", TX_WRITE, post_policy, ACCESS_MEMBER, BODY_JSON,
      "sla_policy.created" },
    { PUT, "/api/v1/sla-policies", "sla.manage", TX_WRITE, put_order, ACCESS_MEMBER, BODY_JSON,
      "sla_policies.ordered" },
    { PUT, "/api/v1/sla-policies/:id", "sla.manage", TX_WRITE, put_policy, ACCESS_MEMBER, BODY_JSON,
      "sla_policy.edited" },
    { DELETE, "/api/v1/sla-policies/:id", "sla.manage", TX_WRITE, delete_policy, ACCESS_MEMBER,
      BODY_NONE, "sla_policy.deleted" },
    { GET, "/api/v1/tickets/:id/sla", "tickets.view", TX_READ, get_ticket_sla, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { 0 },
};
