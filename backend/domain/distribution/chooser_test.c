#include "base/testing/testing.h"
#include "chooser.h"

enum { MANY = 8 };

/* Numbers that look drawn, the same in every run. */
static unsigned
draw(unsigned *seed, unsigned below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

static struct candidate
somebody(int64_t id)
{
    return (struct candidate){ .member_id = id };
}

static struct candidate
anybody(unsigned *seed, int64_t id)
{
    int64_t held = draw(seed, 6);

    return (struct candidate){
        .member_id = id,
        .absence =
            (enum verdict[]){ VERDICT_CHOSEN, VERDICT_CHOSEN, VERDICT_CHOSEN, VERDICT_OFFLINE,
                              VERDICT_AWAY, VERDICT_ON_BREAK, VERDICT_INACTIVE }[draw(seed, 7)],
        .lacks_channel = draw(seed, 8) == 0,
        .held = held,
        .held_here = held == 0 ? 0 : (int64_t)draw(seed, (unsigned)held + 1),
        .limit = draw(seed, 6),
        .turn = draw(seed, 20),
    };
}

static bool
could(const struct choice_rules *rules, const struct candidate *c)
{
    return rules->is_open && c->absence == VERDICT_CHOSEN && !c->lacks_channel &&
           (c->limit == 0 || c->held < c->limit) &&
           (rules->limit_here == 0 || c->held_here < rules->limit_here);
}

TEST(nobody_absent_or_full_is_ever_chosen_and_whoever_could_be_is)
{
    unsigned seed = 20261127;
    enum verdict verdicts[MANY];
    struct candidate c[MANY];

    for (int round = 0; round < 20000; round++) {
        size_t n = draw(&seed, MANY + 1);
        struct choice_rules rules = { .mode = (enum distribution_mode)draw(&seed, 3),
                                      .is_open = draw(&seed, 8) != 0,
                                      .last_agent = draw(&seed, MANY + 1),
                                      .limit_here = draw(&seed, 4) };
        struct choice choice;
        bool any = false, last = false;
        int chosen = 0;

        for (size_t i = 0; i < n; i++) {
            c[i] = anybody(&seed, (int64_t)i + 1);
            any |= could(&rules, &c[i]);
            last |= could(&rules, &c[i]) && c[i].member_id == rules.last_agent;
        }
        choice = choose(&rules, c, n, verdicts);
        CHECK((choice.chosen >= 0) == (rules.mode == DISTRIBUTION_MANUAL ? last : any));
        CHECK((choice.outcome >= OUTCOME_CLOSED) == (choice.chosen < 0));
        CHECK(!last || choice.outcome == OUTCOME_LAST_AGENT);
        for (size_t i = 0; i < n; i++) {
            if (verdicts[i] == VERDICT_CHOSEN) {
                chosen++;
                CHECK_I64((int)i, choice.chosen);
                CHECK(could(&rules, &c[i]));
            } else if (could(&rules, &c[i]))
                CHECK(verdicts[i] > VERDICT_FULL_HERE);
            else
                CHECK(verdicts[i] <= VERDICT_FULL_HERE);
        }
        CHECK_I64(chosen, choice.chosen >= 0);
    }
}

TEST(in_turn_nobody_gets_a_second_one_before_all_got_one)
{
    struct choice_rules rules = { .mode = DISTRIBUTION_ROUND_ROBIN, .is_open = true };
    enum verdict verdicts[MANY];
    struct candidate c[MANY];
    int got[MANY] = { 0 };

    for (int i = 0; i < MANY; i++)
        c[i] = somebody(i + 1);
    for (int turn = 1; turn <= 5 * MANY; turn++) {
        struct choice choice = choose(&rules, c, MANY, verdicts);

        CHECK(choice.outcome == OUTCOME_ROUND_ROBIN);
        c[choice.chosen].turn = turn;
        got[choice.chosen]++;
        for (int i = 0; i < MANY; i++)
            CHECK(got[i] >= (turn - 1) / MANY && got[i] <= (turn + MANY - 1) / MANY);
    }
}

TEST(who_was_away_comes_first_again_but_is_owed_only_one)
{
    struct choice_rules rules = { .mode = DISTRIBUTION_ROUND_ROBIN, .is_open = true };
    struct candidate c[] = { somebody(1), somebody(2), somebody(3) };
    enum verdict verdicts[3];

    c[0].turn = 1;
    c[1].turn = 40;
    c[2].turn = 41;
    CHECK_I64(choose(&rules, c, 3, verdicts).chosen, 0);
    CHECK(verdicts[1] == VERDICT_LATER_TURN);
    c[0].turn = 42;
    CHECK_I64(choose(&rules, c, 3, verdicts).chosen, 1);
}

TEST(whoever_holds_least_gets_it_and_equals_take_turns)
{
    struct choice_rules rules = { .mode = DISTRIBUTION_LEAST_BUSY, .is_open = true };
    struct candidate c[] = { somebody(1), somebody(2), somebody(3) };
    enum verdict verdicts[3];

    c[0].held = 2;
    c[1].held = 1;
    c[2].held = 1;
    c[1].turn = 9;
    CHECK_I64(choose(&rules, c, 3, verdicts).chosen, 2);
    CHECK(verdicts[0] == VERDICT_BUSIER);
    CHECK(verdicts[1] == VERDICT_LATER_TURN);
}

TEST(a_returning_customer_goes_to_the_last_agent_if_they_can)
{
    struct choice_rules rules = { .mode = DISTRIBUTION_ROUND_ROBIN,
                                  .is_open = true,
                                  .last_agent = 2 };
    struct candidate c[] = { somebody(1), somebody(2) };
    enum verdict verdicts[2];
    struct choice choice;

    c[1].turn = 100;
    choice = choose(&rules, c, 2, verdicts);
    CHECK_I64(choice.chosen, 1);
    CHECK(choice.outcome == OUTCOME_LAST_AGENT);
    CHECK(verdicts[0] == VERDICT_NOT_LAST_AGENT);

    c[1].absence = VERDICT_ON_BREAK;
    choice = choose(&rules, c, 2, verdicts);
    CHECK_I64(choice.chosen, 0);
    CHECK(choice.outcome == OUTCOME_ROUND_ROBIN);
    CHECK(verdicts[1] == VERDICT_ON_BREAK);

    /* Where one picks by hand, it still finds them, and nobody else. */
    rules.mode = DISTRIBUTION_MANUAL;
    CHECK_I64(choose(&rules, c, 2, verdicts).chosen, -1);
    c[1].absence = VERDICT_CHOSEN;
    CHECK_I64(choose(&rules, c, 2, verdicts).chosen, 1);
}

TEST(why_it_waits_is_what_stands_nearest_to_its_being_given)
{
    struct choice_rules rules = { .mode = DISTRIBUTION_ROUND_ROBIN, .is_open = true };
    struct candidate c[] = { somebody(1), somebody(2) };
    enum verdict verdicts[2];

    CHECK(choose(&rules, c, 0, verdicts).outcome == OUTCOME_NOBODY);
    c[0].absence = c[1].absence = VERDICT_OFFLINE;
    CHECK(choose(&rules, c, 2, verdicts).outcome == OUTCOME_OFFLINE);
    c[1].absence = VERDICT_ON_BREAK;
    CHECK(choose(&rules, c, 2, verdicts).outcome == OUTCOME_ON_BREAK);
    c[0] = (struct candidate){ .member_id = 1, .held = 3, .limit = 3 };
    CHECK(choose(&rules, c, 2, verdicts).outcome == OUTCOME_FULL);
    rules.is_open = false;
    CHECK(choose(&rules, c, 2, verdicts).outcome == OUTCOME_CLOSED);
    rules = (struct choice_rules){ .mode = DISTRIBUTION_MANUAL, .is_open = true };
    c[0].limit = 0;
    CHECK(choose(&rules, c, 2, verdicts).outcome == OUTCOME_BY_HAND);
}
