#include "cards/testing/play.h"

/* By which way a condition is left, under these facts. */
static struct str
way(struct play p)
{
    play_start(&p);
    CHECK_STR(play_did(&p), "");
    return play_left(&p);
}

TEST(a_channel_is_known_by_kind_or_by_itself)
{
    struct play p =
        play("condition_channel",
             "{\"rules\":[{\"id\":\"tel\",\"label\":\"Telefone\",\"kinds\":[\"telephony\"]},"
             "{\"id\":\"loja\",\"label\":\"Loja\",\"channels\":[\"channel:7\"]}]}");

    CHECK_STR(way(p), "else");
    p.facts.channel_ref = STR("channel:7");
    CHECK_STR(way(p), "rule:loja");
    p.facts.channel = FLOW_TELEPHONY;
    CHECK_STR(way(p), "rule:tel");
}

TEST(kinds_of_channels_leave_a_condition_by_the_rule_that_names_them)
{
    struct play p = play("condition_channel",
                         "{\"rules\":[{\"id\":\"a\",\"label\":\"A\",\"kinds\":[\"telephony\"]},"
                         "{\"id\":\"b\",\"label\":\"B\",\"kinds\":[\"telephony\",\"webchat\"]}]}");
    const struct flow_card *card = &p.document->cards[p.document->start];
    unsigned all = 1u << FLOW_TELEPHONY | 1u << FLOW_WEBCHAT | 1u << FLOW_API;

    CHECK_I64(card->kind->passes(card->settings, STR("rule:a"), all), 1u << FLOW_TELEPHONY);
    CHECK_I64(card->kind->passes(card->settings, STR("rule:b"), all), 1u << FLOW_WEBCHAT);
    CHECK_I64(card->kind->passes(card->settings, STR("else"), all), 1u << FLOW_API);
}

TEST(a_branch_that_is_not_known_is_none)
{
    struct play p = play("condition_branch", "{\"rules\":[{\"id\":\"a\",\"label\":\"A\","
                                             "\"branches\":[\"branch:1\",\"branch:2\"]}]}");

    CHECK_STR(way(p), "else");
    p.facts.branch = STR("branch:2");
    CHECK_STR(way(p), "rule:a");
}

TEST(a_period_is_inside_outside_or_a_holiday)
{
    static const char settings[] = "{\"period\":\"period:1\"}";
    struct fact_hours hours = { .ref = STR("period:1"), .is_inside = true };
    struct play p = play("condition_period", settings);

    CHECK_STR(way(p), "outside"); /* gone */
    p.facts.hours = &hours;
    p.facts.hours_count = 1;
    CHECK_STR(way(p), "inside");
    hours.is_holiday = true;
    CHECK_STR(way(p), "holiday");
    p = play_loose("condition_period", settings, "holiday");
    p.facts.hours = &hours;
    p.facts.hours_count = 1;
    CHECK_STR(way(p), "outside");
    p = play("condition_period", "{\"period\":\"period:1\",\"calendar\":\"no\"}");
    p.facts.hours = &hours;
    p.facts.hours_count = 1;
    CHECK_STR(way(p), "inside");
    hours.is_inside = false;
    CHECK_STR(way(p), "outside");
}

TEST(texts_speak_of_the_period_that_was_looked_at)
{
    struct fact_hours hours = { .ref = STR("period:1") };
    struct play p = play("condition_period", "{\"period\":\"period:1\"}");

    p.facts.hours = &hours;
    p.facts.hours_count = 1;
    play_start(&p);
    CHECK_STR(p.run.hours, "period:1");
}

TEST(a_departments_hours_are_a_period_too)
{
    struct fact_department department = {
        .ref = STR("department:2"), .hours = { .ref = STR("department:2"), .is_inside = true }
    };
    struct play p = play("condition_period", "{\"department\":\"department:2\"}");

    p.facts.departments = &department;
    p.facts.department_count = 1;
    CHECK_STR(way(p), "inside");
}

TEST(one_of_period_and_department_is_named)
{
    struct play p = play("condition_period", "{}");

    CHECK_STR(play_lint(&p, 1), "L103 period");
    p = play("condition_period", "{\"period\":\"period:1\",\"department\":\"department:1\"}");
    CHECK_STR(play_lint(&p, 1), "L103 period");
    p = play("condition_period", "{\"period\":\"period:1\"}");
    CHECK_STR(play_lint(&p, 1), "");
}

