/*
 * The settings tabs „transferência automática“ and „inatividade“, saved as a whole, and the preview of both and of SLA.
 */
#include "timers_private.h"

#include "base/clock.h"
#include "domain/accounts/accounts.h"

/* A body is {"rules": […]}, each read by a table. */
struct rules_body {
    const struct json *rules;
};

static struct err
read_rules(struct cx *cx, struct req *req, const struct json_field *fields, size_t size,
           void *defaults, char **out, size_t *n)
{
    static const struct json_field body_fields[] = {
        { "rules", JSON_ANY, true, offsetof(struct rules_body, rules), 0 },
        { 0 },
    };
    struct rules_body body = { 0 };

    TRY(req_body(req, body_fields, &body));
    if (json_kind(body.rules) != JSON_ARRAY)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", "rules");
    if (json_len(body.rules) > RULES_MAX)
        return FAIL_FIELD(ERR_INVALID, "too_many", "rules");
    *out = arena_calloc(cx->arena, json_len(body.rules) + 1, size);
    for (*n = 0; *n < json_len(body.rules); ++*n) {
        const struct json *item = json_at(body.rules, *n);
        void *rule = *out + *n * size;
        struct err e;

        if (json_kind(item) != JSON_OBJECT)
            return FAIL_FIELD(ERR_INVALID, "wrong_type", "rules");
        memcpy(rule, defaults, size);
        e = json_read(cx->arena, item, fields, rule);
        if (e.code != ERR_NONE)
            return FAIL_FIELD(
                e.code, e.slug,
                str_cstr(cx->arena, str_fmt(cx->arena, "rules[%zu].%s", *n, e.field)));
    }
    return OK;
}

static void
write_transfer(struct json_out *o, const struct transfer_rule *r)
{
    json_open(o, '{');
    json_kv_id(o, "department_id", r->department_id);
    json_kv_bool(o, "is_on", r->is_on);
    json_kv_i64(o, "wait_min", r->wait_min);
    json_kv_id(o, "to_department_id", r->to_department_id);
    json_kv_id(o, "to_member_id", r->to_member_id);
    json_kv_str(o, "message", r->message);
    json_close(o, '}');
}

static void
write_idle(struct json_out *o, const struct idle_rule *r)
{
    json_open(o, '{');
    json_kv_id(o, "department_id", r->department_id);
    json_kv_bool(o, "is_on", r->is_on);
    json_kv_i64(o, "close_after_min", r->close_after_min);
    json_kv_i64(o, "warn_before_min", r->warn_before_min);
    json_kv_str(o, "warn_text", r->warn_text);
    json_kv_id(o, "reason_id", r->reason_id);
    json_kv_str(o, "message", r->message);
    json_close(o, '}');
}

static struct err
get_timers(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows transfers, idles;
    struct json_out o;

    (void)req;
    TRY(transfer_rules_list(cx, &transfers));
    TRY(idle_rules_list(cx, &idles));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "transfer");
    json_open(&o, '[');
    for (int i = 0; i < transfers.count; i++) {
        struct transfer_rule rule = transfer_rule_at(&transfers, i);

        write_transfer(&o, &rule);
    }
    json_close(&o, ']');
    json_key(&o, "idle");
    json_open(&o, '[');
    for (int i = 0; i < idles.count; i++) {
        struct idle_rule rule = idle_rule_at(&idles, i);

        write_idle(&o, &rule);
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
put_transfer(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "department_id", JSON_ID, false, offsetof(struct transfer_rule, department_id), 0 },
        { "is_on", JSON_FLAG, true, offsetof(struct transfer_rule, is_on), 0 },
        { "message", JSON_STR, false, offsetof(struct transfer_rule, message), RULE_TEXT_MAX },
        { "to_department_id", JSON_ID, false, offsetof(struct transfer_rule, to_department_id), 0 },
        { "to_member_id", JSON_ID, false, offsetof(struct transfer_rule, to_member_id), 0 },
        { "wait_min", JSON_I64, true, offsetof(struct transfer_rule, wait_min), 0 },
        { 0 },
    };
    struct transfer_rule defaults = { .message = STR("") }, *rules;
    char *items;
    size_t n;

    TRY(read_rules(cx, req, fields, sizeof defaults, &defaults, &items, &n));
    rules = (void *)items;
    for (size_t i = 0; i < n; i++)
        rules[i].message = str_trim(rules[i].message);
    TRY(transfer_rules_save(cx, rules, n));
    return get_timers(cx, req, res);
}

