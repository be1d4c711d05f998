#include "cards/testing/play.h"

/* --- tags ------------------------------------------------------------------------- */

TEST(tags_are_put_on_and_taken_off)
{
    struct play p = play("add_tag", "{\"tags\":[\"tag:1\",\"tag:2\"]}");

    play_start(&p);
    CHECK_STR(play_did(&p), "tag {\"op\":\"add\",\"level\":\"ticket\",\"tags\":[\"tag:1\"]}\n"
                            "tag {\"op\":\"add\",\"level\":\"ticket\",\"tags\":[\"tag:2\"]}");
    CHECK_STR(play_left(&p), "next");

    p = play("add_tag", "{\"op\":\"remove\",\"tags\":[\"tag:1\"],\"level\":\"contact\"}");
    play_start(&p);
    CHECK_STR(play_did(&p), "tag {\"op\":\"remove\",\"level\":\"contact\",\"tags\":[\"tag:1\"]}");
}

TEST(a_tag_of_the_customer_goes_to_the_contact_when_there_is_none)
{
    struct play p = play("add_tag", "{\"tags\":[\"tag:1\"],\"level\":\"customer\"}");

    play_start(&p);
    CHECK_STR(play_did(&p), "tag {\"op\":\"add\",\"level\":\"contact\",\"tags\":[\"tag:1\"]}");
    CHECK_STR(play_remarked(&p), "no_customer");

    p = play("add_tag", "{\"tags\":[\"tag:1\"],\"level\":\"customer\"}");
    p.facts.customer = STR("42");
    play_start(&p);
    CHECK_STR(play_did(&p), "tag {\"op\":\"add\",\"level\":\"customer\",\"tags\":[\"tag:1\"]}");
}

/* --- waiting ---------------------------------------------------------------------- */

TEST(a_wait_goes_on_by_itself)
{
    struct play p = play("wait", "{\"amount\":2,\"unit\":\"minutes\"}");

    play_start(&p);
    CHECK_STR(play_left(&p), "");
    CHECK_I64(p.run.wait.until_us, p.now_us + 120 * INT64_C(1000000));
    p.now_us = p.run.wait.until_us;
    play_rings(&p, p.run.wait.token);
    CHECK_STR(play_left(&p), "next");
}

TEST(a_message_ends_a_long_wait_and_not_a_short_one)
{
    static const struct {
        const char *settings, *loose, *left;
    } table[] = {
        { "{\"amount\":60}", NULL, "" },
        { "{\"amount\":61}", NULL, "message" },
        { "{\"amount\":61}", "message", "next" },
        { "{\"amount\":1,\"unit\":\"days\",\"on_message\":\"ignore\"}", NULL, "" },
        { "{\"amount\":5,\"on_message\":\"continue\"}", NULL, "message" },
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct play p = play_loose("wait", table[i].settings, table[i].loose);

        play_start(&p);
        play_says(&p, "oi?");
        CHECK_STR(play_left(&p), table[i].left);
    }
}

TEST(a_call_waits_with_music)
{
    struct play p = play("wait", "{\"amount\":5}");

    p.facts.channel = FLOW_TELEPHONY;
    play_start(&p);
    CHECK_STR(play_did(&p), "phone music_on");
    play_rings(&p, p.run.wait.token);
    CHECK_STR(play_did(&p), "phone music_off");
}

TEST(a_wait_has_an_end)
{
    static const struct {
        const char *settings;
        unsigned channels;
        const char *expected;
    } table[] = {
        { "{\"amount\":7,\"unit\":\"days\"}", 1u << FLOW_WHATSAPP, "" },
        { "{\"amount\":8,\"unit\":\"days\"}", 1u << FLOW_WHATSAPP, "L103 amount" },
        { "{\"amount\":604800,\"unit\":\"days\"}", 1u << FLOW_WHATSAPP, "L103 amount" },
        { "{\"amount\":60}", 1u << FLOW_TELEPHONY, "" },
        { "{\"amount\":61}", 1u << FLOW_TELEPHONY, "L611 amount" },
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct play p = play("wait", table[i].settings);

        CHECK_STR(play_lint(&p, table[i].channels), table[i].expected);
    }
}