/* TEST_NOW_US is Wednesday, 15:00 UTC. */
TEST(a_stretch_of_the_day_starts_with_its_first_minute_and_ends_before_its_last)
{
    static const struct {
        const char *rule;
        int64_t minutes; /* from noon of Wednesday in São Paulo */
        bool holds;
    } table[] = {
        { "\"from\":\"12:00\",\"to\":\"13:00\"", 0, true },
        { "\"from\":\"12:00\",\"to\":\"13:00\"", 59, true },
        { "\"from\":\"12:00\",\"to\":\"13:00\"", 60, false },
        { "\"from\":\"12:00\",\"to\":\"13:00\"", -1, false },
        { "\"from\":\"12:00\",\"to\":\"13:00\",\"days\":[\"wed\"]", 0, true },
        { "\"from\":\"12:00\",\"to\":\"13:00\",\"days\":[\"tue\",\"thu\"]", 0, false },
        /* The night of Wednesday lasts until Thursday at six. */
        { "\"from\":\"22:00\",\"to\":\"06:00\",\"days\":[\"wed\"]", 10 * 60, true },
        { "\"from\":\"22:00\",\"to\":\"06:00\",\"days\":[\"wed\"]", 17 * 60 + 59, true },
        { "\"from\":\"22:00\",\"to\":\"06:00\",\"days\":[\"wed\"]", 18 * 60, false },
        { "\"from\":\"22:00\",\"to\":\"06:00\",\"days\":[\"wed\"]", -12 * 60, false },
        { "\"from\":\"22:00\",\"to\":\"06:00\",\"days\":[\"tue\"]", -12 * 60, true },
        { "\"from\":\"22:00\",\"to\":\"22:0\"", 0, false },
        { "\"from\":\"25:00\",\"to\":\"26:00\"", 0, false },
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct play p = play(
            "condition_shift",
            str_fmt(test_arena(), "{\"rules\":[{\"id\":\"a\",\"label\":\"A\",%s}]}", table[i].rule)
                .p);

        p.facts.utc_offset_s = -3 * 3600;
        p.now_us += table[i].minutes * 60 * 1000000;
        CHECK_STR(way(p), table[i].holds ? "rule:a" : "else");
    }
}

TEST(a_shift_of_the_account_is_known_by_its_facts)
{
    struct fact_hours shift = { .ref = STR("shift:3"), .is_inside = true };
    struct play p = play("condition_shift", "{\"rules\":[{\"id\":\"a\",\"label\":\"A\","
                                            "\"shifts\":[\"shift:2\",\"shift:3\"]}]}");

    CHECK_STR(way(p), "else");
    p.facts.hours = &shift;
    p.facts.hours_count = 1;
    CHECK_STR(way(p), "rule:a");
}

TEST(a_rule_of_hours_needs_hours)
{
    static const struct {
        const char *rule, *expected;
    } table[] = {
        { "\"from\":\"08:00\",\"to\":\"12:00\"", "" },
        { "\"shifts\":[\"shift:1\"]", "" },
        { "\"days\":[\"mon\"]", "L103 rules" },
        { "\"from\":\"8h\",\"to\":\"12:00\"", "L103 rules" },
        { "\"from\":\"08:00\",\"to\":\"08:00\"", "L103 rules" },
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct play p = play(
            "condition_shift",
            str_fmt(test_arena(), "{\"rules\":[{\"id\":\"a\",\"label\":\"A\",%s}]}", table[i].rule)
                .p);

        CHECK_STR(play_lint(&p, 1), table[i].expected);
    }
}

