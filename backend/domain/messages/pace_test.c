/* A bot that does not say everything at once. */
#include "base/clock.h"
#include "domain/messages/messages_private.h"
#include "domain/testing/fixtures.h"

#define PAUSE_US (700 * US_PER_MS)

static struct ticket
webchat_ticket(struct cx *cx)
{
    struct channel channel = test_channel(cx, "webchat");

    return test_ticket_on(cx, &channel, "5549988412076", "waiting");
}

static void
says(struct cx *cx, struct ticket *ticket, const char *kind, const char *text,
     int64_t not_before_us)
{
    tickets_say_keyed(cx, ticket,
                      &(struct bot_words){ .text = str_of(text),
                                           .client_key = str_fmt(cx->arena, "%s%s", kind, text),
                                           .not_before_us = not_before_us,
                                           .types = true });
}

static void
send_all(struct cx *cx)
{
    while (jobs_work_once(cx, QUEUE_OUTBOUND) > 0)
        ;
}

static void
check_state(struct cx *cx, const struct ticket *ticket, int64_t seq, const char *state)
{
    struct message message;

    CHECK_OK(tickets_message(cx, ticket->id, seq, &message));
    CHECK_STR(message.state, state);
}

TEST(what_comes_after_a_pause_waits_with_it)
{
    struct cx *cx = test_cx();
    struct ticket ticket = webchat_ticket(cx);
    int64_t first = ticket.last_seq + 1, typed;

    says(cx, &ticket, "handover:", "Um", 0);
    says(cx, &ticket, "handover:", "Dois", cx->now_us + PAUSE_US);
    says(cx, &ticket, "handover:", "Três", 0);
    tickets_save(cx, &ticket, NULL);
    typed = test_events(cx, "typing");
    send_all(cx);
    check_state(cx, &ticket, first, "accepted");
    check_state(cx, &ticket, first + 1, "queued");
    check_state(cx, &ticket, first + 2, "queued");
    CHECK_I64(test_events(cx, "typing"), typed + 1);

    test_advance(cx, PAUSE_US - 1);
    send_all(cx);
    check_state(cx, &ticket, first + 1, "queued");
    test_advance(cx, 1);
    send_all(cx);
    check_state(cx, &ticket, first + 1, "accepted");
    check_state(cx, &ticket, first + 2, "accepted");
}

TEST(nobody_waits_for_what_is_not_said_any_more)
{
    struct cx *cx = test_cx();
    struct ticket ticket = webchat_ticket(cx);

    says(cx, &ticket, SAID_WHILE_BOT, "Um", cx->now_us + PAUSE_US);
    tickets_save(cx, &ticket, NULL);
    send_all(cx);
    check_state(cx, &ticket, ticket.last_seq, "failed");
}

TEST(a_sending_job_says_which_message_and_when)
{
    static const struct {
        const char *arg;
        bool is_read;
        int64_t seq, at_us;
        bool types;
    } rows[] = {
        { "12", true, 12, 0, false },
        { "12:7000", true, 12, 7000, false },
        { "12:7000:typing", true, 12, 7000, true },
        { "", false, 0, 0, false },
        { "x", false, 0, 0, false },
        { "12:x", false, 12, 0, false },
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct sending_arg arg;

        CHECK(tickets_read_sending(str_of(rows[i].arg), &arg) == rows[i].is_read);
        CHECK_I64(arg.seq, rows[i].seq);
        CHECK_I64(arg.not_before_us, rows[i].at_us);
        CHECK(arg.types == rows[i].types);
    }
}
