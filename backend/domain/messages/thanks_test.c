/* Thanks and goodbyes right after the end begin nothing; everything else does. */
#include "domain/messages/messages_private.h"
#include "domain/testing/flow_house.h"

#include "base/clock.h"

TEST(thanks_and_goodbyes_are_known_however_they_are_written)
{
    static const char *const said[] = {
        "Obrigado",
        "OBRIGADA!!!",
        "muito obrigada, viu?",
        "obrigadaaaa",
        "Valeuuu 👍🏽",
        "ok",
        "Ok, obrigado pela ajuda. Tchau!",
        "blz, vlw",
        "👍",
        "🙏🙏🙏",
        "❤️",
        "Obrigado🙏",
        "Até mais, bom dia",
        "Agradeço pelo atendimento, tenha uma boa noite",
        "Tá bom",
        "Thanks!",
        "Thank you so much, have a nice day",
        "okay bye bye",
        "See you",
        "Era só isso, obrigada",
    };
    static const char *const others[] = {
        "",
        "   ",
        "Oi",
        "Bom dia",
        "Boa noite!",
        "voce",
        "obrigado, mas ainda não funciona",
        "ok, e a fatura?",
        "Valeu a pena?",
        "não obrigado",
        "okra",
        "tchau internet",
        "1",
        "👎",
        "👍👎",
        "obrigado 2",
        "ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok",
        "thanks but no",
    };

    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        CHECK_STR(thanks_only(test_arena(), str_of(said[i])) ? str_of(said[i]) : STR("no thanks"),
                  said[i]);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        CHECK_STR(thanks_only(test_arena(), str_of(others[i])) ? STR("thanks") : str_of(others[i]),
                  others[i]);
}

static int64_t
tickets_of(struct flow_house *h)
{
    return house_number(h, "thanks_tickets", "SELECT count(*) FROM tickets WHERE account_id = $1");
}

static int64_t
runs_of(struct flow_house *h)
{
    return house_number(h, "thanks_runs", "SELECT count(*) FROM flow_runs WHERE account_id = $1");
}

/* The bot has just said goodbye. */
static void
goes_to_the_end(struct flow_house *h)
{
    house_opens(h, house_menu);
    house_suffers(h, "thanks_welcome",
                  "UPDATE channels SET welcome_text = 'Bem-vindo!' WHERE account_id = $1");
    house_writes(h, "Oi");
    house_writes(h, "1");
    CHECK_I64(h->ticket.state, TICKET_CLOSED);
}

TEST(thanks_after_the_end_stay_in_the_closed_ticket_and_begin_nothing)
{
    struct flow_house h = { 0 };
    int64_t said;

    goes_to_the_end(&h);
    said = test_messages(h.cx, h.ticket.id, "out");
    test_advance(h.cx, 9 * US_PER_MIN);
    house_receives(&h, "Obrigada! 🙏", "");
    house_works(&h);
    CHECK_I64(tickets_of(&h), 1);
    CHECK_I64(runs_of(&h), 1);
    CHECK_I64(h.ticket.state, TICKET_CLOSED);
    CHECK_I64(h.ticket.unread_count, 0);
    CHECK_STR(h.ticket.last_preview, "Obrigada! 🙏");
    CHECK_STR(house_said(&h, "in", 0).text, "Obrigada! 🙏");
    CHECK_I64(test_messages(h.cx, h.ticket.id, "out"), said);
}

TEST(anything_else_begins_anew)
{
    struct flow_house h = { 0 };

    goes_to_the_end(&h);
    house_receives(&h, "Obrigada, mas e a fatura?", "");
    CHECK_I64(tickets_of(&h), 2);
}

TEST(thanks_that_come_late_begin_anew)
{
    struct flow_house h = { 0 };

    goes_to_the_end(&h);
    test_advance(h.cx, 11 * US_PER_MIN);
    house_receives(&h, "Obrigada", "");
    CHECK_I64(tickets_of(&h), 2);
}

TEST(only_the_last_conversation_is_thanked_for)
{
    struct flow_house h = { 0 };

    goes_to_the_end(&h);
    house_writes(&h, "Mais uma coisa"); /* a live one again: it hears the thanks */
    house_arrives(&h, "Obrigada");
    CHECK_I64(h.ticket.state, TICKET_BOT);
    CHECK_I64(tickets_of(&h), 2);
    CHECK_STR(house_said(&h, "in", 0).text, "Obrigada");
}

TEST(the_same_thanks_delivered_twice_are_one_message)
{
    struct flow_house h = { 0 };

    goes_to_the_end(&h);
    house_receives(&h, "Obrigada", "");
    h.n--; /* the network did not hear that we have it */
    house_receives(&h, "Obrigada", "");
    house_works(&h);
    CHECK_I64(tickets_of(&h), 1);
    CHECK_I64(test_messages(h.cx, h.ticket.id, "in"), 3);
}
