#include "chooser.h"

const char *const distribution_mode_names[] = {
    [DISTRIBUTION_MANUAL] = "manual",
    [DISTRIBUTION_ROUND_ROBIN] = "round_robin",
    [DISTRIBUTION_LEAST_BUSY] = "least_busy",
    NULL,
};

const char *const verdict_names[] = {
    [VERDICT_CHOSEN] = "chosen",
    [VERDICT_INACTIVE] = "inactive",
    [VERDICT_NO_CHANNEL] = "no_channel",
    [VERDICT_OFFLINE] = "offline",
    [VERDICT_AWAY] = "away",
    [VERDICT_ON_BREAK] = "on_break",
    [VERDICT_CLOSED] = "closed",
    [VERDICT_FULL] = "full",
    [VERDICT_FULL_HERE] = "full_here",
    [VERDICT_NOT_LAST_AGENT] = "not_last_agent",
    [VERDICT_BUSIER] = "busier",
    [VERDICT_LATER_TURN] = "later_turn",
    [VERDICT_BY_HAND] = "by_hand",
};

const char *const outcome_names[] = {
    [OUTCOME_LAST_AGENT] = "last_agent", [OUTCOME_ROUND_ROBIN] = "round_robin",
    [OUTCOME_LEAST_BUSY] = "least_busy", [OUTCOME_CLOSED] = "closed",
    [OUTCOME_BY_HAND] = "by_hand",       [OUTCOME_FULL] = "full",
    [OUTCOME_ON_BREAK] = "on_break",     [OUTCOME_AWAY] = "away",
    [OUTCOME_OFFLINE] = "offline",       [OUTCOME_NO_CHANNEL] = "no_channel",
    [OUTCOME_NOBODY] = "nobody",
};

/* Why not them, whoever else there is; VERDICT_CHOSEN: they could. */
static enum verdict
judge(const struct choice_rules *rules, const struct candidate *c)
{
    if (c->absence == VERDICT_INACTIVE)
        return VERDICT_INACTIVE;
    if (c->lacks_channel)
        return VERDICT_NO_CHANNEL;
    if (c->absence != VERDICT_CHOSEN)
        return c->absence;
    if (!rules->is_open)
        return VERDICT_CLOSED;
    if (c->limit > 0 && c->held >= c->limit)
        return VERDICT_FULL;
    if (rules->limit_here > 0 && c->held_here >= rules->limit_here)
        return VERDICT_FULL_HERE;
    return VERDICT_CHOSEN;
}

/* Whether a goes before b. */
static bool
goes_before(const struct choice_rules *rules, const struct candidate *a, const struct candidate *b)
{
    if (rules->mode == DISTRIBUTION_LEAST_BUSY && a->held != b->held)
        return a->held < b->held;
    return a->turn != b->turn ? a->turn < b->turn : a->member_id < b->member_id;
}

/* Of somebody who could, and was not it. */
static enum verdict
second(const struct choice_rules *rules, enum outcome outcome, const struct candidate *chosen,
       const struct candidate *c)
{
    if (outcome == OUTCOME_LAST_AGENT)
        return VERDICT_NOT_LAST_AGENT;
    return rules->mode == DISTRIBUTION_LEAST_BUSY && c->held > chosen->held ? VERDICT_BUSIER
                                                                            : VERDICT_LATER_TURN;
}

/* What stands nearest to its being given: whom one would have to ask to change something. */
static enum outcome
why_it_waits(const struct choice_rules *rules, const enum verdict *verdicts, size_t n)
{
    static const struct {
        enum verdict verdict;
        enum outcome outcome;
    } nearest[] = {
        { VERDICT_BY_HAND, OUTCOME_BY_HAND },
        { VERDICT_FULL, OUTCOME_FULL },
        { VERDICT_FULL_HERE, OUTCOME_FULL },
        { VERDICT_ON_BREAK, OUTCOME_ON_BREAK },
        { VERDICT_AWAY, OUTCOME_AWAY },
        { VERDICT_OFFLINE, OUTCOME_OFFLINE },
        { VERDICT_NO_CHANNEL, OUTCOME_NO_CHANNEL },
    };

    if (!rules->is_open)
        return OUTCOME_CLOSED;
    for (size_t k = 0; k < sizeof nearest / sizeof nearest[0]; k++)
        for (size_t i = 0; i < n; i++)
            if (verdicts[i] == nearest[k].verdict)
                return nearest[k].outcome;
    return OUTCOME_NOBODY;
}

/* The last agent if they could; else, unless one picks by hand, who goes before all. */
static struct choice
pick(const struct choice_rules *rules, const struct candidate *candidates, size_t n,
     const enum verdict *verdicts)
{
    struct choice best = { .chosen = -1 };

    for (size_t i = 0; i < n; i++) {
        if (verdicts[i] != VERDICT_CHOSEN)
            continue;
        if (rules->last_agent != 0 && candidates[i].member_id == rules->last_agent)
            return (struct choice){ (int)i, OUTCOME_LAST_AGENT };
        if (rules->mode != DISTRIBUTION_MANUAL &&
            (best.chosen < 0 || goes_before(rules, &candidates[i], &candidates[best.chosen])))
            best.chosen = (int)i;
    }
    best.outcome =
        rules->mode == DISTRIBUTION_LEAST_BUSY ? OUTCOME_LEAST_BUSY : OUTCOME_ROUND_ROBIN;
    return best;
}

struct choice
choose(const struct choice_rules *rules, const struct candidate *candidates, size_t n,
       enum verdict *verdicts)
{
    struct choice choice;

    for (size_t i = 0; i < n; i++)
        verdicts[i] = judge(rules, &candidates[i]);
    choice = pick(rules, candidates, n, verdicts);
    for (size_t i = 0; i < n; i++)
        if (verdicts[i] == VERDICT_CHOSEN && (int)i != choice.chosen)
            verdicts[i] = choice.chosen < 0 ? VERDICT_BY_HAND
                                            : second(rules, choice.outcome,
                                                     &candidates[choice.chosen], &candidates[i]);
    if (choice.chosen < 0)
        choice.outcome = why_it_waits(rules, verdicts, n);
    return choice;
}