/* --- the team --------------------------------------------------------------------- */

TEST(a_notice_to_the_team_masks_documents)
{
    struct fact_registration ana = { .id = STR("42"),
                                     .name = STR("Ana Souza"),
                                     .document = STR("52998224725") };
    struct play p = play("notify_team", "{\"groups\":[\"group:1\"],\"users\":[\"user:7\"],"
                                        "\"priority\":\"urgent\",\"text\":"
                                        "\"{{customer.name}} ({{customer.document}}) chama.\"}");

    p.facts.registrations = &ana;
    p.facts.registration_count = 1;
    p.facts.customer = ana.id;
    play_start(&p);
    CHECK(str_starts(play_did(&p), STR("notify {\"groups\":[\"group:1\"],\"departments\":[],"
                                       "\"users\":[\"user:7\"],\"text\":\"Ana Souza (")));
    CHECK(!str_has(play_did(&p), STR("998.224")) && !str_has(play_did(&p), STR("998224")));
    CHECK(str_ends(play_did(&p), STR("chama.\",\"priority\":\"urgent\",\"once\":true}")));
    CHECK_STR(play_left(&p), "next");
}

TEST(a_notice_goes_to_somebody)
{
    struct play p = play("notify_team", "{\"text\":\"Oi\"}");

    CHECK_STR(play_lint(&p, 1), "L103 groups");
    p = play("notify_team", "{\"text\":\"Oi\",\"departments\":[\"department:1\"]}");
    CHECK_STR(play_lint(&p, 1), "");
}

TEST(a_ticket_is_classified_without_being_handed_over)
{
    struct play p = play("classify_ticket",
                         "{\"reason\":\"reason:3\",\"priority\":\"high\",\"branch\":\"fixed\","
                         "\"branch_ref\":\"branch:2\",\"subject\":\"Sobre {{now.weekday}}\"}");

    play_start(&p);
    CHECK_STR(play_did(&p), "classify {\"reason\":\"reason:3\",\"priority\":\"high\","
                            "\"branch\":\"branch:2\",\"subject\":\"Sobre quarta-feira\"}");
    CHECK_STR(play_left(&p), "next");
    p = play("classify_ticket", "{\"priority\":\"urgent\"}");
    play_start(&p);
    CHECK_STR(play_did(&p), "classify {\"priority\":\"urgent\"}");
    CHECK_STR(play_lint(&p, 1), "");
    p = play("classify_ticket", "{}");
    CHECK_STR(play_lint(&p, 1), "L103 reason");
}

/* --- variables -------------------------------------------------------------------- */

#define SET(items) "{\"items\":[" items "]}"

