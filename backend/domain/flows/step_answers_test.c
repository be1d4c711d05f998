#include "base/testing/testing.h"

#include "base/clock.h"
#include "domain/testing/talk.h"

/* Flows are drawn by hand here: no palette is asked. */
const struct card *const cards[] = { NULL };

/* --- answers -------------------------------------------------------------------------- */

TEST(wrong_answers_spend_attempts_and_the_last_one_leaves)
{
    struct talk t = talk_shop();

    talk_start(&t);
    talk_write(&t, "bom dia");
    CHECK_STR(talk_text(&t, EFFECT_ASK, 0), "Não entendi.\n\nComo posso ajudar?");
    CHECK_I64(t.run.ask.attempts, 1);
    talk_give(&t, (struct input){ .kind = INPUT_MESSAGE, .said.form = FORM_IMAGE });
    CHECK_STR(talk_text(&t, EFFECT_ASK, 0), "Só leio texto.\n\nComo posso ajudar?");
    talk_write(&t, "hein");
    CHECK_STR(talk_text(&t, EFFECT_SEND, 0),
              "Não consegui entender. Vou encaminhar você para continuar o atendimento.");
    CHECK(str_has(talk_effect(&t, EFFECT_TRANSFER, 0)->data, STR("department:1")));
    CHECK_STR(t.run.ended.reason, "transferred");
}

TEST(the_first_time_two_fit_costs_nothing_and_asks_which)
{
    struct talk t = talk_shop();

    talk_start(&t);
    talk_write(&t, "quero boleto ou pix e boleto atrasado");
    CHECK_STR(talk_text(&t, EFFECT_ASK, 0), "Qual delas?");
    CHECK_I64((int64_t)talk_effect(&t, EFFECT_ASK, 0)->option_count, 2);
    CHECK_I64(talk_effect(&t, EFFECT_ASK, 0)->options[1].number, 3);
    CHECK_I64(t.run.ask.attempts, 0);
    talk_write(&t, "quero boleto ou pix e boleto atrasado");
    CHECK_I64(t.run.ask.attempts, 1);
    /* What was left out of the shorter list is still an answer. */
    talk_write(&t, "2");
    CHECK_STR(t.run.at.card, "name");
}

TEST(a_card_may_refuse_an_answer_that_fits)
{
    struct talk t = talk_shop();

    talk_start(&t);
    talk_write(&t, "2");
    talk_write(&t, "Zé");
    CHECK_STR(talk_text(&t, EFFECT_ASK, 0), "Esse não.\n\nSeu nome?");
    CHECK_I64(t.run.ask.attempts, 1);
}

TEST(a_tap_selects_only_what_this_run_asks_now)
{
    struct talk t = talk_shop();
    int64_t first;

    talk_start(&t);
    first = t.run.ask.token;
    talk_give(&t, (struct input){ .kind = INPUT_REPLY,
                                  .payload = STR("b1.d.1.bill"),
                                  .said.text = STR("Estou sem internet") });
    CHECK_STR(t.run.at.card, "name"); /* another run's: what counts is its title */

    t = talk_shop();
    talk_start(&t);
    talk_write(&t, "hein");
    CHECK(t.run.ask.token > first);
    talk_tap(&t, first, "down"); /* the same question, asked before */
    CHECK_STR(t.run.at.card, "name");
    for (int i = 0; i < 3; i++) {
        talk_tap(&t, first, "down"); /* now another question stands */
        CHECK_STR(talk_text(&t, EFFECT_ASK, 0), "De antes.\n\nSeu nome?");
        CHECK_I64(t.run.ask.attempts, 0);
    }
    talk_tap(&t, first, "down");
    CHECK_I64((int64_t)t.out.effect_count, 0);
}

TEST(what_was_written_before_the_question_was_seen_spends_nothing)
{
    struct talk t = talk_shop();

    talk_start(&t);
    t.now_us += 10 * US_PER_S;
    talk_give(&t, (struct input){ .kind = INPUT_MESSAGE,
                                  .said.text = STR("hein"),
                                  .sent_at_us = TEST_NOW_US - 3 * US_PER_S });
    CHECK_I64((int64_t)t.out.effect_count, 0);
    CHECK_I64(t.run.ask.attempts, 0);
    talk_give(&t, (struct input){ .kind = INPUT_MESSAGE,
                                  .said.text = STR("1"),
                                  .sent_at_us = TEST_NOW_US - 3 * US_PER_S });
    CHECK_STR(t.run.ended.reason, "finished");
}

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

TEST(fragments_are_put_together_before_they_answer)
{
    struct talk t = story();
    int64_t first;

    talk_start(&t);
    talk_write(&t, "minha internet");
    first = t.run.ask.gather_token;
    CHECK_I64(talk_effect(&t, EFFECT_TIMER, 0)->at_us, t.now_us + 4 * US_PER_S);
    talk_write(&t, "caiu");
    talk_ring(&t, first);
    CHECK_STR(str_of(talk_state(&t)), "asking");
    talk_ring(&t, t.run.ask.gather_token);
    CHECK_STR(talk_text(&t, EFFECT_SEND, 0), "minha internet\ncaiu");
}
