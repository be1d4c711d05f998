/*
 * What is done when the time has come. The look that came here holds the ticket's lock and has read its thread to
 * the end, so whoever answered, took, closed or moved the ticket before has already ended the clock.
 */
#include "timers_private.h"

#include "base/clock.h"
#include "domain/audit/audit.h"
#include "domain/variables/variables.h"

#include "timers.sql.h"

/* {"event": event, "after_min": …: then what else it says, and '}' */
static struct json_out
line(struct cx *cx, struct buf *detail, const char *event, int64_t after_min)
{
    struct json_out o = events_payload(cx, detail);

    json_kv_str(&o, "event", str_of(event));
    json_kv_i64(&o, "after_min", after_min);
    return o;
}

static void
write_down(struct cx *cx, const struct look *look, const char *kind, int64_t stands_for_us,
           const char *slug)
{
    db_queue(cx, &SQL_timer_act_add, P_ID(cx->account), P_ID(look->ticket.id), P_STR(str_of(kind)),
             P_TIME(stands_for_us), P_I64(look->ticket.department.v), P_TIME(cx->now_us),
             slug == NULL ? P_NULL : P_STR(str_of(slug)));
}

/* Promises ------------------------------------------------------------------------- */

static void
save_result(struct cx *cx, const struct look *look, enum clock_kind kind, int64_t ended_us,
            bool is_answered)
{
    const struct clock *c = &look->clocks[kind];
    const char *outcome = c->breached_at_us != 0 ? "breached" : is_answered ? "met" : "dropped";
    int64_t due_us = c->due_at_us;

    if (due_us == 0) /* paused: where it would have been due, had it gone on */
        due_us = open_after(look->schedule, ended_us, c->target_us - c->spent_us);
    if (due_us == 0)
        due_us = ended_us;
    db_queue(cx, &SQL_sla_result_save, P_ID(cx->account), P_ID(look->ticket.id),
             P_STR(str_of(clock_kind_names[kind])), P_TIME(c->stands_for_us), P_I64(c->rule_id),
             P_ID(look->ticket.department), P_ID(look->ticket.assignee),
             P_I64(c->target_us / US_PER_S), P_TIME(due_us), P_TIME(c->breached_at_us),
             P_TIME(ended_us),
             ended_us == 0 ? P_NULL : P_I64(clock_spent(c, look->schedule, ended_us) / US_PER_S),
             P_STR(str_of(outcome)));
}

void
promise_end(struct cx *cx, struct look *look, enum clock_kind kind, int64_t at_us, bool is_answered)
{
    struct clock *c = &look->clocks[kind];

    if (!c->is_set)
        return;
    save_result(cx, look, kind, at_us, is_answered);
    *c = (struct clock){ 0 };
}

void
promise_breach(struct cx *cx, struct look *look, enum clock_kind kind)
{
    struct audit_change change = { .reason = str_of(clock_kind_names[kind]) };
    struct clock *c = &look->clocks[kind];
    struct buf detail;
    struct json_out o = line(cx, &detail, "sla_breached", c->target_us / US_PER_MIN);

    c->breached_at_us = c->due_at_us;
    save_result(cx, look, kind, 0, false);
    audit_changed(cx, "ticket.sla_breached", "ticket", look->ticket.id.v, &change);
    json_kv_str(&o, "kind", str_of(clock_kind_names[kind]));
    json_kv_time(&o, "due_at", c->due_at_us);
    json_close(&o, '}');
    tickets_append_quiet(cx, &look->ticket, buf_str(&detail));
    tickets_save(cx, &look->ticket, NULL);
}

static void
warn_of_promises(struct cx *cx, struct look *look)
{
    for (enum clock_kind kind = 0; kind < CLOCK__PROMISES; kind++) {
        struct clock *c = &look->clocks[kind];

        if (c->is_set && c->warned_at_us == 0 && c->warn_at_us != 0 && c->warn_at_us <= cx->now_us)
            c->warned_at_us = cx->now_us;
    }
}

enum stage { STAGE_FINE, STAGE_SHORT, STAGE_LATE };

static enum stage
stage_of(const struct clock *c)
{
    return !c->is_set || (c->warned_at_us == 0 && c->breached_at_us == 0) ? STAGE_FINE
           : c->breached_at_us != 0                                       ? STAGE_LATE
                                                                          : STAGE_SHORT;
}

/* What became short or late in this look and still is: what was answered meanwhile is nobody's alarm. */
static struct err
tell_of_promises(struct cx *cx, const struct look *look)
{
    for (enum clock_kind kind = 0; kind < CLOCK__PROMISES; kind++) {
        const struct clock *c = &look->clocks[kind], *was = &look->was[kind];
        bool is_same = was->is_set && was->stands_for_us == c->stands_for_us;

        if (stage_of(c) > (is_same ? stage_of(was) : STAGE_FINE))
            TRY(tickets_tell_promise(cx, &look->ticket, clock_kind_names[kind], c->due_at_us,
                                     stage_of(c) == STAGE_LATE));
    }
    return OK;
}

/* Transfer -------------------------------------------------------------------------- */

