/*
 * The funnel of a flow: of conversations that began in a period, what became of them at each card, and of all together.
 *
 * A visit to a card closes in exactly one way, so for each card, whenever it is asked:
 *   entries = Σ exits + abandoned + finished + interrupted + open + moved
 * and it opens in one way too: by a start, a line from a card that was left, a jump, a return, or a move from another version:
 *   entries = starts + Σ exits of all cards that lead here + jumps + returns + moved_in
 * Cards are those of this flow, whichever flow a conversation began with; the figures are of those that began with it.
 */
#ifndef DOMAIN_FLOWS_FLOW_FUNNEL_H
#define DOMAIN_FLOWS_FLOW_FUNNEL_H

#include "domain/flows/flows.h"

enum { FUNNEL_DAYS_MAX = 366, FUNNEL_VERSIONS_MAX = 200 };

struct funnel_query {
    struct flow_id flow;
    struct str from, to;      /* "2026-11-01"; .p == NULL: the thirty days up to `to`; today */
    struct json_ids versions; /* none: all */
};

enum funnel_count {
    FUNNEL_ENTRIES,
    FUNNEL_STARTS,
    FUNNEL_JUMPS,
    FUNNEL_RETURNS,
    FUNNEL_RUNS, /* different conversations */
    FUNNEL_LEFT,
    FUNNEL_ABANDONED,
    FUNNEL_FINISHED,
    FUNNEL_INTERRUPTED,
    FUNNEL_OPEN,
    FUNNEL_MOVED,    /* to another version */
    FUNNEL_MOVED_IN, /* from another version */
    FUNNEL_INVALID,
    FUNNEL_ANSWERED,
    FUNNEL_ANSWERED_FIRST, /* right at once */
    FUNNEL_SENT,
    FUNNEL__COUNT
};

/* An outlet, or a reason, and how often. */
struct funnel_share {
    struct str word;
    int64_t n;
};

struct funnel_card {
    struct str card, type, name; /* name: the latest; empty: none */
    int64_t counts[FUNNEL__COUNT];
    struct funnel_share *exits; /* Σ = FUNNEL_LEFT */
    size_t exit_count;
    struct funnel_share *ends; /* Σ = abandoned + finished */
    size_t end_count;
    int64_t answer_median_ms, answer_p90_ms; /* 0: nobody answered */
};

struct funnel {
    struct str from, to, time_zone; /* days, in the account's zone */
    struct {
        int64_t runs, live, held, ended;
        int64_t contained; /* finished, and no person was asked for or came */
        int64_t transferred, fallen, silent, opted_out;
        int64_t bot_median_ms; /* until a person came, or the end; 0: none ended */
    } figures;                 /* fallen: out of attempts somewhere, or into the net */
    struct funnel_share *ends;
    size_t end_count;
    struct funnel_card *cards; /* by id */
    size_t card_count;
};

/*
 *   ERR_NOT_FOUND  not_found
 *   ERR_INVALID    date_invalid (from, to), days_invalid: none, or more than FUNNEL_DAYS_MAX
 */
MUST_CHECK struct err flow_funnel_read(struct cx *cx, const struct funnel_query *query,
                                       struct funnel *out);

extern const struct route flow_funnel_routes[];

#endif
