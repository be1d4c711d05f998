#include "domain/contacts/trail.h"
#include "domain/testing/fixtures.h"

static struct contact_found
resolve(struct cx *cx, const char *kind, const char *address)
{
    struct contact_address a = { kind, str_of(address), true };
    struct contact_found found;

    CHECK_OK(contacts_resolve(cx, &a, 1, STR(""), &found));
    return found;
}

TEST(a_phone_has_one_key_with_and_without_the_ninth_digit)
{
    static const struct {
        const char *typed, *key;
    } phones[] = {
        { "5549988412076", "5549988412076" },
        { "554988412076", "5549988412076" },
        { "+55 (49) 9 8841-2076", "5549988412076" },
        { "+55 49 8841-2076", "5549988412076" },
        /* land lines have eight digits and start low: nothing is added */
        { "554932220417", "554932220417" },
        { "5491112345678", "5491112345678" },
        { "123", "" },
    };

    for (size_t i = 0; i < sizeof phones / sizeof phones[0]; i++)
        CHECK_STR(contacts_identity_key(test_arena(), "phone", str_of(phones[i].typed)),
                  phones[i].key);
}

TEST(an_outside_id_that_looks_like_an_e_mail_is_compared_in_lower_case)
{
    CHECK_STR(contacts_identity_key(test_arena(), "external", STR(" Ana@Example.ORG ")),
              "ana@example.org");
    CHECK_STR(contacts_identity_key(test_arena(), "external", STR("Cliente-42")), "Cliente-42");
}

TEST(the_same_person_is_found_again_whatever_way_the_number_is_written)
{
    struct cx *cx = test_cx();
    struct contact_found first = resolve(cx, "phone", "554988412076");
    struct contact_found again = resolve(cx, "phone", "5549988412076");

    CHECK(first.is_new);
    CHECK(!again.is_new);
    CHECK_I64(again.contact.v, first.contact.v);
    CHECK_I64(again.identity.v, first.identity.v);
}

TEST(a_business_scoped_id_beside_a_known_phone_becomes_its_alias)
{
    struct cx *cx = test_cx();
    struct contact_found by_phone = resolve(cx, "phone", "5549988412076"), both, by_id;
    struct contact_address addresses[] = { { "phone", STR("5549988412076"), true },
                                           { "whatsapp_user", STR("BR.13491"), true } };

    CHECK_OK(contacts_resolve(cx, addresses, 2, STR("Ana"), &both));
    CHECK_I64(both.identity.v, by_phone.identity.v);
    by_id = resolve(cx, "whatsapp_user", "BR.13491");
    CHECK_I64(by_id.identity.v, by_phone.identity.v);
    CHECK_I64(by_id.contact.v, by_phone.contact.v);
}

TEST(a_person_without_a_phone_is_a_person)
{
    struct cx *cx = test_cx();

    CHECK(resolve(cx, "whatsapp_user", "BR.9").is_new);
    CHECK(!resolve(cx, "whatsapp_user", "BR.9").is_new);
}

TEST(nobody_can_be_known_by_nothing)
{
    struct cx *cx = test_cx();
    struct contact_address a = { "phone", STR("12"), false };
    struct contact_found found;

    CHECK_FAIL(contacts_resolve(cx, &a, 1, STR("Ana"), &found), ERR_INVALID, "address_missing");
}

TEST(a_moved_number_keeps_its_identity)
{
    struct cx *cx = test_cx();
    struct contact_found before = resolve(cx, "phone", "5549988412076");
    struct contact_address from = { "phone", STR("5549988412076"), true };
    struct contact_address to = { "phone", STR("5511977776666"), true };

    CHECK_OK(contacts_move(cx, &from, &to));
    CHECK_I64(resolve(cx, "phone", "5511977776666").identity.v, before.identity.v);
}

TEST(a_number_that_moves_to_a_known_person_takes_nobody_over)
{
    struct cx *cx = test_cx();
    struct contact_found a = resolve(cx, "phone", "5549988412076"),
                         b = resolve(cx, "phone", "5511977776666");
    struct contact_address from = { "phone", STR("5549988412076"), true };
    struct contact_address to = { "phone", STR("5511977776666"), true };

    CHECK_OK(contacts_move(cx, &from, &to));
    CHECK_I64(resolve(cx, "phone", "5511977776666").contact.v, b.contact.v);
    CHECK_I64(resolve(cx, "phone", "5549988412076").contact.v, a.contact.v);
}

TEST(another_accounts_contact_is_another_person)
{
    struct cx *ours = test_cx();
    struct contact_found mine = resolve(ours, "phone", "5549988412076");
    struct cx *theirs = test_cx();

    CHECK(resolve(theirs, "phone", "5549988412076").contact.v != mine.contact.v);
}

/* --- what the trail says of them ---------------------------------------------------------- */

static struct str
sealed_email(struct cx *cx, struct contact_id id, const char *email)
{
    struct audit_change change = { 0 };

    CHECK_OK(contacts_note_field(cx, id, &change, "email", STR(""), str_of(email)));
    CHECK_I64((int64_t)change.count, 1);
    CHECK(change.fields[0].text_before.p == NULL);
    return change.fields[0].text_after;
}

static bool
opens(struct cx *cx, struct contact_id id, const char *name, struct str sealed, struct str *plain)
{
    bool opens;

    CHECK_OK(contacts_open_field(cx, id, str_of(name), sealed, &opens, plain));
    return opens;
}

TEST(a_field_in_the_trail_opens_for_its_contact_and_its_name_alone)
{
    struct cx *cx = test_cx();
    struct contact_id ana = resolve(cx, "phone", "5549988412076").contact;
    struct contact_id eva = resolve(cx, "phone", "5549988412077").contact;
    struct str sealed = sealed_email(cx, ana, "ana@example.org"), plain;

    CHECK(str_starts(sealed, STR("enc:")) && !str_has(sealed, STR("ana")));
    CHECK(opens(cx, ana, "email", sealed, &plain));
    CHECK_STR(plain, "ana@example.org");
    CHECK(!opens(cx, ana, "notes", sealed, &plain));
    CHECK(!opens(cx, eva, "email", sealed, &plain)); /* has no key yet */
    (void)sealed_email(cx, eva, "eva@example.org");
    CHECK(!opens(cx, eva, "email", sealed, &plain));
    CHECK(!opens(cx, ana, "email", STR("ana@example.org"), &plain));
    CHECK(!opens(cx, ana, "email", STR("enc:AAAA"), &plain));
}

TEST(a_field_that_did_not_change_is_not_noted)
{
    struct cx *cx = test_cx();
    struct contact_id ana = resolve(cx, "phone", "5549988412076").contact;
    struct audit_change change = { 0 };

    CHECK_OK(contacts_note_field(cx, ana, &change, "name", STR("Ana"), STR("Ana")));
    CHECK_I64((int64_t)change.count, 0);
}
