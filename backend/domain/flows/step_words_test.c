#include "base/testing/testing.h"

#include "base/clock.h"
#include "domain/testing/talk.h"

/* Flows are drawn by hand here: no palette is asked. */
const struct card *const cards[] = { NULL };

static struct talk
story(void)
{
    const struct flow_card drawn[] = {
        talk_card("ask", &talk_card_await,
                  "{\"text\":\"Conte.\",\"validator\":\"text\",\"gather_s\":4}"),
        talk_card("bye", &talk_card_say, "{\"text\":\"{{flow.answer}}\"}"),
        talk_card("end", &talk_card_finish, "{}"),
    };
    const struct talk_line lines[] = { { "ask", "next", "bye" }, { "bye", "next", "end" }, { 0 } };

    return talk_about(talk_document("story", drawn, 3, lines));
}

/* --- words that always work ------------------------------------------------------------- */

TEST(a_person_is_one_word_away_from_every_question)
{
    static const char *const words[] = { "0", "ATENDENTE!" };

    for (size_t i = 0; i < 2; i++) {
        struct talk t = i == 0 ? talk_shop() : story();

        talk_start(&t);
        talk_write(&t, words[i]);
        CHECK_STR(talk_text(&t, EFFECT_SEND, 0),
                  "Vou transferir você para a nossa equipe. Aguarde um momento, por favor.");
        CHECK_STR(str_of(talk_effect(&t, EFFECT_SEND, 0)->guard), "handover");
        CHECK(talk_effect(&t, EFFECT_TRANSFER, 0) != NULL);
        CHECK_STR(t.run.ended.reason, "transferred");
    }
}

TEST(the_menu_word_goes_home_and_forgets_attempts)
{
    struct talk t = talk_shop();

    talk_start(&t);
    talk_write(&t, "2");
    talk_write(&t, "menu"); /* before the open question takes it for a name */
    CHECK_STR(t.run.at.card, "menu");
    CHECK_STR(run_answered(&t.run, STR("menu"))->option, "down");
}

TEST(blocking_says_so_once_and_ends_everything)
{
    struct talk t = talk_shop();

    talk_start(&t);
    talk_write(&t, "/Bloquear");
    CHECK(str_starts(talk_text(&t, EFFECT_SEND, 0), STR("Tudo certo")));
    CHECK_STR(str_of(talk_effect(&t, EFFECT_SEND, 0)->purpose), "receipt");
    CHECK_I64(talk_spoken(&t), 1);
    CHECK(str_has(talk_effect(&t, EFFECT_CONSENT, 0)->data, STR("opted_out")));
    CHECK(talk_effect(&t, EFFECT_CLOSE, 0) != NULL);
    CHECK_STR(t.run.ended.reason, "opted_out");

    t.facts.is_opted_out = true;
    talk_write(&t, "/bloquear");
    CHECK_I64(talk_spoken(&t), 0);
}

TEST(blocking_works_while_a_person_has_the_ticket)
{
    struct talk t = talk_shop();

    talk_start(&t);
    t.facts.bot_controls = false;
    t.facts.epoch = 2;
    talk_give(&t, (struct input){ .kind = INPUT_TAKEN, .epoch = 2 });
    talk_write(&t, "bloquear");
    CHECK_I64((int64_t)t.out.effect_count, 0);
    talk_write(&t, "/bloquear");
    CHECK_I64(talk_spoken(&t), 1);
    CHECK_STR(t.run.ended.reason, "opted_out");
}

TEST(an_ordinary_word_is_confirmed_before_it_blocks)
{
    struct talk t = talk_shop();
    int64_t confirming;

    talk_start(&t);
    talk_write(&t, "hein");
    talk_write(&t, "parar");
    CHECK(str_starts(talk_text(&t, EFFECT_ASK, 0), STR("Quer mesmo parar")));
    confirming = t.run.ask.token;
    talk_write(&t, "não");
    CHECK_STR(talk_text(&t, EFFECT_ASK, 0), "Como posso ajudar?");
    CHECK_I64(t.run.ask.attempts, 1); /* as it was */
    talk_tap(&t, confirming, "yes");  /* late: it answers nothing else */
    CHECK_STR(str_of(talk_state(&t)), "asking");

    talk_write(&t, "Parar!");
    talk_ring(&t, t.run.ask.expire_token);
    CHECK_STR(talk_text(&t, EFFECT_ASK, 0), "Como posso ajudar?");
    talk_write(&t, "parar");
    talk_tap(&t, t.run.ask.token, "yes");
    CHECK_STR(t.run.ended.reason, "opted_out");
}
