/*
 * Conversations with flows drawn by hand, for tests of the interpreter: cards as small as cards can be, documents from a
 * list of lines, and a run that goes through JSON between two steps as it does in the database.
 *
 *     struct talk t = talk_shop();
 *     talk_start(&t);
 *     talk_write(&t, "2");
 *     CHECK_STR(talk_text(&t, EFFECT_ASK, 0), "Seu nome?");
 */
#ifndef DOMAIN_TESTING_TALK_H
#define DOMAIN_TESTING_TALK_H

#include "domain/flows/step.h"

/* say {text}; menu {text}: bill, down, late; await {text, validator, gather_s, refused}; wait {breaks}: 30 s;
 * call {safe}; hand {text}: to department:2; go {flow, returns}; back; finish; nothing: decides nothing. */
extern const struct card talk_card_say, talk_card_menu, talk_card_await, talk_card_finish,
    talk_card_wait, talk_card_call, talk_card_hand, talk_card_go, talk_card_back, talk_card_nothing;

struct talk_line {
    const char *from, *outlet, *to; /* the last one's from is NULL */
};
struct flow_card talk_card(const char *id, const struct card *kind, const char *settings);
/* The first card is the start. */
const struct flow_document *talk_document(const char *key, const struct flow_card *drawn, int count,
                                          const struct talk_line *lines);

struct talk {
    const struct flow_document *flows[4];
    size_t flow_count;
    struct run run;
    struct facts facts;
    int64_t now_us;
    int inputs;
    struct step_out out; /* of the last input */
};
struct talk talk_about(const struct flow_document *root);
/* hello → menu → (bill, late) bye, (down) name → bye → end */
struct talk talk_shop(void);

void talk_give(struct talk *t, struct input input); /* without an id it gets a new one */
void talk_start(struct talk *t);
void talk_write(struct talk *t, const char *text);
void talk_tap(struct talk *t, int64_t token, const char *option);
void talk_ring(struct talk *t, int64_t token);
void talk_take(struct talk *t); /* a person takes the ticket */
void talk_give_back(struct talk *t, const char *mode);

/* The nth effect of a kind, counted from 0; NULL, "(none)": there is none. */
const struct effect *talk_effect(const struct talk *t, enum effect_kind kind, int n);
struct str talk_text(const struct talk *t, enum effect_kind kind, int n);
int talk_spoken(const struct talk *t); /* messages of the last step */
const char *talk_state(const struct talk *t);

#endif
