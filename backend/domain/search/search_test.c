#include "search.h"

#include "base/clock.h"
#include "domain/testing/fixtures.h"

static void
say_on(struct cx *cx, struct ticket *ticket, const char *direction, const char *text)
{
    struct message message = {
        .direction = str_of(direction),
        .author_kind = STR("member"),
        .author = cx->member,
        .kind = STR("text"),
        .text = str_of(text),
        .state = STR("internal"),
    };

    tickets_append(cx, ticket, &message);
    tickets_save(cx, ticket, &message);
}

/* Until the indexer has nothing left to do. Its step is the job's own. */
static void
index_all(struct cx *cx)
{
    struct job job = { 0 };
    struct job_outcome outcome = { 0 };

    do
        CHECK_OK(search_jobs[0].step(cx, &job, NULL, &outcome));
    while (outcome.at_us == cx->now_us);
}

/* The texts found, oldest last, divided by a bar. */
static struct str
found(struct cx *cx, struct search search)
{
    struct buf buf = { .arena = cx->arena };
    struct search_page page;

    search.limit = search.limit == 0 ? 25 : search.limit;
    CHECK_OK(search_messages(cx, &search, &page));
    for (size_t i = 0; i < page.n; i++) {
        if (i > 0)
            buf_char(&buf, '|');
        buf_add(&buf, page.messages[i].text);
    }
    return buf_str(&buf);
}

static struct str
found_of(struct cx *cx, const char *typed)
{
    return found(cx, (struct search){ .typed = str_of(typed) });
}

TEST(accents_capitals_and_marks_do_not_count)
{
    struct cx *cx = test_cx();

    CHECK(test_fits(cx, "A CONEXÃO caiu", "conexao"));
    CHECK(test_fits(cx, "a conexao caiu", "Conexão"));
    CHECK(test_fits(cx, "segue o contrato-2026_final.pdf", "2026"));
    CHECK(test_fits(cx, "segue o contrato-2026_final.pdf", "contrato-2026"));
    CHECK(test_fits(cx, "escreva para rita@exemplo.org", "rita@exemplo.org"));
    CHECK(!test_fits(cx, "exemplo de Rita", "rita@exemplo"));
}

TEST(a_word_of_three_letters_is_a_beginning_and_a_shorter_one_is_itself)
{
    struct cx *cx = test_cx();

    CHECK(test_fits(cx, "os boletos venceram", "bol"));
    CHECK(test_fits(cx, "os boletos venceram", "boleto"));
    CHECK(!test_fits(cx, "os boletos venceram", "bo"));
    CHECK(test_fits(cx, "os boletos venceram", "os"));
    CHECK(!test_fits(cx, "os boletos venceram", "venceramos"));
}

TEST(every_word_counts_in_any_order_and_a_phrase_in_its_own)
{
    struct cx *cx = test_cx();

    CHECK(test_fits(cx, "o boleto de maio não veio", "maio boleto"));
    CHECK(!test_fits(cx, "o boleto de maio não veio", "boleto junho"));
    CHECK(test_fits(cx, "o boleto de maio não veio", "\"boleto de maio\""));
    CHECK(!test_fits(cx, "o boleto de maio não veio", "\"maio de boleto\""));
    CHECK(!test_fits(cx, "o boleto de maio não veio", "\"boleto mai\""));
    CHECK(test_fits(cx, "o boleto de maio não veio", "boleto -junho"));
    CHECK(!test_fits(cx, "o boleto de maio não veio", "boleto -maio"));
    CHECK(!test_fits(cx, "o boleto de maio não veio", "boleto -junho -maio"));
}

TEST(what_is_typed_can_be_anything)
{
    static const char *const odd[] = { "\"", "-",    "!!", "' | a:* & !b", "a <-> b",  "\\",
                                       "((", "-\"x", "%_", "\"\"\"",       "-a -b -c", "🙂" };
    struct cx *cx = test_cx();

    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        (void)test_fits(cx, "a b c", odd[i]);
    CHECK(!test_fits(cx, "a b c", "\""));
}