TEST(tags_are_any_all_or_none_of_some_on_any_level)
{
    struct str ticket[] = { STR("tag:1") }, contact[] = { STR("tag:2") };
    static const struct {
        const char *rule;
        bool holds;
    } table[] = {
        { "\"tags\":[\"tag:1\",\"tag:9\"]", true },
        { "\"tags\":[\"tag:9\"]", false },
        { "\"tags\":[\"tag:1\",\"tag:2\"],\"match\":\"all\"", true },
        { "\"tags\":[\"tag:1\",\"tag:9\"],\"match\":\"all\"", false },
        { "\"tags\":[\"tag:8\",\"tag:9\"],\"match\":\"none\"", true },
        { "\"tags\":[\"tag:2\"],\"match\":\"none\"", false },
        { "\"tags\":[\"tag:2\"],\"levels\":[\"ticket\",\"customer\"]", false },
        { "\"tags\":[\"tag:2\"],\"levels\":[\"contact\"]", true },
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct play p = play(
            "condition_tag",
            str_fmt(test_arena(), "{\"rules\":[{\"id\":\"a\",\"label\":\"A\",%s}]}", table[i].rule)
                .p);

        p.facts.tags[TAGS_TICKET].v = ticket;
        p.facts.tags[TAGS_TICKET].n = 1;
        p.facts.tags[TAGS_CONTACT].v = contact;
        p.facts.tags[TAGS_CONTACT].n = 1;
        CHECK_STR(way(p), table[i].holds ? "rule:a" : "else");
    }
}

TEST(registrations_are_known_by_kind_by_person_and_by_number)
{
    struct fact_registration linked[] = {
        { .id = STR("1"), .kind = STR("customer") },
        { .id = STR("2"), .kind = STR("supplier"), .is_company = true }
    };
    static const struct {
        const char *kind;
        size_t count;
        bool holds;
    } table[] = {
        { "none", 0, true },     { "none", 1, false },    { "customer", 0, false },
        { "customer", 1, true }, { "person", 1, true },   { "company", 1, false },
        { "company", 2, true },  { "supplier", 2, true }, { "many", 1, false },
        { "many", 2, true },     { "student", 2, false },
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct play p = play(
            "condition_registration",
            str_fmt(test_arena(), "{\"rules\":[{\"id\":\"a\",\"label\":\"A\",\"kinds\":[\"%s\"]}]}",
                    table[i].kind)
                .p);

        p.facts.registrations = linked;
        p.facts.registration_count = table[i].count;
        CHECK_STR(way(p), table[i].holds ? "rule:a" : "else");
    }
}

TEST(an_answer_given_before_decides)
{
    struct run_answer answers[] = {
        { .card = STR("menu"), .option = STR("boleto"), .value = { VARIABLE_TEXT, STR("bill") } },
        { .card = STR("idade"), .value = { VARIABLE_NUMBER, STR("17") } },
    };
    static const struct {
        const char *question, *rule;
        bool holds;
    } table[] = {
        { "menu", "\"options\":[\"vendas\",\"boleto\"]", true },
        { "menu", "\"options\":[\"vendas\"]", false },
        { "idade", "\"op\":\"lt\",\"value\":\"18\"", true },
        { "idade", "\"op\":\"gte\",\"value\":\"18\"", false },
        { "idade", "\"options\":[\"yes\"]", false },
        { "nunca", "\"op\":\"ne\",\"value\":\"x\"", false }, /* not asked yet */
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct play p =
            play("condition_answer",
                 str_fmt(test_arena(),
                         "{\"question\":\"%s\",\"rules\":[{\"id\":\"a\",\"label\":\"A\",%s}]}",
                         table[i].question, table[i].rule)
                     .p);

        p.run.answers = answers;
        p.run.answer_count = 2;
        CHECK_STR(way(p), table[i].holds ? "rule:a" : "else");
    }
}

TEST(an_advertisement_is_any_or_one_of_a_list)
{
    struct play p = play("condition_origin", "{}");
    struct play listed = play("condition_origin",
                              "{\"match\":\"list\",\"ads\":[{\"kind\":\"ad_id\",\"value\":\"77\"},"
                              "{\"kind\":\"campaign\",\"value\":\"Natal\"}]}");

    CHECK_STR(way(p), "no");
    CHECK_STR(way(listed), "no");
    p.facts.origin.kind = listed.facts.origin.kind = STR("ad");
    p.facts.origin.ad_id = listed.facts.origin.ad_id = STR("78");
    CHECK_STR(way(p), "yes");
    CHECK_STR(way(listed), "no");
    listed.facts.origin.campaign = STR("natal");
    CHECK_STR(way(listed), "yes");
    listed.facts.origin.campaign = STR("");
    listed.facts.origin.ad_id = STR("77");
    CHECK_STR(way(listed), "yes");
}

