/*
 * Rules of automatic transfer and of inactivity: the account's, and those that departments have instead.
 */
#include "timers_private.h"

#include "domain/audit/audit.h"
#include "domain/org/org.h"
#include "domain/settings/settings.h"
#include "domain/variables/variables.h"

#include "timers.sql.h"

struct err
transfer_rules_list(struct cx *cx, struct db_rows *rows)
{
    return db_many(cx, &SQL_transfer_rule_list, rows, P_ID(cx->account));
}

struct err
idle_rules_list(struct cx *cx, struct db_rows *rows)
{
    return db_many(cx, &SQL_idle_rule_list, rows, P_ID(cx->account));
}

struct transfer_rule
transfer_rule_at(const struct db_rows *rows, int index)
{
    struct db_row row = db_row_at(rows, index);

    return (struct transfer_rule){
        .id = db_i64(&row, 0),
        .department_id = db_i64(&row, 1),
        .is_on = db_bool(&row, 2),
        .wait_min = db_i64(&row, 3),
        .to_department_id = db_i64(&row, 4),
        .to_member_id = db_i64(&row, 5),
        .message = db_str(&row, 6),
    };
}

struct idle_rule
idle_rule_at(const struct db_rows *rows, int index)
{
    struct db_row row = db_row_at(rows, index);

    return (struct idle_rule){
        .id = db_i64(&row, 0),
        .department_id = db_i64(&row, 1),
        .is_on = db_bool(&row, 2),
        .close_after_min = db_i64(&row, 3),
        .warn_before_min = db_i64(&row, 4),
        .warn_text = db_str(&row, 5),
        .reason_id = db_i64(&row, 6),
        .message = db_str(&row, 7),
    };
}

static const char *
field_of(struct cx *cx, size_t i, const char *name)
{
    return str_cstr(cx->arena, str_fmt(cx->arena, "rules[%zu].%s", i, name));
}

/* Whom rules name, to be asked for in one question. */
struct named {
    int64_t *departments, *members, *reasons;
    size_t department_count, member_count, reason_count;
};

static struct named
named_room(struct cx *cx, size_t n)
{
    return (struct named){
        .departments = arena_array(cx->arena, int64_t, 2 * n + 1),
        .members = arena_array(cx->arena, int64_t, n + 1),
        .reasons = arena_array(cx->arena, int64_t, n + 1),
    };
}

static void
name(int64_t *ids, size_t *n, int64_t id)
{
    if (id != 0)
        ids[(*n)++] = id;
}

static struct err
require_named(struct cx *cx, const struct named *named)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_timer_targets_unknown, &row, P_ID(cx->account),
               db_p_i64s(cx->arena, named->departments, named->department_count),
               db_p_i64s(cx->arena, named->members, named->member_count),
               db_p_i64s(cx->arena, named->reasons, named->reason_count)));
    if (db_bool(&row, 0))
        return FAIL_FIELD(ERR_NOT_FOUND, "department_unknown", "rules");
    if (db_bool(&row, 1))
        return FAIL_FIELD(ERR_NOT_FOUND, "member_unknown", "rules");
    return db_bool(&row, 2) ? FAIL_FIELD(ERR_NOT_FOUND, "reason_unknown", "rules") : OK;
}

/* What stands in the trail and what every screen and every live ticket is told. */
static void
changed(struct cx *cx, const char *action, size_t before, size_t after)
{
    struct audit_change change = { 0 };

    audit_number(&change, "rules", (int64_t)before, (int64_t)after);
    audit_changed(cx, action, "account", cx->account.v, &change);
    jobs_add(cx, "timers.again", jobs_lane("timers", cx->account.v, 0), 0, STR(""), 0);
    org_tell(cx);
}

