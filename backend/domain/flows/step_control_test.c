#include "base/testing/testing.h"

#include "base/clock.h"
#include "domain/testing/talk.h"

/* Flows are drawn by hand here: no palette is asked. */
const struct card *const cards[] = { NULL };

/* --- calls ---------------------------------------------------------------------------- */

static struct talk
caller(const char *safe)
{
    const struct flow_card drawn[] = {
        talk_card("call", &talk_card_call, safe),
        talk_card("bye", &talk_card_say, "{\"text\":\"{{flow.outcome}}\"}"),
        talk_card("end", &talk_card_finish, "{}"),
    };
    const struct talk_line lines[] = { { "call", "next", "bye" }, { "bye", "next", "end" }, { 0 } };

    return talk_about(talk_document("caller", drawn, 3, lines));
}

static void
answer_call(struct talk *t, const char *outcome)
{
    talk_give(t,
              (struct input){ .kind = INPUT_CALL_RESULT,
                              .result = { .call = t->run.call.id, .outcome = str_of(outcome) } });
}

TEST(an_answer_goes_to_the_card_that_called_and_a_stranger_to_nobody)
{
    struct talk t = caller("{\"safe\":true}");

    talk_start(&t);
    CHECK_STR(t.run.call.id, "12.1.1");
    CHECK(str_has(talk_effect(&t, EFFECT_CALL, 0)->data, STR("\"call_id\":\"12.1.1\"")));
    talk_give(&t, (struct input){ .kind = INPUT_CALL_RESULT, .result.call = STR("12.1.2") });
    CHECK_STR(str_of(talk_state(&t)), "calling");
    answer_call(&t, "ok");
    CHECK_STR(talk_text(&t, EFFECT_SEND, 0), "ok");
}

TEST(a_deadline_says_whether_it_may_have_been_done)
{
    static const char *const table[][2] = { { "{\"safe\":true}", "timeout" },
                                            { "{\"safe\":false}", "unknown_result" } };

    for (size_t i = 0; i < 2; i++) {
        struct talk t = caller(table[i][0]);

        talk_start(&t);
        talk_ring(&t, t.run.call.token);
        CHECK_STR(talk_text(&t, EFFECT_SEND, 0), table[i][1]);
    }
}

TEST(who_asks_for_a_person_during_a_call_gets_one_after_it)
{
    struct talk t = caller("{\"safe\":true}");

    talk_start(&t);
    talk_write(&t, "atendente");
    CHECK_I64(talk_spoken(&t), 0);
    answer_call(&t, "ok");
    CHECK_STR(t.run.ended.reason, "transferred");
}

/* --- who has the ticket ---------------------------------------------------------------- */

TEST(a_taken_ticket_is_silent_until_it_comes_back)
{
    struct talk t = talk_shop();
    int64_t expire;

    talk_start(&t);
    talk_write(&t, "hein");
    expire = t.run.ask.expire_token;
    talk_take(&t);
    CHECK_I64(talk_spoken(&t), 0);
    talk_ring(&t, expire);
    CHECK_I64((int64_t)t.out.effect_count, 0);
    talk_write(&t, "1");
    CHECK_I64((int64_t)t.out.effect_count, 0);
    talk_give_back(&t, "resume");
    CHECK_STR(talk_text(&t, EFFECT_ASK, 0), "Como posso ajudar?");
    CHECK_I64(t.run.ask.attempts, 0);
    talk_write(&t, "1");
    CHECK_STR(t.run.ended.reason, "finished");
}

TEST(a_ticket_that_was_taken_again_is_not_given_back)
{
    struct talk t = talk_shop();

    talk_start(&t);
    talk_take(&t);
    t.facts.epoch = 4; /* returned as 3, taken again as 4 */
    talk_give(&t, (struct input){ .kind = INPUT_RETURNED, .mode = STR("resume"), .epoch = 3 });
    CHECK_STR(str_of(talk_state(&t)), "held");
    CHECK_I64(talk_spoken(&t), 0);
}

TEST(a_result_that_came_meanwhile_is_used_while_it_is_fresh)
{
    static const struct {
        const char *safe;
        int64_t after_s;
        const char *said; /* NULL: it calls again */
    } table[] = { { "{\"safe\":true}", 60, "ok" },
                  { "{\"safe\":false}", 60, "ok" },
                  { "{\"safe\":true}", 1000, NULL },
                  { "{\"safe\":false}", 1000, "unavailable" } };

    for (size_t i = 0; i < 4; i++) {
        struct talk t = caller(table[i].safe);

        talk_start(&t);
        talk_take(&t);
        answer_call(&t, "ok");
        CHECK_I64((int64_t)t.out.effect_count, 0);
        t.now_us += table[i].after_s * US_PER_S;
        talk_give_back(&t, "resume");
        if (table[i].said == NULL)
            CHECK(str_has(talk_effect(&t, EFFECT_CALL, 0)->data, STR("exemplo.com.br")));
        else
            CHECK_STR(talk_text(&t, EFFECT_SEND, 0), table[i].said);
    }
}

static struct talk
desk(const char *after)
{
    const struct flow_card drawn[] = {
        talk_card("hand", &talk_card_hand, "{\"text\":\"Um momento.\"}"),
        talk_card("survey", &talk_card_menu, "{\"text\":\"Que nota?\"}"),
        talk_card("end", &talk_card_finish, "{}"),
    };
    const struct talk_line lines[] = { { after, "served", "survey" },
                                       { "survey", "opt:bill", "end" },
                                       { 0 } };

    return talk_about(talk_document("desk", drawn, 3, lines));
}

TEST(a_transfer_ends_the_run_unless_something_comes_after_the_service)
{
    struct talk t = desk("survey");

    talk_start(&t);
    CHECK_STR(talk_text(&t, EFFECT_SEND, 0), "Um momento.");
    CHECK_STR(t.run.ended.reason, "transferred");

    t = desk("hand");
    talk_start(&t);
    CHECK_STR(str_of(talk_state(&t)), "held");
    t.facts.epoch = 3;
    talk_give(&t, (struct input){ .kind = INPUT_TICKET_CLOSED, .was_served = true, .epoch = 3 });
    CHECK_STR(talk_text(&t, EFFECT_ASK, 0), "Que nota?");

    t = desk("hand");
    talk_start(&t);
    talk_give(&t, (struct input){ .kind = INPUT_TICKET_CLOSED, .was_served = false });
    CHECK_STR(t.run.ended.reason, "transferred");
}

TEST(an_id_that_was_seen_changes_nothing)
{
    struct talk t = talk_shop();
    struct buf first = { .arena = test_arena() }, second = first;
    struct json_out o = { .buf = &first };

    talk_start(&t);
    talk_give(&t,
              (struct input){ .kind = INPUT_MESSAGE, .id = STR("msg:9"), .said.text = STR("2") });
    run_write(&o, &t.run);
    talk_give(&t,
              (struct input){ .kind = INPUT_MESSAGE, .id = STR("msg:9"), .said.text = STR("2") });
    o = (struct json_out){ .buf = &second };
    run_write(&o, &t.run);
    CHECK_STR(buf_str(&second), str_cstr(test_arena(), buf_str(&first)));
    CHECK_I64((int64_t)t.out.effect_count, 0);
}