static struct err
put_idle(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "close_after_min", JSON_I64, false, offsetof(struct idle_rule, close_after_min), 0 },
        { "department_id", JSON_ID, false, offsetof(struct idle_rule, department_id), 0 },
        { "is_on", JSON_FLAG, true, offsetof(struct idle_rule, is_on), 0 },
        { "message", JSON_STR, false, offsetof(struct idle_rule, message), RULE_TEXT_MAX },
        { "reason_id", JSON_ID, false, offsetof(struct idle_rule, reason_id), 0 },
        { "warn_before_min", JSON_I64, false, offsetof(struct idle_rule, warn_before_min), 0 },
        { "warn_text", JSON_STR, false, offsetof(struct idle_rule, warn_text), RULE_TEXT_MAX },
        { 0 },
    };
    struct idle_rule defaults = { .close_after_min = 4320,
                                  .message = STR(""),
                                  .warn_text = STR("") },
                     *rules;
    char *items;
    size_t n;

    TRY(read_rules(cx, req, fields, sizeof defaults, &defaults, &items, &n));
    rules = (void *)items;
    for (size_t i = 0; i < n; i++) {
        rules[i].message = str_trim(rules[i].message);
        rules[i].warn_text = str_trim(rules[i].warn_text);
    }
    TRY(idle_rules_save(cx, rules, n));
    return get_timers(cx, req, res);
}

/* When would so many open minutes be over that began then? */
static struct err
get_trial(struct cx *cx, struct req *req, struct res *res)
{
    struct hours_subject subject = { 0 };
    const struct schedule *schedule;
    const struct hours_book *book;
    struct account account;
    struct db_rows version;
    struct hours hours;
    struct json_out o;
    int64_t at_us, due_us, minutes = 0;

    TRY(req_query_i64(req, "department_id", 1, INT64_MAX, &subject.department_id));
    TRY(req_query_i64(req, "channel_id", 1, INT64_MAX, &subject.channel_id));
    TRY(req_query_i64(req, "minutes", 1, SPAN_MIN_MAX, &minutes));
    if (minutes == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "minutes");
    hours_ask(cx, &version);
    TRY(accounts_get(cx, &account));
    TRY(hours_book(cx, &version, &book));
    hours_look(book, &subject, cx->now_us, &hours);
    if (hours.decider == HOURS_NOBODY && zone_find(account.time_zone) != NULL)
        hours.zone = zone_find(account.time_zone);
    TRY(hours_read_wall(cx, req, hours.zone, &at_us));
    schedule = hours_schedule(book, &subject);
    due_us = open_after(schedule, at_us, minutes * US_PER_MIN);

    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_time(&o, "at", at_us);
    json_kv_str(&o, "wall", hours_wall(cx->arena, hours.zone, at_us));
    json_kv_str(&o, "time_zone", zone_name(hours.zone));
    json_kv_time(&o, "due_at", due_us);
    json_kv_str(&o, "due_wall", hours_wall(cx->arena, hours.zone, due_us));
    json_kv_str(&o, "period_name",
                hours.decider == HOURS_NOBODY ? (struct str){ 0 } : hours.period_name);
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route timers_routes[] = {
    { GET, "/api/v1/timers", "settings.view", TX_READ, get_timers, ACCESS_MEMBER, BODY_NONE, NULL },
    { PUT, "/api/v1/timers/transfer", "settings.manage", TX_WRITE, put_transfer, ACCESS_MEMBER,
      BODY_JSON, "transfer_rules.edited" },
    { PUT, "/api/v1/timers/idle", "settings.manage", TX_WRITE, put_idle, ACCESS_MEMBER, BODY_JSON,
      "idle_rules.edited" },
    { GET, "/api/v1/timers/trial", "settings.view", TX_READ, get_trial, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { 0 },
};
