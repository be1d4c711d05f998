#include "domain/testing/fixtures.h"
#include "domain/variables/variables.h"

static struct str
filled(struct cx *cx, struct ticket ticket, const char *text)
{
    struct str out;

    CHECK_OK(variables_fill(cx, ticket.id, str_of(text), &out));
    return out;
}

TEST(a_text_says_what_its_ticket_holds)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");

    CHECK_STR(filled(cx, ticket, "{{now.greeting}}: {{now.date}} {{now.time}}, {{now.weekday}}"),
              "Boa tarde: 04/03/2026 12:00, quarta-feira");
    CHECK(str_eq(filled(cx, ticket, "{{ticket.protocol}}"), ticket.protocol));
    CHECK(str_eq(filled(cx, ticket, "{{contact.name}}"), ticket.contact_name));
    CHECK(filled(cx, ticket, "{{contact.phone}}").len > 0);
    CHECK_STR(filled(cx, ticket, "{{ticket.opened_at|time}}"), "12:00");
    CHECK_STR(filled(cx, ticket, "{{channel.kind}}"), "whatsapp_cloud");
}

TEST(every_variable_of_the_table_is_filled_without_harm)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");

    for (const struct variable *v = variables; v->name != NULL; v++) {
        struct str text = str_fmt(test_arena(), "{{%s}}", v->name), out;

        CHECK_OK(variables_require(cx, text, "text"));
        CHECK_OK(variables_fill(cx, ticket.id, text, &out));
        CHECK(!str_has(out, STR("{{")));
        CHECK(variables_fill_sample(cx, text).text.len > 0);
    }
}

TEST(a_customer_whom_nobody_registered_is_called_so)
{
    struct cx *cx = test_cx();

    CHECK_STR(filled(cx, test_ticket(cx, "serving"), "Prezado {{customer.name}}"),
              "Prezado Cliente");
}

TEST(filling_is_one_question_and_none_without_variables)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    int64_t before = db_round_trips(cx->db);

    CHECK_STR(filled(cx, ticket, "Oi \\{{ {{ {{nome}}"), "Oi {{ {{ {{nome}}");
    CHECK_I64(db_round_trips(cx->db) - before, 0);
    filled(cx, ticket, "{{contact.name}} {{contact.email}} {{company.name}} {{channel.name}}");
    CHECK_I64(db_round_trips(cx->db) - before, 1);
}

TEST(a_ticket_out_of_sight_says_nothing)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct str out;

    test_member(cx, "agent");
    CHECK_FAIL(variables_fill(cx, ticket.id, STR("{{contact.name}}"), &out), ERR_NOT_FOUND,
               "not_found");
}

TEST(another_accounts_ticket_does_not_exist)
{
    struct cx *ours = test_cx(), *theirs = test_cx();
    struct ticket ticket = test_ticket(theirs, "serving");
    struct str out;

    test_become(ours);
    CHECK_FAIL(variables_fill(ours, ticket.id, STR("{{contact.name}}"), &out), ERR_NOT_FOUND,
               "not_found");
}

TEST(a_form_hears_the_first_mistake_of_a_text)
{
    struct cx *cx = test_cx();
    struct err e = variables_require(cx, STR("Oi {{contact.nome}}"), "welcome_text");

    CHECK_STR(str_of(e.slug), "variable_unknown");
    CHECK_STR(str_of(e.field), "welcome_text");
    CHECK_OK(variables_require(cx, STR("Oi {{contact.name}}"), "welcome_text"));
}
