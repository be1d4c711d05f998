/*
 * What the renderer's files share: a text as letters, each of which knows whether it is a mark, how it looks, and whose
 * it is. Splitting and printing walk over them.
 */
#ifndef DOMAIN_FLOWS_RENDER_PRIVATE_H
#define DOMAIN_FLOWS_RENDER_PRIVATE_H

#include "domain/flows/render.h"

enum {
    LOOK_BOLD = 1,
    LOOK_ITALIC = 2,
    LOOK_STRIKE = 4,
    LOOK_MONO = 8,
};

enum letter_mark { MARK_NONE, MARK_OPENS, MARK_CLOSES };

struct letter {
    const char *p;
    uint32_t point;
    unsigned char n;    /* bytes */
    unsigned char look; /* LOOK_…; of a mark what is around it */
    unsigned char mark; /* enum letter_mark */
    bool is_opaque;     /* from a value or of an address: never a mark */
    bool is_value;
    bool
        is_apart; /* a value's star that a network would take for a mark: hair spaces keep it from that */
};

struct letters {
    enum text_unit unit;
    enum text_marks marks;
    const struct letter *v;
    size_t n;
};

/* Of valid UTF-8. What a network would read into values is held apart, when marks are kept. */
struct letters letters_of(struct arena *a, const struct channel_rules *rules, struct str text,
                          const struct literal *literals, size_t literal_count);

bool letter_is_space(const struct letter *l);

/* From one letter up to another, whole of itself: marks that are open at its ends are opened and closed again. */
void letters_print(struct buf *to, const struct letters *letters, size_t from, size_t to_letter);
/* As the network counts that. */
int64_t letters_length(const struct letters *letters, size_t from, size_t to_letter);
/* Of one alone, and of the marks around it that must be opened, or closed. */
int64_t letter_cost(const struct letters *letters, size_t i);
int64_t letter_look_cost(const struct letters *letters, size_t i);

/* Printed parts of at most max each, and at most most_parts of them; *is_cut when that was not enough. */
struct flow_words letters_split(struct arena *a, const struct letters *letters, int64_t max,
                                int most_parts, bool *is_cut);

/* As a voice says it: no marks, addresses and pictures; money, dates and documents in words and single digits. */
struct str speech_of(struct arena *a, const struct letters *letters);

#endif