TEST(nothing_to_look_for_is_said)
{
    struct cx *cx = test_cx();
    struct search search = { .typed = STR("… -boleto"), .limit = 25 };
    struct search_page page;

    CHECK_FAIL(search_messages(cx, &search, &page), ERR_INVALID, "search_empty");
}

TEST(words_are_found_newest_first_and_page_by_page)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct search search = { .typed = STR("boleto"), .limit = 2 };
    struct search_page page;

    say_on(cx, &ticket, "in", "boleto um");
    test_advance(cx, US_PER_S);
    say_on(cx, &ticket, "out", "boleto dois");
    say_on(cx, &ticket, "note", "boleto três"); /* at the same moment */
    say_on(cx, &ticket, "in", "outra coisa");
    index_all(cx);

    CHECK_OK(search_messages(cx, &search, &page));
    CHECK_I64((int64_t)page.n, 2);
    CHECK(page.has_more);
    CHECK_STR(page.messages[0].text, "boleto três");
    CHECK_STR(page.messages[1].text, "boleto dois");
    CHECK_I64(page.tickets[0].id.v, ticket.id.v);
    search.before = page.next;
    CHECK_OK(search_messages(cx, &search, &page));
    CHECK_I64((int64_t)page.n, 1);
    CHECK_STR(page.messages[0].text, "boleto um");
    CHECK(!page.has_more);
}

TEST(words_of_many_months_are_found_back_to_the_first)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");

    say_on(cx, &ticket, "in", "boleto antigo");
    test_advance(cx, 100 * US_PER_DAY);
    say_on(cx, &ticket, "in", "boleto novo");
    index_all(cx);
    CHECK_STR(found_of(cx, "boleto"), "boleto novo|boleto antigo");
    CHECK_STR(found(cx, (struct search){ .typed = STR("boleto"),
                                         .since_us = cx->now_us - 50 * US_PER_DAY }),
              "boleto novo");
}

TEST(an_edited_message_is_found_by_its_new_words_and_one_taken_back_by_none)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct message message;

    say_on(cx, &ticket, "in", "boleto de maio");
    index_all(cx);
    CHECK_OK(tickets_message(cx, ticket.id, ticket.last_seq, &message));
    message.text = STR("fatura de junho");
    message.edited_at_us = cx->now_us;
    tickets_save_message(cx, &ticket, &message);
    CHECK_STR(found_of(cx, "boleto"), "");
    CHECK_STR(found_of(cx, "fatura"), "fatura de junho");

    message.deleted_at_us = cx->now_us;
    tickets_save_message(cx, &ticket, &message);
    CHECK_STR(found_of(cx, "fatura"), "");
}

TEST(what_is_said_after_the_first_look_is_found_by_the_second)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");

    say_on(cx, &ticket, "in", "boleto um");
    index_all(cx);
    say_on(cx, &ticket, "in", "boleto dois");
    test_search_again(cx);
    index_all(cx);
    CHECK_STR(found_of(cx, "boleto"), "boleto dois|boleto um");
}

TEST(only_what_one_sees_is_found)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");

    say_on(cx, &ticket, "in", "boleto de maio");
    index_all(cx);
    CHECK_STR(found_of(cx, "boleto"), "boleto de maio");
    test_member(cx, "agent");
    CHECK_STR(found_of(cx, "boleto"), "");
    CHECK_STR(found(cx, (struct search){ .typed = STR("boleto"), .ticket = ticket.id }), "");
    test_member(cx, "administrator");
    CHECK_STR(found(cx, (struct search){ .typed = STR("boleto"), .ticket = ticket.id }),
              "boleto de maio");
    CHECK_STR(found(cx, (struct search){ .typed = STR("boleto"), .assignee = cx->member }), "");
}

TEST(another_accounts_words_do_not_exist)
{
    struct cx *ours = test_cx(), *theirs = test_cx();
    struct ticket ticket = test_ticket(theirs, "serving");

    say_on(theirs, &ticket, "in", "boleto de maio");
    index_all(theirs);
    test_member(ours, "owner");
    CHECK_STR(found_of(ours, "boleto"), "");
    CHECK_STR(found(ours, (struct search){ .typed = STR("boleto"), .ticket = ticket.id }), "");
}
