/* Somebody new writes to an account that asks first. */
#include "domain/intake/intake.h"
#include "domain/messages/messages_private.h"
#include "domain/testing/fixtures.h"

#include "base/clock.h"

enum { ASKS_TERMS = 1, ASKS_CONSENT = 2, ASKS_BIRTH = 4, ASKS_DOCUMENT = 8, KEEPS_OUT = 16 };

/* A number of the account's. Statements are prepared by name, so they are kept. */
static int64_t
number(struct cx *cx, const char *name, const char *text)
{
    static struct db_stmt kept[16];
    const struct db_param params[] = { P_ID(cx->account) };
    struct db_row row;
    int i = 0;

    while (kept[i].name != NULL && strcmp(kept[i].name, name) != 0)
        i++;
    kept[i] = (struct db_stmt){ .name = name, .shape = DB_ONE, .params = 1, .text = text };
    CHECK_OK(db_one_(cx, &kept[i], &row, params, 1));
    return db_i64(&row, 0);
}

static void
account_asks(struct cx *cx, int what)
{
    static const struct db_stmt settings = {
        .name = "test_newcomer_settings",
        .shape = DB_EXEC,
        .params = 2,
        .text = "UPDATE account_settings SET requires_terms = $2::int & 1 <> 0, "
                "terms_url = 'https://exemplo.org/termos', terms_version = 1, consent_version = 1, "
                "contact_restriction = CASE WHEN $2 & 14 <> 0 THEN 'approve' ELSE 'none' END, "
                "asks_consent = $2 & 2 <> 0, asks_birth_date = $2 & 4 <> 0, "
                "asks_document = $2 & 8 <> 0, saves_contacts = $2 & 16 = 0 WHERE account_id = "
                "$1::bigint",
    };
    static const struct db_stmt wordings = {
        .name = "test_newcomer_wordings",
        .shape = DB_EXEC,
        .params = 1,
        .text = "INSERT INTO consent_wordings (account_id, kind, version, body, made_at) VALUES "
                "($1::bigint, 'terms', 1, 'Você aceita os termos?', now()), "
                "($1, 'data_storage', 1, 'Você autoriza?', now()) ON CONFLICT DO NOTHING",
    };
    const struct db_param params[] = { P_ID(cx->account), P_I64(what) };

    CHECK_OK(db_exec_(cx, &settings, NULL, params, 2));
    CHECK_OK(db_exec_(cx, &wordings, NULL, params, 1));
}

static void
arrives(struct cx *cx, const struct channel *channel, const char *text, int n)
{
    test_arrives(
        cx, channel,
        str_cstr(
            cx->arena,
            str_fmt(cx->arena,
                    "\"contacts\":[{\"wa_id\":\"5549988412076\",\"profile\":{\"name\":\"Rita\"}}],"
                    "\"messages\":[{\"from\":\"5549988412076\",\"id\":\"wamid.%d\","
                    "\"timestamp\":\"%lld\",\"type\":\"text\",\"text\":{\"body\":\"%s\"}}]",
                    n, (long long)(cx->now_us / US_PER_S), text)));
    CHECK_I64(jobs_work_once(cx, QUEUE_INBOUND), 1);
}

/* A message, a minute after the one before. */
static void
writes(struct cx *cx, const struct channel *channel, const char *text)
{
    static int n;

    test_advance(cx, US_PER_MIN);
    arrives(cx, channel, text, 1000 + ++n);
}

static struct ticket
ticket_of(struct cx *cx, const struct channel *channel)
{
    struct contact_address address = { "phone", STR("5549988412076"), true };
    struct contact_found who;
    struct ticket ticket;
    bool found;

    CHECK_OK(contacts_resolve(cx, &address, 1, STR(""), &who));
    CHECK_OK(tickets_lock_live(cx, channel->id, who.identity, &found, &ticket));
    CHECK(found);
    return ticket;
}

static struct str
last_said(struct cx *cx, struct ticket_id id)
{
    struct message_page page;

    CHECK_OK(tickets_messages(cx, id, 0, -1, 50, &page));
    for (size_t i = page.n; i-- > 0;)
        if (str_eq(page.v[i].direction, STR("out")))
            return page.v[i].text;
    return STR("");
}

