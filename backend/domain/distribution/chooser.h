/*
 * Who gets a ticket: a pure function over a table of those who serve in its department.
 * It reads no clock and no database, and says of everybody why it was them or why not.
 */
#ifndef DOMAIN_DISTRIBUTION_CHOOSER_H
#define DOMAIN_DISTRIBUTION_CHOOSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum distribution_mode { DISTRIBUTION_MANUAL, DISTRIBUTION_ROUND_ROBIN, DISTRIBUTION_LEAST_BUSY };
extern const char *const distribution_mode_names[]; /* as stored; NULL ends the list */

/* What was found of one candidate, in the order in which it is asked. */
enum verdict {
    VERDICT_CHOSEN,
    VERDICT_INACTIVE, /* no longer somebody tickets are given to */
    VERDICT_NO_CHANNEL,
    VERDICT_OFFLINE,
    VERDICT_AWAY,
    VERDICT_ON_BREAK,
    VERDICT_CLOSED,    /* nobody is: it is outside of hours */
    VERDICT_FULL,      /* as many in hand as they may hold */
    VERDICT_FULL_HERE, /* as many of this department */
    VERDICT_NOT_LAST_AGENT,
    VERDICT_BUSIER,
    VERDICT_LATER_TURN,
    VERDICT_BY_HAND /* they could have taken it: here one picks */
};
extern const char *const verdict_names[]; /* words of answers and of the screen */

struct candidate {
    int64_t member_id;
    enum verdict absence; /* VERDICT_CHOSEN: they are there; else one up to VERDICT_ON_BREAK */
    bool lacks_channel;
    int64_t held;      /* in hand now, all departments */
    int64_t held_here; /* of them, of this one */
    int64_t limit;     /* of held; 0: none */
    int64_t turn;      /* of this department, in which they last got one; 0: never */
};

struct choice_rules {
    enum distribution_mode mode;
    bool is_open;
    int64_t last_agent; /* who goes before all if they can; 0: nobody */
    int64_t limit_here; /* of held_here; 0: none */
};

/* How it came out; a word each, stored with the decision. */
enum outcome {
    OUTCOME_LAST_AGENT,
    OUTCOME_ROUND_ROBIN,
    OUTCOME_LEAST_BUSY,
    /* it waits */
    OUTCOME_CLOSED,
    OUTCOME_BY_HAND, /* somebody could take it */
    OUTCOME_FULL,    /* all who are there hold as many as they may */
    OUTCOME_ON_BREAK,
    OUTCOME_AWAY,
    OUTCOME_OFFLINE,
    OUTCOME_NO_CHANNEL, /* nobody who serves here serves its channel */
    OUTCOME_NOBODY      /* nobody serves here at all */
};
extern const char *const outcome_names[];

struct choice {
    int chosen; /* index of the candidate; -1: it waits */
    enum outcome outcome;
};

/*
 * Fills verdicts[n]. Never somebody absent or over a limit. In turn: who got one longest ago, then by
 * number; least busy: who holds least, then in turn.
 */
struct choice choose(const struct choice_rules *rules, const struct candidate *candidates, size_t n,
                     enum verdict *verdicts);

#endif
