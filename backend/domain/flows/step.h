/*
 * The interpreter: flow_step(documents, run, facts, input, now) → run', effects, trace. Pure: no clock, no chance, no
 * database. The same in the worker, in the simulator and in tests, byte for byte.
 *
 * The engine owns everything that is the same for all cards: who may speak, commands and keywords, matching answers,
 * attempts, silence, waiting, calls, sub-flows, the budget and the net under it all. Cards own what is theirs: see card.h.
 */
#ifndef DOMAIN_FLOWS_STEP_H
#define DOMAIN_FLOWS_STEP_H

#include "domain/flows/choice.h"
#include "domain/flows/effects.h"
#include "domain/flows/run.h"
#include "domain/flows/validators.h"

/* --- from outside ------------------------------------------------------------ */

enum input_kind {
    INPUT_START,
    INPUT_MESSAGE,
    INPUT_REPLY,
    INPUT_DIGITS,
    INPUT_TIMER,
    INPUT_CALL_RESULT,
    INPUT_TAKEN,
    INPUT_RETURNED,
    INPUT_TICKET_CLOSED,
    INPUT_COMMAND,
    INPUT_SEND_FAILED,
    INPUT_HANGUP,
    INPUT__COUNT
};
extern const char *const input_kind_names[INPUT__COUNT];

struct call_result {
    struct str call;    /* id of the effect that asked */
    struct str outcome; /* ok, or what went wrong: timeout, unknown_result, … */
    const struct json *data;
    int64_t took_ms;
};

struct input {
    enum input_kind kind;
    struct str
        id; /* unique in the run: msg:9, timer:7, call:12.3.1; one that was seen changes nothing */
    int64_t at_us;
    struct said said; /* message; of a reply its title */
    bool is_legible;  /* message: kept so that people read it, which no sensitive answer may be */
    int64_t message_id;
    int64_t sent_at_us;           /* message, reply: by the sender's clock; 0: not said */
    struct str payload;           /* reply; start: of a template that was answered */
    struct str first_text, cause; /* start */
    int64_t token;                /* timer, digits */
    struct str which;             /* timer */
    struct str digits, ended_by;
    struct call_result result;
    struct str how, by;      /* taken */
    struct str mode, flow;   /* returned: resume, restart, flow */
    int64_t epoch;           /* taken, returned, ticket_closed */
    bool was_served;         /* ticket_closed */
    struct str name;         /* command: block, unblock, human, menu; fail: the host cannot go on */
    struct str code, effect; /* send_failed */
};
MUST_CHECK struct err input_read(struct arena *a, const struct json *json, struct input *out);

/* One thing that happened on a card's visit; 6.3 of the specification. */
struct trace_entry {
    struct str flow, card, type;
    int visit;
    const char *
        event; /* enter, ask, invalid, ambiguous, ignored, remind, call, result, leave, interrupt, resume, end */
    struct str via, outlet, reason;
    const char *matched_by; /* choice_by_names; NULL */
    int attempt;
    int64_t answered_ms;
    struct str skipped, error;
};

struct step_out {
    struct run *run;
    const struct effect *effects;
    size_t effect_count;
    const struct trace_entry *trace;
    size_t trace_count;
};

/* The pinned closure: the flow it began with and all that can be reached from it. */
struct flow_set {
    const struct flow_document *const *v;
    size_t n;
};
const struct flow_document *flow_set_find(struct flow_set flows, struct str key); /* NULL */

/* Never fails: what cannot go on falls into the net. `run` and `facts` are left as they were; all lives in the arena. */
void flow_step(struct arena *a, struct flow_set flows, const struct run *run,
               const struct facts *facts, const struct input *input, int64_t now_us,
               struct step_out *out);

void trace_write(struct json_out *o, const struct trace_entry *e);

/* What a control sends back when this option of an ask is tapped: b1.<run>.<ask>.<option>, both in base 36. */
struct str step_tap(struct arena *a, int64_t run, int64_t token, struct str option);

/*
 * The same of a template's quick reply, which may be tapped when the run that sent it is long over: t1.<flow>.<card>.<option>,
 * at most 105 bytes.
 */
struct template_tap {
    struct str flow, card, option;
};
struct str step_template_tap(struct arena *a, const struct template_tap *tap);
bool step_template_tapped(struct str payload, struct template_tap *out); /* false: it is none */

/* --- for cards ---------------------------------------------------------------- */

/* What a card asks. The engine sends it, holds answers against it, and repeats it. */
enum question_kind { QUESTION_CHOICE, QUESTION_CONFIRM, QUESTION_AWAIT };

struct question {
    enum question_kind kind;
    struct content content; /* empty: it was asked by other means (a template) */
    const char *purpose;    /* NULL: bot */
    /* choice */
    const struct choice_option *options;
    const struct effect_option *shown; /* same order */
    int option_count;
    bool is_fuzzy;
    bool takes_other; /* what fits none is an answer too: option -1, and its text */
    struct str style;
    /* confirm */
    struct str yes_label, no_label;
    bool is_strict;
    /* await */
    const struct validator *validator;
    struct validator_limits limits;
    int64_t gather_s;
    bool is_sensitive;
    struct str
        invalid_text; /* empty: the card's invalid_text, the validator's error, the flow's, in this order */
};

