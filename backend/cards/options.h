/*
 * What is offered to choose from: as settings write it, or as a card finds it (registrations, contracts). The labels
 * that are made here fit every control; those of an author are the author's.
 */
#ifndef CARDS_OPTIONS_H
#define CARDS_OPTIONS_H

#include "cards.h"

/* Characters: what the narrowest control still shows whole. */
enum { OPTION_LABEL_MAX = 24, OPTION_DESCRIPTION_MAX = 72, CONFIRM_LABEL_MAX = 20 };
/* Of a field whose limit is told by the linter, in better words. */
enum { LABEL_ROOM = 400 };

struct options {
    struct choice_option choices[CHOICE_OPTIONS_MAX];
    struct effect_option shown[CHOICE_OPTIONS_MAX];
    struct str values[CHOICE_OPTIONS_MAX]; /* what is stored for each */
    int n;
};

/* Of [{id, label, description?, number, value?, synonyms[]?}]. In the arena, for a question points into it. */
struct options *options_read(struct arena *a, const struct json *list);

void options_put(const struct options *options, struct question *out);

/*
 * One page of what was found: labels cut to what every control shows, their whole text in the description when that is
 * empty; and “Ver mais” (id "more") when there are others, after the last of which come the first again.
 */
struct option_found {
    struct str id, label, description;
};
struct options *options_page(struct step *s, const struct option_found *found, int n, int page);
extern const struct str options_more; /* its id */

/* opt:<id> of each. */
void options_outlets(const struct json *list, struct card_outlets *out);

/* Texts that are too long, or that cannot be told apart: L202 to L206. */
void options_lint(struct lint *l, const char *setting);
void options_lint_length(struct lint *l, const char *setting, struct str option, struct str text,
                         int most);

#endif
