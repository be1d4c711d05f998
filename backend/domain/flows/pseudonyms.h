/*
 * People of a conversation that was, as people of a test: names, documents, telephones, e-mails, days of birth and long
 * numbers give way to made-up ones. The same is always the same; what was right is right, what was wrong is wrong, and
 * all is written in the fashion it was written in. What is no name that is known and no number stays. Pure.
 */
#ifndef DOMAIN_FLOWS_PSEUDONYMS_H
#define DOMAIN_FLOWS_PSEUDONYMS_H

#include "base/str.h"

struct pseudonym {
    struct str real; /* a folded word, figures alone, an address in lower case */
    struct str made_up;
};
/* Start from { .arena = a }; all lives there. */
struct pseudonyms {
    struct arena *arena;
    struct pseudonym *v;
    size_t n, room;
    int people, documents, numbers, addresses; /* made so far */
};

/* Somebody of this name: every word of it is theirs from now on, wherever it stands. */
void pseudonyms_meet(struct pseudonyms *p, struct str name);

struct str pseudonyms_text(struct pseudonyms *p, struct str text);

#endif
