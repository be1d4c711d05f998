/*
 * What conditions have in common: a list of rules, tried from the top; the first that holds is the way out, else `else`.
 * A rule never fails: what is missing makes it untrue.
 */
#ifndef CARDS_RULES_H
#define CARDS_RULES_H

#include "settings.h"

enum { RULES_MAX = 20 };

typedef bool rule_holds(struct step *s, const struct json *rule);

void rules_decide(struct step *s, rule_holds *holds);

/* rule:<id> of each, and else. */
void rules_outlets(const struct json *settings, struct card_outlets *out);

/* For rules of "any of these": one whose every word stands in rules before it never comes true (L606). */
void rules_lint_words(struct lint *l, const char *const *lists);

/* For all others: one that says the same as another before it (L606). */
void rules_lint_same(struct lint *l);

#endif
