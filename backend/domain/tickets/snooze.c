/*
 * Snoozing: out of the lists until a time, or until the customer writes (tickets_append sees to that).
 * The timer carries the time it was set for: a ticket that was snoozed anew, woken or closed meanwhile
 * has another, and the timer lets it be.
 */
#include "tickets_private.h"

#include "base/clock.h"
#include "domain/audit/audit.h"
#include "domain/hours/hours.h"

#define DAY_S (US_PER_DAY / US_PER_S)
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

/* Midnight on their clocks. */
static int64_t
next_day(const struct zone *zone, int64_t now_us)
{
    int64_t now_s = zone_floor_div(now_us, US_PER_S),
            local_s = now_s + zone_at(zone, now_s).offset_s;

    return zone_instant(zone, (zone_floor_div(local_s, DAY_S) + 1) * DAY_S) * US_PER_S;
}

struct err
tickets_openings(struct cx *cx, struct ticket_id id, struct ticket_openings *out)
{
    struct hours_subject subject;
    const struct schedule *schedule;
    const struct hours_book *book;
    struct db_rows version;
    struct ticket ticket;

    *out = (struct ticket_openings){ 0 };
    hours_ask(cx, &version);
    TRY(tickets_get(cx, id, &ticket));
    TRY(hours_book(cx, &version, &book));
    subject = (struct hours_subject){ .department_id = ticket.department.v,
                                      .channel_id = ticket.channel.v };
    schedule = hours_schedule(book, &subject);
    if (schedule == NULL)
        return OK;
    out->next_us = hours_next_opening(book, &subject, cx->now_us);
    out->later_day_us = openings_next(schedule, next_day(schedule->zone, cx->now_us));
    return OK;
}
