/*
 * How a conversation ends: in which words, by whom, and whether its customer is asked first what they think of it.
 */
#include "tickets_private.h"

#include "domain/audit/audit.h"
#include "domain/auth/auth.h"
#include "domain/variables/variables.h"

#include "tickets_closing.sql.h"

struct err
tickets_goodbye(struct cx *cx, struct ticket_id id, struct close_reason_id reason,
                struct closing_words *out)
{
    struct settings settings;
    struct ticket ticket;

    TRY(tickets_get(cx, id, &ticket));
    if (reason.v != 0) {
        TRY(settings_closing(cx, reason, out));
    } else {
        TRY(settings_get(cx, &settings));
        *out = (struct closing_words){ .text = settings.closing_text };
    }
    return variables_fill(cx, id, out->text, &out->text);
}

/* Tells the customer; *how it went is a word of the system line. */
static struct err
say_goodbye(struct cx *cx, struct ticket *ticket, const struct closing_words *closing,
            struct str message, const char **how)
{
    bool is_own = message.p != NULL; /* whoever closes wrote it themselves */
    struct str text = is_own ? message : closing->text;
    struct message said;

    *how = "none";
    if (text.len == 0)
        return OK;
    /* A message that the channel no longer takes is left out, not a reason to stay open. */
    if (tickets_require_window(ticket, cx->now_us).code != ERR_NONE) {
        *how = "window_closed";
        return OK;
    }
    TRY(variables_fill(cx, ticket->id, text, &text));
    if (text.len > 0) {
        tickets_say(cx, ticket, is_own && cx->member.v != 0 ? "member" : "bot", text, &said);
        *how = "sent";
    }
    return OK;
}

/* A locked ticket that is open, in these words. */
static struct err
close_with(struct cx *cx, struct ticket *ticket, struct close_reason_id reason,
           const struct closing_words *closing, struct str message)
{
    struct buf detail;
    struct json_out o;
    const char *goodbye;
    bool is_after_survey = ticket->is_concluded && cx->member.v == 0;

    TRY(say_goodbye(cx, ticket, closing, message, &goodbye));
    tickets_hand_over(cx, ticket, TICKET_CLOSED, ticket->assignee,
                      is_after_survey ? "ticket.survey_ended" : "ticket.closed");
    ticket->closed_at_us = cx->now_us;
    if (!is_after_survey)
        ticket->closed_by = cx->member;
    ticket->reason_id = reason.v;
    ticket->unread_count = 0;
    ticket->woken_at_us = 0;
    o = tickets_act_line(cx, &detail, "ticket_closed");
    json_kv_id(&o, "reason_id", reason.v);
    json_kv_str(&o, "message", str_of(goodbye));
    json_close(&o, '}');
    tickets_append_system(cx, ticket, buf_str(&detail));
    tickets_save(cx, ticket, NULL);
    tickets_tell_visitor(cx, ticket);
    return OK;
}

/* Locked, open, and the caller may close it: in which words. */
static struct err
lock_to_close(struct cx *cx, struct ticket_id id, struct close_reason_id reason, struct str message,
              struct ticket *out, struct closing_words *closing)
{
    TRY(tickets_lock(cx, id, out));
    TRY(tickets_require_open(out));
    if (out->state == TICKET_SURVEYING && cx->access != NULL &&
        !access_may(cx, "tickets.close_in_survey"))
        return FAIL(ERR_CONFLICT, "ticket_in_survey");
    TRY(settings_closing(cx, reason, closing));
    if (closing->is_forced && message.p != NULL)
        return FAIL_FIELD(ERR_CONFLICT, "closing_message_forced", "message");
    return OK;
}

/* Its flow hears of the end. */
static void
tell_flow(struct cx *cx, const struct ticket *ticket)
{
    jobs_add(cx, "flow.closed", jobs_lane("ticket", ticket->id.v, 0), ticket->id.v,
             str_fmt(cx->arena, "%lld", (long long)ticket->last_seq), 0);
}

static struct err
close_now(struct cx *cx, struct ticket *ticket, struct close_reason_id reason,
          const struct closing_words *closing, struct str message)
{
    if (ticket->state == TICKET_SURVEYING)
        tell_flow(cx, ticket);
    return close_with(cx, ticket, reason, closing, message);
}

static struct err
survey_follows(struct cx *cx, const struct ticket *ticket, bool *out)
{
    struct db_row row;

    *out = false;
    if (tickets_require_window(ticket, cx->now_us).code != ERR_NONE)
        return OK;
    TRY(db_one(cx, &SQL_ticket_survey_follows, &row, P_ID(cx->account), P_ID(ticket->id),
               P_ID(ticket->department)));
    *out = db_bool(&row, 0);
    return OK;
}

/* Whoever ends it says goodbye, and has closed it as far as anybody asks who did; the flow that asks does the rest. */
static struct err
begin_survey(struct cx *cx, struct ticket *ticket, struct close_reason_id reason,
             const struct closing_words *closing, struct str message)
{
    struct buf detail;
    struct json_out o;
    const char *goodbye;

    TRY(say_goodbye(cx, ticket, closing, message, &goodbye));
    tickets_hand_over(cx, ticket, TICKET_SURVEYING, ticket->assignee, "ticket.closed");
    ticket->is_concluded = true;
    ticket->closed_by = cx->member;
    ticket->reason_id = reason.v;
    ticket->unread_count = 0;
    ticket->woken_at_us = 0;
    o = tickets_act_line(cx, &detail, "survey_began");
    json_kv_id(&o, "reason_id", reason.v);
    json_close(&o, '}');
    tickets_append_system(cx, ticket, buf_str(&detail));
    tell_flow(cx, ticket);
    tickets_save(cx, ticket, NULL);
    return OK;
}

struct err
tickets_close(struct cx *cx, struct ticket_id id, struct close_reason_id reason, struct str message,
              struct ticket *out)
{
    struct closing_words closing;
    bool is_asked = false;

    TRY(lock_to_close(cx, id, reason, message, out, &closing));
    if (out->state == TICKET_SERVING && out->first_reply_at_us != 0)
        TRY(survey_follows(cx, out, &is_asked));
    return is_asked ? begin_survey(cx, out, reason, &closing, message)
                    : close_now(cx, out, reason, &closing, message);
}

void
tickets_survey(struct cx *cx, struct ticket *ticket)
{
    tickets_hand_over(cx, ticket, TICKET_SURVEYING, ticket->assignee, "ticket.survey_began");
}

struct err
tickets_end(struct cx *cx, struct ticket_id id, const struct ticket_ending *how, struct ticket *out)
{
    struct close_reason_id reason = how->reason;
    struct closing_words closing;
    struct settings settings;
    struct str message;
    bool is_asked = false;

    TRY(tickets_lock(cx, id, out));
    TRY(tickets_require_open(out));
    if (out->is_concluded || (out->state == TICKET_SURVEYING && reason.v == 0))
        reason.v = out->reason_id;
    if (out->is_concluded) /* in words of its own */
        return close_with(cx, out, reason, &(struct closing_words){ 0 }, STR(""));
    if (reason.v == 0 || settings_closing(cx, reason, &closing).code != ERR_NONE) {
        reason.v = 0;
        TRY(settings_get(cx, &settings));
        closing = (struct closing_words){ .text = settings.closing_text };
    }
    message = how->says_goodbye || closing.is_forced ? (struct str){ 0 } : STR("");
    if (how->asks && out->state != TICKET_SURVEYING)
        TRY(survey_follows(cx, out, &is_asked));
    return is_asked ? begin_survey(cx, out, reason, &closing, message)
                    : close_with(cx, out, reason, &closing, message);
}