TEST(variables_are_set_cleared_summed_and_listed)
{
    static const struct {
        enum variable_type type;
        const char *before, *settings, *after;
    } table[] = {
        { VARIABLE_TEXT, "", SET("{\"variable\":\"flow.x\",\"value\":\"Olá {{flow.nada}}\"}"),
          "Olá " },
        { VARIABLE_TEXT, "a", SET("{\"variable\":\"flow.x\",\"value\":\"{{flow.nada}}\"}"), "" },
        { VARIABLE_TEXT, "a", SET("{\"variable\":\"flow.x\",\"op\":\"clear\"}"), "" },
        { VARIABLE_NUMBER, "", SET("{\"variable\":\"flow.x\",\"op\":\"add\",\"value\":\"1\"}"),
          "1" },
        { VARIABLE_NUMBER, "0.1", SET("{\"variable\":\"flow.x\",\"op\":\"add\",\"value\":\"0,2\"}"),
          "0.3" },
        { VARIABLE_NUMBER, "1", SET("{\"variable\":\"flow.x\",\"op\":\"add\",\"value\":\"-3\"}"),
          "-2" },
        { VARIABLE_NUMBER, "1",
          SET("{\"variable\":\"flow.x\",\"op\":\"add\",\"value\":\"{{flow.x}}\"}"), "2" },
        { VARIABLE_MONEY, "9990",
          SET("{\"variable\":\"flow.x\",\"op\":\"add\",\"value\":\"0,10\"}"), "10000" },
        { VARIABLE_NUMBER, "1", SET("{\"variable\":\"flow.x\",\"op\":\"add\",\"value\":\"muito\"}"),
          "" },
        { VARIABLE_TEXT, "azul", SET("{\"variable\":\"flow.x\",\"op\":\"add\",\"value\":\"1\"}"),
          "" },
        { VARIABLE_LIST, "", SET("{\"variable\":\"flow.x\",\"op\":\"append\",\"value\":\"a\"}"),
          "a" },
        { VARIABLE_LIST, "a",
          SET("{\"variable\":\"flow.x\",\"op\":\"append\",\"value\":\"b\\nc\"}"), "a\nb c" },
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct run_variable x = { .name = STR("flow.x"),
                                  .value = { table[i].type, str_of(table[i].before) } };
        struct play p = play("set_variable", table[i].settings);

        p.run.variables = &x;
        p.run.variable_count = table[i].before[0] != '\0';
        play_start(&p);
        CHECK_STR(play_left(&p), "next");
        CHECK_STR(play_value(&p, "flow.x"), table[i].after);
    }
}

TEST(a_variable_keeps_its_type_when_it_is_copied)
{
    struct run_variable x = { .name = STR("flow.x"), .value = { VARIABLE_NUMBER, STR("1234.5") } };
    struct play p = play("set_variable", SET("{\"variable\":\"flow.y\",\"value\":\"{{flow.x}}\"}"));

    p.run.variables = &x;
    p.run.variable_count = 1;
    play_start(&p);
    CHECK_STR(play_value(&p, "flow.y"), "1234.5");
    CHECK_I64(run_variable(&p.run, STR("flow.y"))->value.type, VARIABLE_NUMBER);
}

TEST(a_declared_variable_takes_only_what_fits_its_type)
{
    struct play p =
        play_with("set_variable", SET("{\"variable\":\"flow.x\",\"value\":\"azul\"}"), NULL,
                  "\"variables\":[{\"name\":\"flow.x\",\"type\":\"number\","
                  "\"label\":\"X\"}]");

    play_start(&p);
    CHECK_STR(play_value(&p, "flow.x"), "");
    CHECK_STR(play_remarked(&p), "type");
}

/* --- flows ------------------------------------------------------------------------ */

TEST(another_flow_is_entered_with_what_was_passed)
{
    struct play p = play("run_flow", "{\"flow\":\"flow:play\",\"pass\":[{\"name\":\"flow.a\","
                                     "\"value\":\"1\"}]}");
    struct card_outlets outlets = { .arena = test_arena() };

    card_outlets(card_find(STR("run_flow")), p.document->cards[0].settings, &outlets);
    CHECK_I64((int64_t)outlets.n, 0);
    /* Into itself, without a question: the budget ends it, and a person takes over. */
    play_start(&p);
    CHECK_STR(p.run.ended.reason, "error");

    p = play("run_flow", "{\"flow\":\"flow:play\",\"returns\":true}");
    card_outlets(card_find(STR("run_flow")), p.document->cards[p.document->start].settings,
                 &outlets);
    CHECK_I64((int64_t)outlets.n, 1);
    CHECK_STR(outlets.v[0].name, "returned");
}

TEST(a_flow_that_nobody_called_falls_back)
{
    struct play p = play("return_flow", "{}");

    play_start(&p);
    CHECK_STR(p.run.ended.reason, "transferred");
}

/* --- handing over ----------------------------------------------------------------- */

static struct fact_department department = {
    .ref = STR_INIT("department:2"),
    .name = STR_INIT("Suporte"),
    .serves = true,
    .members_online = 2,
    .hours = { .ref = STR_INIT("department:2"),
               .is_inside = true,
               .next_opening = STR_INIT("2026-03-05T08:00:00") },
};

