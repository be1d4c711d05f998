/* Contacts as people keep them: their fields, consent, being blocked, being deleted. */
#include "fields.h"

#include "domain/testing/fixtures.h"

static struct contact_found
resolve(struct cx *cx, const char *phone)
{
    struct contact_address a = { "phone", str_of(phone), true };
    struct contact_found found;

    CHECK_OK(contacts_resolve(cx, &a, 1, STR("Rita"), &found));
    return found;
}

static struct str
normal(const char *kind, const char *typed)
{
    struct field_def field = { .kind = str_of(kind), .choices = STR("[\"Fibra\",\"Rádio\"]") };
    struct str out;
    struct err e = field_normalise(test_arena(), &field, str_of(typed), &out);

    return e.code == ERR_NONE ? out : str_of(e.slug);
}

TEST(a_value_is_kept_as_its_kind_is_written)
{
    static const struct {
        const char *kind, *typed, *kept;
    } cases[] = {
        { "text", "  São João  ", "São João" },
        { "number", "1.234,5", "1234.5" },
        { "number", "1234.5", "1234.5" },
        { "number", "-7", "-7" },
        { "number", "1,2,3", "value_invalid" },
        { "number", "doze", "value_invalid" },
        { "number", "5.", "value_invalid" },
        { "date", "27/11/2026", "2026-11-27" },
        { "date", "2024-02-29", "2024-02-29" },
        { "date", "2026-02-29", "value_invalid" },
        { "date", "31/04/2026", "value_invalid" },
        { "date", "2026-11-27-1", "value_invalid" },
        { "flag", "Sim", "true" },
        { "flag", "não", "false" },
        { "flag", "talvez", "value_invalid" },
        { "choice", "fibra", "Fibra" },
        { "choice", "Cabo", "value_invalid" },
        { "choice", "", "" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        CHECK_STR(normal(cases[i].kind, cases[i].typed), cases[i].kept);
}

TEST(the_word_of_a_contact_takes_back_consent_and_nothing_else_does)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "waiting");
    enum heeded heeded;
    bool is_opted_out;

    CHECK_OK(contacts_heed(cx, ticket.contact, ticket.channel.v, ticket.id.v, 1,
                           STR("quero /bloquear"), &heeded));
    CHECK_I64(heeded, HEEDED_NOTHING);
    CHECK_OK(contacts_opted_out(cx, ticket.contact, &is_opted_out));
    CHECK(!is_opted_out);
    CHECK_OK(contacts_heed(cx, ticket.contact, ticket.channel.v, ticket.id.v, 1,
                           STR(" /BLOQUEAR\n"), &heeded));
    CHECK_I64(heeded, HEEDED_BLOCK);
    CHECK_OK(contacts_opted_out(cx, ticket.contact, &is_opted_out));
    CHECK(is_opted_out);
    CHECK_OK(contacts_heed(cx, ticket.contact, ticket.channel.v, ticket.id.v, 2, STR("/bloquear"),
                           &heeded));
    CHECK_I64(heeded, HEEDED_NOTHING); /* it was so before */
    CHECK_OK(contacts_heed(cx, ticket.contact, ticket.channel.v, ticket.id.v, 3,
                           STR("/desbloquear"), &heeded));
    CHECK_I64(heeded, HEEDED_UNBLOCK);
    CHECK_OK(contacts_opted_out(cx, ticket.contact, &is_opted_out));
    CHECK(!is_opted_out);
}

TEST(consent_given_anew_lets_messages_out_again_and_other_kinds_do_not)
{
    struct cx *cx = test_cx();
    struct contact_found rita = resolve(cx, "5549988412076");
    struct consent c = { .kind = "messages", .act = "withdrawn", .source = "member" };
    bool is_opted_out;

    CHECK_OK(consents_record(cx, rita.contact, &c));
    c = (struct consent){ .kind = "marketing", .act = "granted", .source = "member" };
    CHECK_OK(consents_record(cx, rita.contact, &c));
    CHECK_OK(contacts_opted_out(cx, rita.contact, &is_opted_out));
    CHECK(is_opted_out);
    c.kind = "messages";
    CHECK_OK(consents_record(cx, rita.contact, &c));
    CHECK_OK(contacts_opted_out(cx, rita.contact, &is_opted_out));
    CHECK(!is_opted_out);
}

TEST(nothing_is_posted_to_whoever_took_back_their_consent)
{
    struct cx *cx = test_cx();
    struct ticket ticket;
    struct consent c = { .kind = "messages", .act = "withdrawn", .source = "member" };
    struct message message;
    bool is_new;

    test_member(cx, "agent");
    ticket = test_ticket(cx, "serving");
    CHECK_OK(consents_record(cx, ticket.contact, &c));
    CHECK_FAIL(messages_post(cx, ticket.id,
                             &(struct post){ .text = STR("Oi"), .client_key = STR("chave-001") },
                             &message, &is_new),
               ERR_CONFLICT, "opted_out");
    CHECK_OK(messages_post(cx, ticket.id,
                           &(struct post){ .text = STR("Não insista"),
                                           .client_key = STR("chave-002"),
                                           .is_whisper = true },
                           &message, &is_new));
}