/* Whether it can go there; what is refused is said in the thread and not tried again in this wait. */
static struct err
check_target(struct cx *cx, const struct look *look)
{
    const struct transfer_rule *rule = &look->transfer;
    struct department department;
    struct member member;

    if (rule->to_member_id == 0)
        return org_require_department(cx, (struct department_id){ rule->to_department_id },
                                      &department);
    TRY(org_require_agent(cx, (struct member_id){ rule->to_member_id }, &member));
    return org_require_channel(cx, (struct member_id){ rule->to_member_id },
                               look->ticket.channel.v);
}

static struct err
transfer(struct cx *cx, struct look *look)
{
    const struct transfer_rule *rule = &look->transfer;
    struct ticket_transfer to = { .department = { rule->to_department_id },
                                  .assignee = { rule->to_member_id },
                                  .message = rule->message,
                                  .after_min = rule->wait_min };
    struct err refused = check_target(cx, look);
    struct buf detail;
    struct json_out o;

    if (refused.code != ERR_NONE && refused.code != ERR_CONFLICT && refused.code != ERR_NOT_FOUND)
        return refused;
    write_down(cx, look, "transfer", look->unanswered_since_us, refused.slug);
    if (refused.code == ERR_NONE) {
        TRY(tickets_transfer(cx, look->ticket.id, &to, &look->ticket));
    } else {
        o = line(cx, &detail, "transfer_failed", rule->wait_min);
        json_kv_str(&o, "slug", str_of(refused.slug));
        json_close(&o, '}');
        tickets_append_quiet(cx, &look->ticket, buf_str(&detail));
        tickets_save(cx, &look->ticket, NULL);
    }
    return look_moved(cx, look);
}

/* Inactivity -------------------------------------------------------------------------- */

static struct err
warn_idle(struct cx *cx, struct look *look)
{
    struct clock *c = &look->clocks[CLOCK_IDLE];
    struct err shut = tickets_require_window(&look->ticket, cx->now_us);
    struct message said;
    struct str text;
    struct buf detail;
    struct json_out o;

    c->warned_at_us = cx->now_us;
    write_down(cx, look, "idle_warning", c->stands_for_us, shut.slug);
    if (shut.code == ERR_NONE) {
        TRY(variables_fill(cx, look->ticket.id, look->idle.warn_text, &text));
        if (text.len > 0)
            tickets_say(cx, &look->ticket, "bot", text, &said);
    }
    o = line(cx, &detail, "idle_warned", look->idle.warn_before_min);
    json_kv_bool(&o, "is_sent", shut.code == ERR_NONE);
    json_close(&o, '}');
    tickets_append_quiet(cx, &look->ticket, buf_str(&detail));
    tickets_save(cx, &look->ticket, NULL);
    look_set_timers(cx, look);
    return OK;
}

static struct err
close_idle(struct cx *cx, struct look *look)
{
    const struct idle_rule *rule = &look->idle;
    struct close_reason_id reason = { rule->reason_id };
    struct str message = rule->message.len > 0 ? rule->message : (struct str){ 0 };
    struct closing_words closing;
    struct err refused = settings_closing(cx, reason, &closing);
    struct buf detail;
    struct json_out o;

    /* Its reason was switched off, or one is asked for since: it stays, and says so once. */
    if (refused.code == ERR_NOT_FOUND || refused.code == ERR_INVALID) {
        write_down(cx, look, "idle_closing", look->clocks[CLOCK_IDLE].stands_for_us, refused.slug);
        look->clocks[CLOCK_IDLE].breached_at_us = cx->now_us;
        o = line(cx, &detail, "idle_failed", rule->close_after_min);
        json_kv_str(&o, "slug", str_of(refused.slug));
        json_close(&o, '}');
        tickets_append_quiet(cx, &look->ticket, buf_str(&detail));
        tickets_save(cx, &look->ticket, NULL);
        return OK;
    }
    TRY(refused);
    if (closing.is_forced)
        message = (struct str){ 0 };
    write_down(cx, look, "idle_closing", look->clocks[CLOCK_IDLE].stands_for_us, NULL);
    o = line(cx, &detail, "idle_closed", rule->close_after_min);
    json_close(&o, '}');
    tickets_append_quiet(cx, &look->ticket, buf_str(&detail));
    tickets_save(cx, &look->ticket, NULL);
    TRY(tickets_close(cx, look->ticket.id, reason, message, &look->ticket));
    for (enum clock_kind kind = 0; kind < CLOCK__PROMISES; kind++)
        promise_end(cx, look, kind, cx->now_us, kind == CLOCK_RESOLUTION);
    look->is_settled = true;
    look_set_timers(cx, look);
    return OK;
}

static bool
is_due(const struct clock *c, int64_t at_us, int64_t now_us)
{
    return c->is_set && at_us != 0 && at_us <= now_us;
}

struct err
due_do(struct cx *cx, struct look *look)
{
    const struct clock *idle = &look->clocks[CLOCK_IDLE], *move = &look->clocks[CLOCK_TRANSFER];

    warn_of_promises(cx, look);
    if (is_due(move, move->due_at_us, cx->now_us))
        TRY(transfer(cx, look));
    if (idle->warned_at_us == 0 && is_due(idle, idle->warn_at_us, cx->now_us) && look->is_open)
        TRY(warn_idle(cx, look));
    if (is_due(idle, idle->due_at_us, cx->now_us) && idle->breached_at_us == 0 && look->is_open)
        TRY(close_idle(cx, look));
    return tell_of_promises(cx, look);
}
