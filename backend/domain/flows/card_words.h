/*
 * Labels and hints of cards, fields, ways out, kinds of things and types, in the reader's language.
 */
#ifndef DOMAIN_FLOWS_CARD_WORDS_H
#define DOMAIN_FLOWS_CARD_WORDS_H

#include "base/language.h"

/* A word of a table, as the reader says it. One that has no English, which a test does not allow, stays as it is. */
struct str card_word(enum language language, struct str pt);

/* For that test. */
bool card_words_have(struct str pt);

#endif
