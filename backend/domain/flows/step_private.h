/*
 * What the files of the interpreter share. A step is a walk: something decides what is next (a card, a command, a
 * timer), the walk does it, and so on until the run rests. Nothing calls itself, so a circle of cards is a long walk
 * and never a deep one.
 */
#ifndef DOMAIN_FLOWS_STEP_PRIVATE_H
#define DOMAIN_FLOWS_STEP_PRIVATE_H

#include "domain/flows/step.h"

enum {
    STEP_MEANINGS_MAX = 8,
    STEP_STALE_MAX = 3,           /* taps on an old question that are answered */
    STEP_ALONE_MAX = 50,          /* inputs in a row from no person */
    STEP_ANSWERED_LATELY_MAX = 40 /* of one contact in five minutes: another machine */
};

/* What was decided. Exactly one thing; whatever is said after it is said to nobody. */
enum next {
    NEXT_UNDECIDED,
    NEXT_LEAVE,  /* by an outlet */
    NEXT_ASK,    /* what the card's question says */
    NEXT_WRONG,  /* spends an attempt */
    NEXT_GO,     /* into another flow */
    NEXT_RETURN, /* to whoever called this one */
    NEXT_NET,    /* it cannot go on */
    NEXT_WINDOW, /* the network does not let us speak any more */
    NEXT_REST,
    NEXT__COUNT
};

struct step {
    struct arena *arena;
    struct flow_set flows;
    const struct run *run_before;
    const struct facts *facts_before;
    const struct input *input;
    int64_t now_us;

    struct run *run;
    struct facts *facts;
    const struct flow_document *document; /* where it stands; NULL: nowhere that we know */
    int card;                             /* by index; -1: none */
    bool has_left;                        /* the card's visit is over, and no other has begun */

    struct effect *effects;
    size_t effect_count, effect_room;
    struct effect to_nobody;
    struct trace_entry *trace;
    size_t trace_count, trace_room;
    int cards, messages; /* of this step, against its budget */

    struct {
        enum next what;
        struct str outlet, flow;
        bool returns;
        struct content why;
        const char *cause;
    } next;

    /* For the entry that closes the visit. */
    struct {
        const char *matched_by;
        int attempt;
        int64_t answered_ms;
        struct str skipped, error;
    } leaving;

    struct {
        const char *name;
        struct variable_value value;
    } meanings[STEP_MEANINGS_MAX];
    int meaning_count;
    struct content meanwhile;
};

/* --- the walk (step.c) ---------------------------------------------------------- */

bool step_decide(struct step *s, enum next what); /* false: it is too late for that */
void step_fall(struct step *s, const char *cause);
void step_rest(struct step *s, enum run_state state);
void step_ignore(struct step *s, const char *why); /* nothing happens, but it is traced */
/* Whether it is the bot's turn: a run that lives, that controls, whose customer may be written to. Else it is over. */
bool step_is_ours(struct step *s);
/* Fresh copies of what was given, with this input counted; what the net starts from too. */
void step_begin(struct step *s);

/* --- places (step_flows.c) ------------------------------------------------------ */

const struct flow_document *step_root(const struct step *s);
void step_stand(struct step *s); /* finds document and card of run->at */
void step_enter(struct step *s, const struct flow_document *document, int card, const char *via);
/* The same without beginning what it does. False: it fell. */
bool step_arrive(struct step *s, const struct flow_document *document, int card, const char *via);
void step_begin_root(struct step *s, const char *via);
void step_menu(struct step *s);
/* For good: whoever called is forgotten. */
void step_jump(struct step *s, struct str flow, const char *outlet);
void step_do_leave(struct step *s);
void step_do_go(struct step *s);
void step_do_return(struct step *s);

/* --- effects and trace (step_effects.c) ----------------------------------------- */

