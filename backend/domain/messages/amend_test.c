#include "base/clock.h"
#include "domain/messages/messages_private.h"
#include "domain/testing/fixtures.h"

#include "messages.sql.h"

static struct ticket
webchat_ticket(struct cx *cx)
{
    struct channel channel = test_channel(cx, "webchat");

    test_member(cx, "agent");
    return test_ticket_on(cx, &channel, "5549988412076", "serving");
}

/* A reply of cx's member that the customer has. */
static struct message
said(struct cx *cx, struct ticket_id id, const char *text)
{
    static const struct job_kind kind = { .name = "message.send", .queue = QUEUE_OUTBOUND };
    static int keys;
    struct post post = { .client_key = str_fmt(cx->arena, "key-%08d", ++keys),
                         .text = str_of(text) };
    struct job_outcome out = { 0 };
    struct job job = { .kind = &kind, .subject_id = id.v, .attempt = 1 };
    struct message message;
    bool is_new;

    CHECK_OK(messages_post(cx, id, &post, &message, &is_new));
    job.arg = str_fmt(cx->arena, "%lld", (long long)message.seq);
    CHECK_OK(message_send_step(cx, &job, NULL, &out));
    return message;
}

TEST(ones_own_message_says_something_else_and_keeps_what_it_said)
{
    struct cx *cx = test_cx();
    struct ticket ticket = webchat_ticket(cx);
    struct message m = said(cx, ticket.id, "Bom dai");
    int64_t told = test_events(cx, "message");
    struct originals past;

    CHECK_OK(messages_edit(cx, ticket.id, m.seq, STR("Bom dia"), &m));
    CHECK_OK(messages_edit(cx, ticket.id, m.seq, STR("Bom dia!"), &m));
    CHECK_OK(tickets_message(cx, ticket.id, m.seq, &m));
    CHECK_STR(m.text, "Bom dia!");
    CHECK_I64(m.edited_at_us, cx->now_us);
    CHECK_I64(test_audit(cx, "message.edited"), 2);
    CHECK(test_events(cx, "message.changed") >= 2);
    CHECK_I64(test_events(cx, "message"), told + 2);

    CHECK_OK(messages_originals(cx, ticket.id, m.seq, &past));
    CHECK_I64((int64_t)past.n, 2);
    CHECK_STR(past.v[0].text, "Bom dai");
    CHECK_STR(past.v[1].text, "Bom dia");
    CHECK_I64(past.v[0].member.v, cx->member.v);
    CHECK_I64(test_audit(cx, "message.original_read"), 1);
}

TEST(the_same_words_again_change_nothing)
{
    struct cx *cx = test_cx();
    struct ticket ticket = webchat_ticket(cx);
    struct message m = said(cx, ticket.id, "Bom dia");

    CHECK_OK(messages_edit(cx, ticket.id, m.seq, STR("Bom dia"), &m));
    CHECK_I64(m.edited_at_us, 0);
}

TEST(what_was_taken_back_is_told_to_nobody_and_kept)
{
    struct cx *cx = test_cx();
    struct ticket ticket = webchat_ticket(cx);
    struct message m = said(cx, ticket.id, "Senha 1234");
    struct buf buf = { .arena = cx->arena };
    struct json_out o = { .buf = &buf };
    struct originals past;

    CHECK_OK(messages_delete(cx, ticket.id, m.seq, &m));
    CHECK_OK(tickets_message(cx, ticket.id, m.seq, &m));
    CHECK_STR(m.text, "");
    CHECK_I64(m.deleted_at_us, cx->now_us);
    message_write_json(&o, &m);
    CHECK(!str_has(buf_str(&buf), STR("1234")));
    CHECK_FAIL(messages_delete(cx, ticket.id, m.seq, &m), ERR_CONFLICT, "message_deleted");
    CHECK_FAIL(messages_edit(cx, ticket.id, m.seq, STR("x"), &m), ERR_CONFLICT, "message_deleted");
    CHECK_OK(messages_originals(cx, ticket.id, m.seq, &past));
    CHECK_STR(past.v[0].text, "Senha 1234");
    CHECK_I64(test_audit(cx, "message.deleted"), 1);
    CHECK_OK(tickets_get(cx, ticket.id, &ticket));
    CHECK_STR(ticket.last_preview, "");
}

TEST(a_moment_passes)
{
    struct cx *cx = test_cx();
    struct ticket ticket = webchat_ticket(cx);
    struct message m = said(cx, ticket.id, "Bom dia");

    test_advance(cx, 60 * 60 * US_PER_S);
    CHECK_OK(messages_edit(cx, ticket.id, m.seq, STR("Boa tarde"), &m));
    test_advance(cx, 1);
    CHECK_FAIL(messages_edit(cx, ticket.id, m.seq, STR("Boa noite"), &m), ERR_CONFLICT,
               "amend_too_late");
    CHECK_OK(messages_delete(cx, ticket.id, m.seq, &m));
    m = said(cx, ticket.id, "Outra");
    test_advance(cx, 48 * 3600 * US_PER_S + 1);
    CHECK_FAIL(messages_delete(cx, ticket.id, m.seq, &m), ERR_CONFLICT, "amend_too_late");
}

TEST(others_words_and_other_networks_stay_as_they_are)
{
    struct cx *cx = test_cx();
    struct ticket ticket = webchat_ticket(cx), whatsapp = test_ticket(cx, "serving");
    struct message m = said(cx, ticket.id, "Bom dia"), elsewhere;
    struct post post = { .client_key = STR("key-whatsapp-1"), .text = STR("Bom dia") };
    struct member_id author = cx->member;
    bool is_new;

    CHECK_OK(messages_post(cx, whatsapp.id, &post, &elsewhere, &is_new));
    CHECK_FAIL(messages_edit(cx, whatsapp.id, elsewhere.seq, STR("x"), &elsewhere), ERR_CONFLICT,
               "amend_unsupported");
    CHECK_FAIL(messages_delete(cx, whatsapp.id, elsewhere.seq, &elsewhere), ERR_CONFLICT,
               "amend_unsupported");

    post.client_key = STR("key-not-sent-1");
    CHECK_OK(messages_post(cx, ticket.id, &post, &elsewhere, &is_new)); /* nobody has it yet */
    CHECK_FAIL(messages_edit(cx, ticket.id, elsewhere.seq, STR("x"), &elsewhere), ERR_CONFLICT,
               "amend_unsupported");

    test_member(cx, "administrator");
    CHECK(cx->member.v != author.v);
    CHECK_FAIL(messages_edit(cx, ticket.id, m.seq, STR("x"), &m), ERR_FORBIDDEN, "not_author");
    CHECK_FAIL(messages_delete(cx, ticket.id, m.seq, &m), ERR_FORBIDDEN, "not_author");
}

TEST(another_accounts_message_does_not_exist)
{
    struct cx *ours = test_cx();
    struct ticket ticket = webchat_ticket(ours);
    struct message m = said(ours, ticket.id, "Bom dia");
    struct originals past;
    struct cx *theirs = test_cx();

    test_member(theirs, "administrator");
    CHECK_FAIL(messages_edit(theirs, ticket.id, m.seq, STR("x"), &m), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(messages_delete(theirs, ticket.id, 1, &m), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(messages_originals(theirs, ticket.id, 1, &past), ERR_NOT_FOUND, "not_found");
}