TEST(the_first_rule_that_holds_is_the_way)
{
    struct play p = play("condition_branch",
                         "{\"rules\":[{\"id\":\"a\",\"label\":\"A\",\"branches\":[\"branch:1\"]},"
                         "{\"id\":\"b\",\"label\":\"B\",\"branches\":[\"branch:1\",\"branch:2\"]},"
                         "{\"id\":\"c\",\"label\":\"C\",\"branches\":[\"branch:2\"]}]}");

    p.facts.branch = STR("branch:1");
    CHECK_STR(way(p), "rule:a");
    p.facts.branch = STR("branch:2");
    CHECK_STR(way(p), "rule:b");
    CHECK_STR(play_lint(&p, 1), "L606 rules c");
}

TEST(a_rule_said_twice_never_happens)
{
    struct play p = play("condition_variable",
                         "{\"variable\":\"contact.name\",\"rules\":["
                         "{\"id\":\"a\",\"label\":\"A\",\"op\":\"eq\",\"value\":\"1\"},"
                         "{\"id\":\"b\",\"label\":\"B\",\"op\":\"eq\",\"value\":\"2\"},"
                         "{\"id\":\"c\",\"label\":\"C\",\"op\":\"eq\",\"value\":\"1\"}]}");

    CHECK_STR(play_lint(&p, 1), "L606 rules c");
}

/* --- comparing -------------------------------------------------------------------- */