struct pair {
    const char *name;
    struct str value; /* empty: left out */
    bool is_true;     /* said as true, instead of a text */
};
/* A JSON object of texts and truths; the last pair's name is NULL. */
struct str step_object(struct step *s, const struct pair *pairs);
struct trace_entry *step_trace(struct step *s, const char *event);
void step_trace_leave(struct step *s, struct str outlet);
bool step_may_speak(const struct step *s);
bool step_window_is_open(const struct step *s);
/* An effect of a message, within the budget; to nobody when it may not be said. */
struct effect *step_message(struct step *s, enum effect_kind kind, struct content content);
int64_t step_timer(struct step *s, const char *which, int64_t at_us); /* its token; 0: too late */
void step_quiet(struct step *s); /* no timer of a question, a wait or a call runs any more */
struct content step_join(struct step *s, struct content first, struct content second);
struct content step_plain(struct str text);

/* --- values (step_values.c, step_write.c) ---------------------------------------- */

int64_t step_local_us(const struct step *s); /* the wall clock of the branch */
struct run_variable *step_variable(struct step *s,
                                   struct str name); /* NULL: one too many; it fell */
const struct flow_variable *step_declared(const struct step *s, struct str name); /* NULL */

/* --- asking (step_ask.c) -------------------------------------------------------- */

bool step_question(struct step *s, struct question *q); /* false: it fell */
void step_do_ask(struct step *s);
void step_do_wrong(struct step *s);
/* The same question again, with words before it, and only these of its options (NULL: all). */
void step_ask_again(struct step *s, struct content before, const struct choice *only);
void step_spend(struct step *s, struct content why);
void step_exhausted(struct step *s); /* nothing is connected to that outlet */

/* --- what the customer sent (step_decide.c, step_match.c) ----------------------- */

enum fit { FIT_NOT, FIT_ONE, FIT_SEVERAL };
struct match {
    enum fit fit;
    struct reply reply;
    struct choice choice; /* several options */
    enum verdict verdict; /* of awaited data that does not fit */
};
bool step_is_open(const struct question *q); /* any text is an answer */
struct match step_match_tap(struct step *s, const struct question *q, struct str id);
struct match step_match_exact(struct step *s, const struct question *q, const struct said *said);
struct match step_match_lenient(struct step *s, const struct question *q, const struct said *said);
struct content step_invalid_text(struct step *s, const struct question *q, const struct said *said,
                                 const struct match *match);
bool step_says_one_of(struct step *s, struct str said, struct flow_words words);

void step_take_message(struct step *s);
void step_take_digits(struct step *s);
/* A start that answers a template, where its answers lead; false: it is no such start, or there is no such card. */
bool step_begin_answered(struct step *s);
void step_answered(struct step *s, struct reply *reply);
/* Reads what step_tap wrote. */
bool step_payload(struct str payload, int64_t *run, int64_t *token, struct str *option);

/* --- time (step_timers.c) ------------------------------------------------------- */

void step_take_timer(struct step *s);
void step_watch_silence(struct step *s); /* arms remind and expire for what was asked just now */
void step_gather(struct step *s, const struct question *q, struct str fragment);
void step_silent(struct step *s); /* nothing is connected to that outlet */

/* --- calls (step_calls.c) ------------------------------------------------------- */

void step_take_result(struct step *s);
void step_called(struct step *s, const struct call_result *result);
void step_resume_call(struct step *s);

/* --- who has the ticket (step_control.c) ---------------------------------------- */

void step_take_taken(struct step *s);
void step_take_returned(struct step *s);
void step_take_closed(struct step *s);
void step_take_hangup(struct step *s);
void step_take_command(struct step *s);
void step_take_failure(struct step *s);
void step_human(struct step *s);
void step_fall_back(struct step *s);
/* To the department of the fallback, without a word. */
void step_transfer_silently(struct step *s, const char *end_reason);
struct str step_fallback_department(const struct step *s);
void step_over(struct step *s, const char *reason);

/* --- consent (step_consent.c) --------------------------------------------------- */

bool step_take_consent(struct step *s, struct str said); /* false: it is none of these words */
void step_block(struct step *s);
void step_unblock(struct step *s);
void step_confirm_opt_out(struct step *s);
void step_decide_opt_out(struct step *s);
void step_resume_question(struct step *s);

/* --- the net (step_net.c) ------------------------------------------------------- */

void step_do_net(struct step *s);
void step_do_window(struct step *s);
bool step_guards_loop(struct step *s); /* true: it was caught */
bool step_is_too_large(const struct step *s);

#endif