TEST(an_account_that_asks_nothing_puts_everybody_into_the_queue)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");

    writes(cx, &channel, "Oi");
    CHECK_I64(ticket_of(cx, &channel).state, TICKET_WAITING);
    CHECK_I64(number(cx, "t_intakes", "SELECT count(*) FROM intakes WHERE account_id = $1"), 0);
}

TEST(who_answers_everything_reaches_the_queue_with_proof_of_each_consent)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct ticket ticket;

    test_member(cx, "owner");
    account_asks(cx, ASKS_TERMS | ASKS_CONSENT | ASKS_BIRTH | ASKS_DOCUMENT);
    writes(cx, &channel, "Oi");
    ticket = ticket_of(cx, &channel);
    CHECK_I64(ticket.state, TICKET_BOT);
    CHECK(str_has(last_said(cx, ticket.id), STR("termos")));
    CHECK_I64(
        number(cx, "t_saved", "SELECT count(*) FROM contacts WHERE account_id = $1 AND is_saved"),
        0);
    writes(cx, &channel, "sim");
    writes(cx, &channel, "sim");
    writes(cx, &channel, "25/12/1990");
    CHECK_I64(ticket_of(cx, &channel).state, TICKET_BOT);
    writes(cx, &channel, "529.982.247-25");
    ticket = ticket_of(cx, &channel);
    CHECK_I64(ticket.state, TICKET_WAITING);
    CHECK(ticket.queued_at_us == cx->now_us);
    CHECK_I64(number(cx, "t_proofs",
                     "SELECT count(*) FROM consent_events WHERE account_id = $1 AND act = "
                     "'granted' AND wording = '1' "
                     "AND provider_id LIKE 'wamid.%' AND seq IS NOT NULL AND source = 'contact'"),
              2);
    CHECK_I64(number(cx, "t_born",
                     "SELECT count(*) FROM contacts WHERE account_id = $1 AND birth_on = "
                     "'1990-12-25' AND is_saved"),
              1);
    CHECK_I64(number(cx, "t_tied",
                     "SELECT count(*) FROM contact_customers l JOIN customers k USING (account_id) "
                     "WHERE account_id = $1 AND k.id = l.customer_id AND k.document = "
                     "'52998224725' AND l.source = 'contact'"),
              1);
    writes(cx, &channel, "Quero a segunda via");
    CHECK(str_has(last_said(cx, ticket.id), STR("Obrigado")));
}

TEST(a_delivery_that_comes_again_asks_once)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct ticket ticket;

    test_member(cx, "owner");
    account_asks(cx, ASKS_TERMS);
    arrives(cx, &channel, "Oi", 1);
    test_advance(cx, US_PER_MIN);
    arrives(cx, &channel, "Oi", 1);
    ticket = ticket_of(cx, &channel);
    CHECK_I64(test_messages(cx, ticket.id, "in"), 1);
    CHECK_I64(test_messages(cx, ticket.id, "out"), 1);
    arrives(cx, &channel, "oi?", 2);
    arrives(cx, &channel, "oi?", 2);
    CHECK_I64(test_messages(cx, ticket.id, "out"), 2);
    CHECK_I64(number(cx, "t_wrong", "SELECT wrong_count FROM intakes WHERE account_id = $1"), 1);
}

TEST(who_does_not_answer_is_taken_over_by_a_person_with_a_line_that_says_why)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct ticket ticket;

    test_member(cx, "owner");
    account_asks(cx, ASKS_DOCUMENT);
    writes(cx, &channel, "Oi");
    for (int i = 0; i < 3; i++) {
        CHECK_I64(ticket_of(cx, &channel).state, TICKET_BOT);
        writes(cx, &channel, "não sei");
    }
    ticket = ticket_of(cx, &channel);
    CHECK_I64(ticket.state, TICKET_WAITING);
    CHECK_I64(number(cx, "t_given",
                     "SELECT count(*) FROM messages WHERE account_id = $1 AND detail->>'event' = "
                     "'intake_ended' "
                     "AND detail->>'how' = 'given_up'"),
              1);
    CHECK_I64(test_audit(cx, "ticket.queued"), 1);
}

