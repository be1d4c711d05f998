/*
 * What a customer is told who writes when nobody is there: once for as long as it stays
 * closed, in the transaction that brings the message in, so that a repeated delivery
 * repeats nothing.
 */
#include "messages_private.h"

#include "base/clock.h"
#include "domain/hours/hours.h"
#include "domain/variables/variables.h"

/* Somebody who wrote to them this recently is still there, whatever the hours say. */
enum { STAYS_ON_HOURS = 1 };

static bool
is_stayed_with(const struct cx *cx, const struct ticket *ticket)
{
    return ticket->state == TICKET_SERVING &&
           ticket->last_outbound_at_us > cx->now_us - STAYS_ON_HOURS * US_PER_HOUR;
}

struct err
away_note(struct cx *cx, const struct db_rows *hours_version, struct ticket *ticket,
          struct str *text)
{
    struct hours_subject subject = { .department_id = ticket->department.v,
                                     .channel_id = ticket->channel.v };
    const struct hours_book *book;
    struct hours hours;

    *text = STR("");
    TRY(hours_book(cx, hours_version, &book));
    hours_look(book, &subject, cx->now_us, &hours);
    if (hours.state.is_open || is_stayed_with(cx, ticket))
        return OK;
    if (ticket->out_of_hours_at_us == 0)
        ticket->out_of_hours_at_us = cx->now_us;
    if (ticket->away_until_us > cx->now_us)
        return OK;
    ticket->away_until_us = hours.state.changes_at_us != 0
                                ? hours.state.changes_at_us
                                : cx->now_us + OPENINGS_HORIZON_DAYS * US_PER_DAY;
    *text = hours.away_text;
    return OK;
}

struct err
away_say(struct cx *cx, struct ticket *ticket, struct str text)
{
    struct message said;
    struct str filled;

    TRY(variables_fill(cx, ticket->id, text, &filled));
    if (filled.len == 0)
        return OK;
    tickets_say(cx, ticket, "bot", filled, &said);
    tickets_save(cx, ticket, NULL);
    return OK;
}