static struct err
check_transfer(struct cx *cx, const struct transfer_rule *r, size_t i)
{
    if (r->wait_min < 1 || r->wait_min > WAIT_MIN_MAX)
        return FAIL_FIELD(ERR_INVALID, "out_of_range", field_of(cx, i, "wait_min"));
    if (r->to_department_id != 0 && r->to_member_id != 0)
        return FAIL_FIELD(ERR_INVALID, "one_target_only", field_of(cx, i, "to_member_id"));
    if (r->is_on && r->to_department_id == 0 && r->to_member_id == 0)
        return FAIL_FIELD(ERR_INVALID, "required", field_of(cx, i, "to_department_id"));
    if (r->is_on && r->message.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", field_of(cx, i, "message"));
    return variables_require(cx, r->message, field_of(cx, i, "message"));
}

struct err
transfer_rules_save(struct cx *cx, const struct transfer_rule *rules, size_t n)
{
    struct named named = named_room(cx, n);
    struct db_rows before;

    db_assert_tx(cx);
    for (size_t i = 0; i < n; i++) {
        TRY(check_transfer(cx, &rules[i], i));
        for (size_t j = 0; j < i; j++)
            if (rules[j].department_id == rules[i].department_id)
                return FAIL_FIELD(ERR_INVALID, "rule_twice", field_of(cx, i, "department_id"));
        name(named.departments, &named.department_count, rules[i].department_id);
        name(named.departments, &named.department_count, rules[i].to_department_id);
        name(named.members, &named.member_count, rules[i].to_member_id);
    }
    TRY(transfer_rules_list(cx, &before));
    TRY(require_named(cx, &named));
    db_queue(cx, &SQL_transfer_rules_clear, P_ID(cx->account));
    for (size_t i = 0; i < n; i++)
        db_queue(cx, &SQL_transfer_rule_add, P_ID(cx->account), db_p_id(rules[i].department_id),
                 P_BOOL(rules[i].is_on), P_I64(rules[i].wait_min),
                 db_p_id(rules[i].to_department_id), db_p_id(rules[i].to_member_id),
                 P_STR(rules[i].message));
    changed(cx, "transfer_rules.edited", (size_t)before.count, n);
    return OK;
}

static struct err
check_idle(struct cx *cx, const struct settings *settings, const struct idle_rule *r, size_t i)
{
    if (r->is_on && r->reason_id == 0 && settings->requires_reason)
        return FAIL_FIELD(ERR_INVALID, "required", field_of(cx, i, "reason_id"));
    if (r->close_after_min < 10 || r->close_after_min > SPAN_MIN_MAX)
        return FAIL_FIELD(ERR_INVALID, "out_of_range", field_of(cx, i, "close_after_min"));
    if (r->warn_before_min < 0 || r->warn_before_min >= r->close_after_min)
        return FAIL_FIELD(ERR_INVALID, "out_of_range", field_of(cx, i, "warn_before_min"));
    if (r->is_on && r->warn_before_min > 0 && r->warn_text.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", field_of(cx, i, "warn_text"));
    TRY(variables_require(cx, r->warn_text, field_of(cx, i, "warn_text")));
    return variables_require(cx, r->message, field_of(cx, i, "message"));
}

struct err
idle_rules_save(struct cx *cx, const struct idle_rule *rules, size_t n)
{
    struct named named = named_room(cx, n);
    struct settings settings;
    struct db_rows before;

    db_assert_tx(cx);
    TRY(settings_get(cx, &settings));
    for (size_t i = 0; i < n; i++) {
        TRY(check_idle(cx, &settings, &rules[i], i));
        for (size_t j = 0; j < i; j++)
            if (rules[j].department_id == rules[i].department_id)
                return FAIL_FIELD(ERR_INVALID, "rule_twice", field_of(cx, i, "department_id"));
        name(named.departments, &named.department_count, rules[i].department_id);
        name(named.reasons, &named.reason_count, rules[i].reason_id);
    }
    TRY(idle_rules_list(cx, &before));
    TRY(require_named(cx, &named));
    db_queue(cx, &SQL_idle_rules_clear, P_ID(cx->account));
    for (size_t i = 0; i < n; i++)
        db_queue(cx, &SQL_idle_rule_add, P_ID(cx->account), db_p_id(rules[i].department_id),
                 P_BOOL(rules[i].is_on), P_I64(rules[i].close_after_min),
                 P_I64(rules[i].warn_before_min), P_STR(rules[i].warn_text),
                 db_p_id(rules[i].reason_id), P_STR(rules[i].message));
    changed(cx, "idle_rules.edited", (size_t)before.count, n);
    return OK;
}
