/*
 * Snoozing: out of the lists until a time, or until the customer writes (tickets_append sees to that).
 * The timer carries the time it was set for: a ticket that was snoozed anew, woken or closed meanwhile
 * has another, and the timer lets it be.
 */
#include "tickets_private.h"

#include "base/clock.h"
#include "domain/audit/audit.h"

#define SNOOZE_MAX_US (366 * US_PER_DAY)

/* Back on top of its list, marked until somebody reads it. */
static void
wake(struct cx *cx, struct ticket *ticket)
{
    struct buf detail;
    struct json_out o = tickets_act_line(cx, &detail, "snooze_over");

    json_close(&o, '}');
    ticket->snoozed_until_us = 0;
    ticket->woken_at_us = cx->now_us;
    if (ticket->unread_count == 0)
        ticket->unread_count = 1;
    tickets_append_system(cx, ticket, buf_str(&detail));
    tickets_save(cx, ticket, NULL);
}

static void
put_to_sleep(struct cx *cx, struct ticket *ticket, int64_t until_us)
{
    struct buf detail;
    struct json_out o = tickets_act_line(cx, &detail, "ticket_snoozed");

    json_kv_time(&o, "until", until_us);
    json_close(&o, '}');
    ticket->snoozed_until_us = until_us;
    ticket->woken_at_us = 0;
    tickets_append_quiet(cx, ticket, buf_str(&detail));
    tickets_save(cx, ticket, NULL);
    jobs_add(cx, "ticket.wake", jobs_lane("ticket", ticket->id.v, 0), ticket->id.v,
             str_fmt(cx->arena, "%lld", (long long)until_us), until_us);
}

static void
leave_trail(struct cx *cx, const struct ticket *ticket, int64_t until_us)
{
    struct audit_change change = { 0 };
    char before[CLOCK_ISO_BYTES], after[CLOCK_ISO_BYTES];
    struct str none = { 0 };

    audit_text(&change, "snoozed_until",
               ticket->snoozed_until_us == 0 ? none : clock_iso(ticket->snoozed_until_us, before),
               until_us == 0 ? none : clock_iso(until_us, after));
    audit_changed(cx, until_us == 0 ? "ticket.woken" : "ticket.snoozed", "ticket", ticket->id.v,
                  &change);
}

struct err
tickets_snooze(struct cx *cx, struct ticket_id id, int64_t until_us, struct ticket *out)
{
    struct ticket ticket;

    if (until_us != 0 && until_us <= cx->now_us)
        return FAIL_FIELD(ERR_INVALID, "until_past", "until");
    if (until_us > cx->now_us + SNOOZE_MAX_US)
        return FAIL_FIELD(ERR_INVALID, "until_far", "until");
    TRY(tickets_lock(cx, id, &ticket));
    TRY(tickets_require_open(&ticket));
    if (ticket.snoozed_until_us != until_us) {
        leave_trail(cx, &ticket, until_us);
        if (until_us == 0)
            wake(cx, &ticket);
        else
            put_to_sleep(cx, &ticket, until_us);
    }
    *out = ticket;
    return OK;
}

struct err
ticket_wake_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                 struct job_outcome *out)
{
    struct ticket ticket;
    int64_t until_us;

    (void)answer;
    (void)out;
    if (!str_i64(job->arg, &until_us))
        return FAIL(ERR_INVALID, "arg_damaged");
    TRY(tickets_lock(cx, (struct ticket_id){ job->subject_id }, &ticket));
    if (ticket.snoozed_until_us != until_us)
        return OK;
    leave_trail(cx, &ticket, 0);
    wake(cx, &ticket);
    return OK;
}