TEST(values_are_compared_by_their_type)
{
    static const struct {
        enum variable_type type;
        const char *value, *rule;
        bool holds;
    } table[] = {
        { VARIABLE_TEXT, "Chapecó", "\"op\":\"eq\",\"value\":\"CHAPECO\"", true },
        { VARIABLE_TEXT, "Chapecó", "\"op\":\"ne\",\"value\":\"chapeco\"", false },
        { VARIABLE_TEXT, "Chapecó - SC", "\"op\":\"contains\",\"value\":\"sc\"", true },
        { VARIABLE_TEXT, "Chapecó", "\"op\":\"not_contains\",\"value\":\"sc\"", true },
        { VARIABLE_TEXT, "Chapecó", "\"op\":\"starts_with\",\"value\":\"chap\"", true },
        { VARIABLE_TEXT, "Chapecó", "\"op\":\"in\",\"value\":\"Xanxerê, Chapecó\"", true },
        { VARIABLE_TEXT, "Chapecó", "\"op\":\"in\",\"value\":\"Xanxerê\"", false },
        { VARIABLE_TEXT, "Chapecó", "\"op\":\"gt\",\"value\":\"1\"", false },
        { VARIABLE_TEXT, "12", "\"op\":\"gt\",\"value\":\"9\"", true },
        { VARIABLE_TEXT, "Chapecó", "\"op\":\"empty\"", false },
        { VARIABLE_TEXT, "Chapecó", "\"op\":\"not_empty\"", true },
        { VARIABLE_NUMBER, "1234.5", "\"op\":\"eq\",\"value\":\"1.234,50\"", true },
        { VARIABLE_NUMBER, "1234.5", "\"op\":\"gt\",\"value\":\"1.234\"", true },
        { VARIABLE_NUMBER, "-3", "\"op\":\"lt\",\"value\":\"-2\"", true },
        { VARIABLE_NUMBER, "5", "\"op\":\"between\",\"value\":\"5\",\"value2\":\"7\"", true },
        { VARIABLE_NUMBER, "8", "\"op\":\"between\",\"value\":\"5\",\"value2\":\"7\"", false },
        { VARIABLE_NUMBER, "5", "\"op\":\"in\",\"value\":\"3, 5, 7\"", true },
        { VARIABLE_NUMBER, "5", "\"op\":\"ne\",\"value\":\"cinco batatas\"", false },
        { VARIABLE_NUMBER, "1234", "\"op\":\"contains\",\"value\":\"23\"", true },
        { VARIABLE_MONEY, "9990", "\"op\":\"gt\",\"value\":\"99,00\"", true },
        { VARIABLE_MONEY, "9990", "\"op\":\"eq\",\"value\":\"R$ 99,90\"", true },
        { VARIABLE_DATE, "2026-03-10", "\"op\":\"gt\",\"value\":\"hoje\"", true },
        { VARIABLE_DATE, "2026-03-10", "\"op\":\"lte\",\"value\":\"10/03/2026\"", true },
        { VARIABLE_DATETIME, "2026-03-10T08:00:00", "\"op\":\"eq\",\"value\":\"10/03/2026\"",
          true },
        { VARIABLE_TIME, "14:30", "\"op\":\"gte\",\"value\":\"14h\"", true },
        { VARIABLE_BOOLEAN, "true", "\"op\":\"eq\",\"value\":\"sim\"", true },
        { VARIABLE_BOOLEAN, "false", "\"op\":\"eq\",\"value\":\"não\"", true },
        { VARIABLE_DOCUMENT, "52998224725", "\"op\":\"eq\",\"value\":\"529.982.247-25\"", true },
        { VARIABLE_LIST, "azul\nverde", "\"op\":\"eq\",\"value\":\"Verde\"", true },
        { VARIABLE_LIST, "azul\nverde", "\"op\":\"ne\",\"value\":\"verde\"", false },
        { VARIABLE_LIST, "azul\nverde", "\"op\":\"contains\",\"value\":\"zu\"", true },
        { VARIABLE_TEXT, "", "\"op\":\"empty\"", true },
        { VARIABLE_TEXT, "", "\"op\":\"not_empty\"", false },
        { VARIABLE_TEXT, "", "\"op\":\"ne\",\"value\":\"x\"", true },
        { VARIABLE_TEXT, "", "\"op\":\"not_contains\",\"value\":\"x\"", true },
        { VARIABLE_TEXT, "", "\"op\":\"eq\",\"value\":\"\"", false },
        { VARIABLE_NUMBER, "", "\"op\":\"lt\",\"value\":\"1\"", false },
        { VARIABLE_TEXT, "x", "\"op\":\"nonsense\",\"value\":\"x\"", false },
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct run_variable x = { .name = STR("flow.x"),
                                  .value = { table[i].type, str_of(table[i].value) } };
        struct play p =
            play("condition_variable",
                 str_fmt(test_arena(),
                         "{\"variable\":\"flow.x\",\"rules\":[{\"id\":\"a\",\"label\":\"A\",%s}]}",
                         table[i].rule)
                     .p);

        p.facts.utc_offset_s = -3 * 3600;
        p.run.variables = &x;
        p.run.variable_count = table[i].value[0] != '\0';
        play_start(&p);
        if (!str_eq(play_left(&p), table[i].holds ? STR("rule:a") : STR("else")))
            CHECK_STR(str_of(table[i].rule), table[i].value); /* says which */
    }
}

TEST(a_value_of_another_variable_is_taken_in_its_own_form)
{
    struct run_variable both[] = {
        { .name = STR("flow.x"), .value = { VARIABLE_NUMBER, STR("12.345") } },
        { .name = STR("flow.y"), .value = { VARIABLE_NUMBER, STR("12.345") } },
    };
    struct play p = play("condition_variable",
                         "{\"variable\":\"flow.x\",\"rules\":[{\"id\":\"a\",\"label\":\"A\","
                         "\"op\":\"eq\",\"value\":\"{{flow.y}}\"}]}");

    p.run.variables = both;
    p.run.variable_count = 2;
    CHECK_STR(way(p), "rule:a");
}

TEST(what_does_not_fit_its_type_is_traced)
{
    struct run_variable x = { .name = STR("flow.x"), .value = { VARIABLE_NUMBER, STR("1") } };
    struct play p = play("condition_variable",
                         "{\"variable\":\"flow.x\",\"rules\":[{\"id\":\"a\",\"label\":\"A\","
                         "\"op\":\"gt\",\"value\":\"muito\"}]}");

    p.run.variables = &x;
    p.run.variable_count = 1;
    play_start(&p);
    CHECK_STR(play_left(&p), "else");
    CHECK_STR(play_remarked(&p), "type");
}