struct reply {
    int option;         /* choice: index; else -1 */
    enum answer yes_no; /* confirm */
    struct valid value; /* await */
    struct str text;    /* as it was written, clean */
    const char *matched_by;
    int64_t message_id;
    int attempt; /* wrong ones before it */
};

/* What it may look at. */
struct arena *step_arena(struct step *s);
const struct facts *step_facts(struct step *s);
const struct run *step_run(struct step *s);
int64_t step_now_us(struct step *s);
const struct flow_settings *step_settings(struct step *s);
const struct flow_card *step_card(struct step *s);
const struct json *step_setting(struct step *s, const char *name);
struct str step_word(struct step *s, const char *name); /* text of a setting as written */
int64_t step_figure(struct step *s, const char *name);
bool step_flag(struct step *s, const char *name);
/* A template of the settings, or of any text, with its values. */
struct content step_render(struct step *s, const char *setting);
struct content step_render_text(struct step *s, struct str text);
/* What a name says now: the run's, the facts', the clock's. False: missing. */
bool step_value(struct step *s, struct str name, struct variable_value *out);
bool step_leads(struct step *s, const char *outlet); /* it is connected */

/* What it may do; each is an effect, in this order. */
void step_say(struct step *s, struct content content);
void step_say_as(struct step *s, struct content content, const char *purpose, const char *guard);
struct effect *step_emit(struct step *s, enum effect_kind kind); /* to be filled in at once */
void step_set(struct step *s, struct str name,
              struct variable_value value); /* and what it must fit: wrong ones clear */
void step_clear(struct step *s, struct str name);
/* A sensitive answer: an effect `seal`, and a variable that nobody but http_request may name. */
void step_seal(struct step *s, struct str name, struct valid value);
/* What was answered here, for conditions and for whoever serves next. option: its id, yes, no; empty: a value. */
void step_answer(struct step *s, struct str option, struct variable_value value, struct str label);
/* In the texts of this card, from here on, a name says this: {{department.name}} of a transfer is its target's. */
void step_mean(struct step *s, const char *name, struct variable_value value);
/* Which period or department {{hours.*}} speaks of, until another one is meant. */
void step_mean_hours(struct step *s, struct str ref);
/* Empty words change nothing. branch: branch:<id>, or customer, channel: whatever that one has. */
void step_classify(struct step *s, struct str reason, struct str priority, struct str branch,
                   struct str subject);
void step_tag(struct step *s, enum fact_tag_level level, struct str ref, bool has);
void step_keep(struct step *s, int phase, struct str scratch); /* for the next call of this card */
/* op: link, add, switch (which forgets who was authenticated, and by what). The step's own facts know them from here on, {{customer.*}} too. contract may be empty. */
void step_link(struct step *s, const char *op, const char *level,
               const struct fact_registration *customer, const char *proof, struct str contract);
/* What it is about, for whoever serves: a text, or a recording. {{ticket.description}} says it from here on. */
void step_describe(struct step *s, struct str text, struct str file);
void step_remark(struct step *s, const char *what); /* for the trace: no_customer, type */

/* How it ends: exactly one, and last. */
void step_leave(struct step *s, const char *outlet);
void step_leave_option(struct step *s, const char *prefix, struct str id); /* opt:<id> */
void step_ask(struct step *s); /* what `question` says */
/* The answer will not do after all: spends an attempt. Empty: what is said of any that will not. */
void step_wrong(struct step *s, struct content why);
struct pause {
    int64_t seconds;
    bool breaks_on_message;
    bool shows_typing; /* where the network can */
};
void step_wait(struct step *s, const struct pause *pause);
/* Before step_call: said by the host when the answer is not there after three seconds. */
void step_meanwhile(struct step *s, struct content content);
/* request: JSON. is_safe: may be done again. deadline_s of the whole, retries included. */
void step_call(struct step *s, const char *kind, const char *action, struct str request,
               int64_t deadline_s, bool is_safe);
void step_go(struct step *s, struct str flow, bool returns);
void step_return(struct step *s);
/* Hands over, with these words said before; nothing of the bot's comes after it. */
struct handover {
    const char *target; /* department, user, last_agent */
    struct str department, user;
    struct str priority; /* normal, high, urgent */
    struct str note;
    bool is_out_of_hours;
    bool holds; /* the run waits until they have been served */
};
void step_hand_over(struct step *s, const struct handover *to);
/* Closes the ticket; what is said at the end in the card's own words is said before, as `handover`. */
struct closing {
    struct str reason;      /* empty: none */
    bool says_goodbye;      /* in the reason's words, else the account's */
    bool surveys;           /* the department's satisfaction flow comes next */
    const char *end_reason; /* finished, opted_out, silent … */
};
void step_close(struct step *s, const struct closing *how);
void step_skip(struct step *s, const char *why,
               const char *outlet);              /* cannot be done here: traced, and left */
void step_fail(struct step *s, const char *why); /* outlet `error`, else the net */

#endif
