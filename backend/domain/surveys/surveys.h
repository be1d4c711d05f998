/*
 * What customers think of how they were served: asked by a card of a flow, kept for good beside the ticket, counted for the
 * company, for whoever served last, or for both.
 *
 * A survey belongs to the run that asks it. It is answered by a score, perhaps with a comment after it, or stays unanswered
 * when the run ends first. The calls of a run need its ticket locked; the same step asks once.
 */
#ifndef DOMAIN_SURVEYS_SURVEYS_H
#define DOMAIN_SURVEYS_SURVEYS_H

#include "domain/tickets/tickets.h"

/* The run asks. counts_for: company, agent or both; where nobody has served it is the company's. */
MUST_CHECK struct err surveys_ask(struct cx *cx, const struct ticket *ticket, int64_t run_id,
                                  int64_t step, struct str counts_for);

struct survey_answer {
    int64_t score;
    struct str label;   /* of the score, as it was offered */
    struct str comment; /* empty: none */
};

/*
 * Its customer answered what was asked last; a comment that comes later is added. The thread says the score, once; the
 * ticket is not saved. ERR_NOT_FOUND "survey_unknown": this run asked nothing.
 */
MUST_CHECK struct err surveys_answer(struct cx *cx, struct ticket *ticket, int64_t run_id,
                                     const struct survey_answer *answer);

/* The run is over: what it asked and nobody answered stays so. */
void surveys_give_up(struct cx *cx, int64_t run_id);

/* 0, and an empty text: not by this. */
struct survey_filter {
    int64_t from_us, until_us; /* when it was asked; until is excluded */
    int64_t department_id, member_id;
    struct str state;      /* asked, answered, unanswered */
    struct str counts_for; /* company or agent, each with those of both; both: only these */
    int64_t score;         /* -1: any */
    bool is_commented;     /* only those with words */
};

/* Of tickets that the caller sees, the newest first, below the id `after` (0: from the start). Rows of survey_list. */
MUST_CHECK struct err surveys_list(struct cx *cx, const struct survey_filter *filter, int64_t after,
                                   int64_t limit, struct db_rows *rows);
/* How many of each, in no order: rows of survey_figures, whose columns these are. */
enum survey_figure {
    FIGURE_DEPARTMENT,
    FIGURE_MEMBER,
    FIGURE_COUNTS_FOR,
    FIGURE_SCORE,
    FIGURE_COUNT
};
MUST_CHECK struct err surveys_figures(struct cx *cx, const struct survey_filter *filter,
                                      struct db_rows *rows);

extern const struct route surveys_routes[];

#endif
