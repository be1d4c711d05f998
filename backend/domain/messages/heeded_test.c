/* Words by which customers say whether we may write to them, wherever their ticket is. */
#include "domain/testing/flow_house.h"

#include "base/clock.h"

static int64_t
out(struct flow_house *b)
{
    return test_messages(b->cx, b->ticket.id, "out");
}

TEST(whoever_asks_for_silence_gets_one_receipt_and_no_welcome)
{
    struct flow_house b = { 0 };

    house_open(&b);
    house_suffers(&b, "heeded_welcome",
                  "UPDATE channels SET welcome_text = 'Bem-vindo!' WHERE account_id = $1");
    house_arrives(&b, "/bloquear");
    CHECK_I64(out(&b), 1);
    CHECK(str_starts(house_said(&b, "out", 0).text,
                     STR("Tudo certo: você não receberá mais mensagens")));
    house_arrives(&b, "/bloquear");
    CHECK_I64(out(&b), 1);

    /* It goes out, to somebody to whom nothing else does. */
    while (jobs_work_once(b.cx, QUEUE_OUTBOUND) > 0)
        ;
    CHECK(!str_eq(house_said(&b, "out", 0).state, STR("failed")));

    house_arrives(&b, "/desbloquear");
    CHECK_I64(out(&b), 2);
    CHECK_STR(house_said(&b, "out", 0).text, "Pronto, você voltou a receber nossas mensagens.");
}

TEST(a_flow_that_is_asked_for_silence_ends_with_that_one_receipt)
{
    struct flow_house b = { 0 };

    house_opens(&b, house_menu);
    house_writes(&b, "Oi");
    house_writes(&b, "/bloquear");
    CHECK_I64(b.ticket.state, TICKET_CLOSED);
    CHECK_I64(out(&b), 3);
    CHECK(str_starts(house_said(&b, "out", 0).text, STR("Tudo certo")));
}

TEST(whoever_begins_with_it_is_left_alone)
{
    struct flow_house b = { 0 };

    house_opens(&b, house_menu);
    house_writes(&b, "/bloquear");
    CHECK_I64(b.ticket.state, TICKET_CLOSED);
    CHECK_I64(out(&b), 1);
}
