/*
 * One card on a stage of its own, played through flow_step: written as in a document, filled and read like one, every way
 * out of it leading to the end. What it did is read as text.
 *
 *     struct play p = play("question", "{\"expect\":\"confirm\",\"text\":\"Tudo bem?\"}");
 *
 *     play_start(&p);
 *     play_says(&p, "sim");
 *     CHECK_STR(play_left(&p), "yes");
 */
#ifndef CARDS_TESTING_PLAY_H
#define CARDS_TESTING_PLAY_H

#include "base/testing/testing.h"
#include "domain/flows/lint.h"

struct play {
    struct flow_document *document;
    struct findings findings; /* of reading it */
    struct run run;
    struct facts facts; /* whatever a test wants known; strings of its own */
    const char *first_text;
    int64_t now_us;
    int inputs;
    struct step_out out;
};

/* The card “card” with these settings, on WhatsApp, all its outlets connected. */
struct play play(const char *type, const char *settings);
/* The same, with an outlet left loose; and with other members of the document: "variables":[…]. */
struct play play_loose(const char *type, const char *settings, const char *loose);
struct play play_with(const char *type, const char *settings, const char *loose,
                      const char *members);

void play_start(struct play *p);
void play_says(struct play *p, const char *text);
void play_sends(struct play *p, enum answer_form form, const char *file);
void play_taps(struct play *p, const char *option); /* of what was asked last */
/* The call that is under way is answered. data: JSON; NULL: none. */
void play_answers(struct play *p, const char *outcome, const char *data);
void play_rings(struct play *p, int64_t token); /* a timer */

/* By which outlet the card was left in the last step; "": it was not. */
struct str play_left(const struct play *p);
/* What the last step did on this card, an effect a line: "send Olá", "ask Qual? [1 Sim][2 Não]", "tag {…}". Without timers. */
struct str play_did(const struct play *p);
/* The first that was said or asked by it. */
const struct effect *play_message(const struct play *p);
/* What was traced as wrong on the way; "": nothing. */
struct str play_remarked(const struct play *p);
/* A flow variable; "": it is not set. */
struct str play_value(const struct play *p, const char *name);

/* Its own lint rules: codes with their setting and option, "L606 rules b", in order, each in a line. */
struct str play_lint(const struct play *p, unsigned channels);

#endif