static struct play
transfer(const char *more, const char *loose, bool is_open, int64_t online)
{
    struct play p = play_loose(
        "transfer", str_fmt(test_arena(), "{\"department\":\"department:2\"%s}", more).p, loose);
    struct fact_department *own = arena_new_of(test_arena(), struct fact_department);

    *own = department;
    own->hours.is_inside = is_open;
    own->members_online = online;
    p.facts.departments = own;
    p.facts.department_count = 1;
    p.facts.utc_offset_s = -3 * 3600;
    play_start(&p);
    return p;
}

TEST(a_transfer_names_its_department_and_hands_over)
{
    struct play p =
        transfer(",\"priority\":\"high\",\"note\":\"Tem {{department.waiting}} na fila\"", "served",
                 true, 2);

    CHECK(str_starts(play_did(&p), STR("send Vou transferir você para Suporte. Aguarde um "
                                       "momento, por favor.\n")));
    CHECK(str_has(play_did(&p), STR("\"target\":\"department\"")));
    CHECK(str_has(play_did(&p), STR("\"priority\":\"high\"")));
    CHECK(str_has(play_did(&p), STR("Tem 0 na fila")));
    CHECK_STR(str_of(play_message(&p)->guard), "handover");
    CHECK_STR(p.run.ended.reason, "transferred");
}

TEST(outside_of_hours_a_transfer_says_when_they_come_back)
{
    struct play p = transfer("", "closed", false, 0);

    CHECK(str_has(play_did(&p), STR("Voltamos amanhã às 08:00. Deixei seu pedido na fila.")));
    CHECK(str_has(play_did(&p), STR("\"out_of_hours\":")));
    p = transfer("", NULL, false, 2);
    CHECK_STR(play_left(&p), "closed");
    CHECK_STR(play_did(&p), "");
    p = transfer(",\"hours\":\"ignore\"", NULL, false, 2);
    CHECK_STR(play_left(&p), "");
    CHECK(str_has(play_did(&p), STR("Vou transferir você")));
}

TEST(a_holiday_is_outside_of_hours)
{
    struct play p;

    department.hours.is_holiday = true;
    p = transfer("", NULL, true, 2);
    department.hours.is_holiday = false;
    CHECK_STR(play_left(&p), "closed");
}

TEST(nobody_online_is_a_way_out_when_it_leads_somewhere)
{
    struct play p = transfer("", NULL, true, 0);

    CHECK_STR(play_left(&p), "unavailable");
    p = transfer("", "unavailable", true, 0);
    CHECK(str_has(play_did(&p), STR("\"target\":\"department\"")));
}

TEST(a_transfer_with_a_way_after_it_holds_the_run)
{
    struct play p = transfer("", NULL, true, 2);

    CHECK_I64(p.run.state, RUN_HELD);
    CHECK_STR(p.run.held.cause, "transferred");
}

/* --- the end ---------------------------------------------------------------------- */

TEST(finishing_says_goodbye_in_its_own_words_or_leaves_it_to_the_reason)
{
    struct play p = play("finish", "{\"message\":\"Até mais!\",\"reason\":\"reason:1\"}");

    play_start(&p);
    CHECK(str_starts(play_did(&p), STR("send Até mais!\nclose {\"reason\":\"reason:1\"")));
    CHECK(!str_has(play_did(&p), STR("goodbye\":true")));
    CHECK_STR(p.run.ended.reason, "finished");

    p = play("finish", "{\"reason\":\"reason:1\",\"survey\":\"department\"}");
    play_start(&p);
    CHECK(str_starts(play_did(&p), STR("close {")));
    CHECK(str_has(play_did(&p), STR("survey")));

    p = play("finish", "{\"send_message\":false,\"message\":\"Nunca dito\"}");
    play_start(&p);
    CHECK(!str_has(play_did(&p), STR("Nunca dito")));
}
