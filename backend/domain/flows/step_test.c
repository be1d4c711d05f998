#include "base/testing/testing.h"

#include "base/clock.h"
#include "domain/testing/talk.h"

/* Flows are drawn by hand here: no palette is asked. */
const struct card *const cards[] = { NULL };

TEST(a_conversation_goes_from_the_start_to_the_end)
{
    struct talk t = talk_shop();

    t.facts.utc_offset_s = -3 * 3600;
    talk_start(&t);
    CHECK_STR(talk_text(&t, EFFECT_SEND, 0), "Boa tarde!");
    CHECK_STR(talk_text(&t, EFFECT_ASK, 0), "Como posso ajudar?");
    CHECK_I64((int64_t)talk_effect(&t, EFFECT_ASK, 0)->option_count, 3);
    CHECK_I64(talk_effect(&t, EFFECT_ASK, 0)->delay_ms, 700);
    CHECK_STR(str_of(talk_state(&t)), "asking");

    talk_write(&t, "estou sem internet");
    CHECK_STR(talk_text(&t, EFFECT_ASK, 0), "Seu nome?");
    CHECK_STR(run_answered(&t.run, STR("menu"))->option, "down");
    CHECK(talk_effect(&t, EFFECT_TIMER_CLEAR, 1) != NULL);

    talk_write(&t, "me chamo ana de SOUZA");
    CHECK_STR(talk_text(&t, EFFECT_SEND, 0), "Até mais, Ana de Souza.");
    CHECK_STR(talk_effect(&t, EFFECT_CLOSE, 0)->data, "{\"reason\":\"reason:1\"}");
    CHECK_STR(str_of(talk_state(&t)), "ended");
    CHECK_STR(t.run.ended.reason, "finished");
    CHECK_STR(t.run.ended.card, "end");
}

/* --- other flows ------------------------------------------------------------------------ */

static struct talk
pair(const char *how, bool is_back)
{
    const struct flow_card first[] = {
        talk_card("go", &talk_card_go, how),
        talk_card("bye", &talk_card_say, "{\"text\":\"De volta.\"}"),
        talk_card("end", &talk_card_finish, "{}"),
    };
    const struct talk_line first_lines[] = { { "go", "returned", "bye" },
                                             { "bye", "next", "end" },
                                             { 0 } };
    const struct flow_card drawn[] = {
        talk_card("ask", &talk_card_menu, "{\"text\":\"Aqui?\"}"),
        talk_card("back", is_back ? &talk_card_back : &talk_card_finish, "{}"),
    };
    const struct talk_line lines[] = { { "ask", "opt:bill", "back" }, { 0 } };
    struct talk t = talk_about(talk_document("main", first, 3, first_lines));

    t.flows[t.flow_count++] = talk_document("part", drawn, 2, lines);
    return t;
}

TEST(a_called_flow_comes_back_and_a_jump_does_not)
{
    struct talk t = pair("{\"flow\":\"flow:part\",\"returns\":true}", true);

    talk_start(&t);
    CHECK_STR(t.run.at.flow, "part");
    CHECK_I64(t.run.frame_count, 1);
    talk_write(&t, "1");
    CHECK_STR(talk_text(&t, EFFECT_SEND, 0), "De volta.");
    CHECK_I64(t.run.frame_count, 0);

    t = pair("{\"flow\":\"flow:part\"}", true);
    talk_start(&t);
    CHECK_I64(t.run.frame_count, 0);
    talk_write(&t, "1"); /* nobody called: the fallback */
    CHECK_STR(t.run.ended.reason, "transferred");
}

TEST(the_menu_leaves_a_called_flow_for_good)
{
    struct talk t = pair("{\"flow\":\"flow:part\",\"returns\":true}", true);

    talk_start(&t);
    talk_write(&t, "menu");
    CHECK_I64(t.run.frame_count, 1); /* the start calls again, once */
    CHECK_STR(t.run.at.flow, "part");
}

/* --- the net -------------------------------------------------------------------------- */

static int
nets(const struct talk *t)
{
    int n = 0;

    for (size_t i = 0; i < t->out.effect_count; i++)
        n += t->out.effects[i].kind == EFFECT_NOTIFY;
    return n;
}

TEST(what_cannot_go_on_is_forgotten_and_a_person_takes_over)
{
    static const struct {
        const struct card *kind;
        const char *settings, *outlet, *cause;
    } table[] = {
        { &talk_card_say, "{\"text\":\"Vai.\"}", "nowhere", "dead_end" },
        { &talk_card_say, "{\"text\":\"Gira.\"}", "next", "messages" },
        { &talk_card_nothing, "{}", "next", "undecided" },
        { &talk_card_go, "{\"flow\":\"flow:gone\"}", "next", "no_flow" },
        { &talk_card_go, "{\"flow\":\"flow:net\",\"returns\":true}", "next", "frames" },
        { &talk_card_go, "{\"flow\":\"flow:net\"}", "next", "cards" },
    };

    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        const struct flow_card drawn[] = { talk_card("here", table[i].kind, table[i].settings) };
        const struct talk_line lines[] = { { "here", table[i].outlet, "here" }, { 0 } };
        struct talk t = talk_about(talk_document("net", drawn, 1, lines));

        talk_start(&t);
        CHECK_I64(talk_spoken(&t), 1);
        CHECK_STR(talk_text(&t, EFFECT_SEND, 0), "Tive um problema.");
        CHECK_I64(nets(&t), 1);
        CHECK(str_has(talk_effect(&t, EFFECT_NOTIFY, 0)->data, str_of(table[i].cause)));
        CHECK(talk_effect(&t, EFFECT_TRANSFER, 0) != NULL);
        CHECK_STR(t.run.ended.reason, i == 0 ? "dead_end" : "error");
    }
}

TEST(after_the_window_closes_nothing_is_said)
{
    struct talk t = talk_shop();

    talk_start(&t);
    t.facts.window_ends_us = t.now_us + US_PER_HOUR;
    t.now_us += 2 * US_PER_HOUR;
    talk_ring(&t, t.run.ask.remind_token);
    CHECK_I64(talk_spoken(&t), 0);
    CHECK_STR(str_of(talk_state(&t)), "asking");
    talk_write(&t, "2");
    CHECK_I64(talk_spoken(&t), 0);
    CHECK(talk_effect(&t, EFFECT_TRANSFER, 0) != NULL);
    CHECK_STR(t.run.ended.reason, "window_closed");
}

TEST(two_machines_do_not_talk_for_ever)
{
    struct talk t = talk_shop();

    talk_start(&t);
    t.facts.answered_lately = 40;
    talk_write(&t, "1");
    CHECK_I64(talk_spoken(&t), 0);
    CHECK_STR(t.run.ended.reason, "loop_guard");
}
