#include "script.h"

#include "base/clock.h"
#include "base/testing/testing.h"

static int64_t
today(void)
{
    return clock_days(2026, 11, 27);
}

static struct script_turn
hears(struct script *script, const char *text)
{
    struct script_said said = { .text = str_of(text), .today = today() };

    return script_hear(test_arena(), script, &said);
}

TEST(questions_come_in_their_order_and_the_last_answer_ends_them)
{
    struct script script = { .needs = 15, .tries = 3 };
    struct script_turn turn;

    CHECK_I64(script_first(script.needs), NEED_TERMS);
    turn = hears(&script, "Aceito!");
    CHECK_I64(turn.answered, NEED_TERMS);
    CHECK_I64(turn.asks, NEED_CONSENT);
    turn = hears(&script, "sim, pode guardar");
    CHECK_I64(turn.answered, NEED_CONSENT);
    CHECK(turn.is_yes);
    turn = hears(&script, "25/12/1990");
    CHECK_STR(turn.value, "1990-12-25");
    CHECK_I64(turn.asks, NEED_DOCUMENT);
    turn = hears(&script, "529.982.247-25");
    CHECK_STR(turn.value, "52998224725");
    CHECK_I64(turn.end, SCRIPT_DONE);
    CHECK_I64(turn.says, LINE_THANKS);
    CHECK_I64(script.needs, 0);
}

TEST(after_so_many_wrong_answers_a_person_takes_over)
{
    struct script script = { .needs = NEED_DOCUMENT, .tries = 3 };

    CHECK_I64(hears(&script, "oi").says, LINE_RETRY);
    CHECK_I64(hears(&script, "529.982.247-26").end, SCRIPT_GOES_ON);
    CHECK_I64(hears(&script, "").end, SCRIPT_GIVEN_UP);
    CHECK_I64(script.needs, NEED_DOCUMENT);
}

TEST(a_right_answer_forgets_the_wrong_ones_before_it)
{
    struct script script = { .needs = NEED_TERMS | NEED_BIRTH, .tries = 2 };

    CHECK_I64(hears(&script, "quanto custa?").end, SCRIPT_GOES_ON);
    CHECK_I64(hears(&script, "SIM").asks, NEED_BIRTH);
    CHECK_I64(hears(&script, "30/02/1990").end, SCRIPT_GOES_ON);
    CHECK_I64(hears(&script, "1/3/90").end, SCRIPT_DONE);
}

TEST(a_no_to_the_terms_waits_for_a_yes_and_a_no_to_keeping_data_asks_no_more_of_it)
{
    struct script terms = { .needs = NEED_TERMS, .tries = 3 },
                  data = { .needs = NEEDS_OF_DATA, .tries = 3 };
    struct script_turn turn;

    CHECK_I64(hears(&terms, "não").says, LINE_TERMS_NEEDED);
    CHECK_I64(hears(&terms, "ok").end, SCRIPT_DONE);
    turn = hears(&data, "Não autorizo");
    CHECK_I64(turn.end, SCRIPT_REFUSED);
    CHECK_I64(turn.answered, NEED_CONSENT);
    CHECK(!turn.is_yes);
    CHECK_I64(turn.asks, 0);
}

TEST(the_word_that_takes_back_everything_works_at_any_question)
{
    for (int need = NEED_TERMS; need <= NEED_DOCUMENT; need <<= 1) {
        struct script script = { .needs = need, .tries = 3 };
        struct script_turn turn = hears(&script, " /Bloquear ");

        CHECK_I64(turn.end, SCRIPT_BLOCKED);
        CHECK_I64(turn.says, LINE_NONE);
    }
}

TEST(what_was_written_before_the_question_could_be_read_is_never_wrong)
{
    struct script script = { .needs = NEED_TERMS, .tries = 1 };
    struct script_said hasty = { .text = STR("tudo bem?"), .is_hasty = true, .today = today() };
    struct script_turn turn = script_hear(test_arena(), &script, &hasty);

    CHECK_I64(turn.end, SCRIPT_GOES_ON);
    CHECK_I64(turn.says, LINE_NONE);
    CHECK_I64(script.wrong, 0);
    hasty.text = STR("sim");
    CHECK_I64(script_hear(test_arena(), &script, &hasty).end, SCRIPT_DONE);
}

TEST(days_are_read_as_brazil_writes_them)
{
    static const struct {
        const char *text, *day; /* NULL: none */
    } cases[] = {
        { "25/12/1990", "1990-12-25" },
        { "25-12-90", "1990-12-25" },
        { "5.3.15", "2015-03-05" },
        { "25121990", "1990-12-25" },
        { "25 de dezembro de 1990", "1990-12-25" },
        { "1 Março 2001", "2001-03-01" },
        { "29/02/2024", "2024-02-29" },
        { "29/02/2023", NULL },
        { "12/25/1990", NULL },
        { "28/11/2026", NULL },
        { "27/11/2026", "2026-11-27" },
        { "1/1/1899", NULL },
        { "1990", NULL },
        { "25/12", NULL },
        { "25/12/1990/1", NULL },
        { "nasci em 90", NULL },
        { "99999999999999999999", NULL },
        { "", NULL },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str out = STR("");
        bool is_day = script_date(test_arena(), str_of(cases[i].text), today(), &out);

        CHECK(is_day == (cases[i].day != NULL));
        if (is_day)
            CHECK_STR(out, cases[i].day);
    }
}

TEST(yes_and_no_are_heard_in_many_ways_and_guessed_in_none)
{
    static const struct {
        const char *text;
        int answer;
    } cases[] = {
        { "Sim", 1 },      { "SIM!!", 1 },  { "s", 1 },  { "de acordo", 1 },   { "1", 1 },
        { "Não", -1 },     { "NAO", -1 },   { "n", -1 }, { "não aceito", -1 }, { "2", -1 },
        { "simpatia", 0 }, { "talvez", 0 }, { "", 0 },   { "12", 0 },          { "nada", 0 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        CHECK_I64(script_yes_or_no(test_arena(), str_of(cases[i].text)), cases[i].answer);
}