TEST(nothing_is_said_once_a_person_holds_the_ticket)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct ticket ticket;
    int64_t said;

    test_member(cx, "owner");
    account_asks(cx, ASKS_TERMS);
    writes(cx, &channel, "Oi");
    CHECK_OK(tickets_take(cx, ticket_of(cx, &channel).id, &ticket));
    said = test_messages(cx, ticket.id, "out");
    writes(cx, &channel, "sim");
    CHECK_I64(test_messages(cx, ticket.id, "out"), said);
    CHECK_I64(number(cx, "t_taken",
                     "SELECT count(*) FROM intakes WHERE account_id = $1 AND state = 'taken'"),
              1);
}

TEST(the_word_that_takes_back_consent_ends_the_questions_and_loses_nobody)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct ticket ticket;
    bool is_opted_out;
    int64_t said;

    test_member(cx, "owner");
    account_asks(cx, ASKS_TERMS);
    writes(cx, &channel, "Oi");
    said = test_messages(cx, ticket_of(cx, &channel).id, "out");
    writes(cx, &channel, "/bloquear");
    ticket = ticket_of(cx, &channel);
    CHECK_I64(ticket.state, TICKET_WAITING);
    CHECK_I64(test_messages(cx, ticket.id, "out"), said + 1); /* the receipt, and no question */
    CHECK_OK(contacts_opted_out(cx, ticket.contact, &is_opted_out));
    CHECK(is_opted_out);
}

TEST(terms_are_asked_again_only_when_they_are_others)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct ticket ticket;

    test_member(cx, "owner");
    account_asks(cx, ASKS_TERMS);
    writes(cx, &channel, "Oi");
    writes(cx, &channel, "aceito");
    CHECK_OK(tickets_close(cx, ticket_of(cx, &channel).id, test_reason(cx, "Fim", ""), STR(""),
                           &ticket));
    writes(cx, &channel, "Oi de novo");
    CHECK_I64(ticket_of(cx, &channel).state, TICKET_WAITING);
    CHECK_OK(tickets_close(cx, ticket_of(cx, &channel).id, test_reason(cx, "Fim 2", ""), STR(""),
                           &ticket));
    number(cx, "t_new_terms",
           "UPDATE account_settings SET terms_version = 2 WHERE account_id = $1 RETURNING 1");
    writes(cx, &channel, "Oi outra vez");
    CHECK_I64(ticket_of(cx, &channel).state, TICKET_BOT);
}

TEST(a_member_lets_somebody_through_once_and_says_why)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct ticket ticket;

    test_member(cx, "owner");
    account_asks(cx, ASKS_DOCUMENT);
    writes(cx, &channel, "Oi");
    ticket = ticket_of(cx, &channel);
    CHECK_FAIL(intake_override(cx, ticket.id, STR(""), &ticket), ERR_INVALID, "required");
    CHECK_OK(intake_override(cx, ticket.id, STR("Cliente antigo"), &ticket));
    CHECK_I64(ticket.state, TICKET_WAITING);
    CHECK_I64(test_audit(cx, "intake.overridden"), 1);
    CHECK_FAIL(intake_override(cx, ticket.id, STR("De novo"), &ticket), ERR_CONFLICT,
               "intake_over");
}

TEST(another_accounts_intake_does_not_exist)
{
    struct cx *ours = test_cx(), *theirs = test_cx();
    struct channel channel = test_channel(theirs, "whatsapp_cloud");
    struct ticket ticket;

    test_member(ours, "owner");
    test_member(theirs, "owner");
    account_asks(theirs, ASKS_TERMS);
    writes(theirs, &channel, "Oi");
    ticket = ticket_of(theirs, &channel);
    CHECK_FAIL(intake_override(ours, ticket.id, STR("x"), &ticket), ERR_NOT_FOUND, "not_found");
}

TEST(who_is_not_saved_by_itself_is_in_the_conversation_only)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");

    test_member(cx, "owner");
    account_asks(cx, KEEPS_OUT);
    writes(cx, &channel, "Oi");
    CHECK_I64(ticket_of(cx, &channel).state, TICKET_WAITING);
    CHECK_I64(number(cx, "t_unsaved",
                     "SELECT count(*) FROM contacts WHERE account_id = $1 AND NOT is_saved"),
              1);
}
