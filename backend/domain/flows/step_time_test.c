#include "base/testing/testing.h"

#include "base/clock.h"
#include "domain/testing/talk.h"

/* Flows are drawn by hand here: no palette is asked. */
const struct card *const cards[] = { NULL };

/* --- time ----------------------------------------------------------------------------- */

TEST(silence_is_reminded_of_once_and_then_closes)
{
    struct talk t = talk_shop();

    talk_start(&t);
    CHECK_I64(talk_effect(&t, EFFECT_TIMER, 0)->at_us, t.now_us + 600 * US_PER_S);
    talk_ring(&t, t.run.ask.remind_token);
    CHECK_STR(talk_text(&t, EFFECT_SEND, 0), "Ainda está por aí?");
    CHECK_I64(t.run.ask.remind_token, 0);
    talk_ring(&t, t.run.ask.expire_token);
    CHECK_STR(talk_text(&t, EFFECT_SEND, 0), "Vou encerrar por agora.");
    CHECK_STR(t.run.ended.reason, "silent");
    CHECK(talk_effect(&t, EFFECT_CLOSE, 0) != NULL);
}

TEST(a_timer_that_is_not_current_changes_nothing)
{
    struct talk t = talk_shop();
    int64_t old;

    talk_start(&t);
    old = t.run.ask.expire_token;
    talk_write(&t, "hein");
    talk_ring(&t, old);
    CHECK_I64((int64_t)t.out.effect_count, 0);
    CHECK_STR(str_of(talk_state(&t)), "asking");
    CHECK_STR(t.out.trace[0].reason, "stale");
}

static struct talk
pause(const char *breaks)
{
    const struct flow_card drawn[] = {
        talk_card("wait", &talk_card_wait, breaks),
        talk_card("bye", &talk_card_say, "{\"text\":\"Pronto.\"}"),
        talk_card("wrote", &talk_card_say, "{\"text\":\"Você escreveu.\"}"),
        talk_card("end", &talk_card_finish, "{}"),
    };
    const struct talk_line lines[] = { { "wait", "next", "bye" },
                                       { "wait", "message", "wrote" },
                                       { "bye", "next", "end" },
                                       { "wrote", "next", "end" },
                                       { 0 } };

    return talk_about(talk_document("pause", drawn, 4, lines));
}

TEST(a_wait_ends_by_time_or_by_a_message_if_it_may)
{
    struct talk t = pause("{\"breaks\":false}");

    talk_start(&t);
    talk_write(&t, "oi?");
    CHECK_STR(str_of(talk_state(&t)), "waiting");
    talk_ring(&t, t.run.wait.token);
    CHECK_STR(talk_text(&t, EFFECT_SEND, 0), "Pronto.");

    t = pause("{\"breaks\":true}");
    talk_start(&t);
    talk_write(&t, "oi?");
    CHECK_STR(talk_text(&t, EFFECT_SEND, 0), "Você escreveu.");
}

TEST(an_opt_out_word_interrupts_a_wait_and_gives_it_back)
{
    struct talk t = pause("{\"breaks\":true}");
    int64_t token;

    talk_start(&t);
    token = t.run.wait.token;
    talk_write(&t, "parar");
    CHECK_STR(str_of(talk_state(&t)), "asking");
    talk_write(&t, "não");
    CHECK_STR(str_of(talk_state(&t)), "waiting");
    CHECK_I64(t.run.wait.token, token);
    talk_write(&t, "parar");
    talk_ring(&t, token);
    CHECK_STR(talk_text(&t, EFFECT_SEND, 0), "Pronto.");
}
