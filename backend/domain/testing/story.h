/*
 * Conversations drawn by chance: flows of the real palette, sound or not, and whatever may come to them in any order. A
 * run goes through JSON between two steps, as in the database.
 */
#ifndef DOMAIN_TESTING_STORY_H
#define DOMAIN_TESTING_STORY_H

#include "domain/flows/step.h"
#include "domain/testing/chance.h"

enum { STORY_INPUTS = 64, STORY_FLOWS = 2 };

/* What came, with the facts of that moment. */
struct moment {
    struct input input;
    struct facts facts;
    int64_t now_us;
};

struct story {
    struct str texts[STORY_FLOWS]; /* "main", which it begins with, and "part" */
    const struct flow_document *flows[STORY_FLOWS];
    struct moment moments[STORY_INPUTS];
    int count;
    struct run run;
    struct facts facts;
    int64_t now_us;
    struct step_out out; /* of the last input */
    struct buf all;      /* every run, effect and trace, as written */
    /* What must hold after a step, whose run was this before it; NULL: nothing is looked at. */
    void (*look)(struct story *t, const struct run *before, const struct input *input);
    /* for whoever looks */
    int64_t last_seq;
    int open_visit;
};

/* A document of this key; one like that, as an author might have changed it; and any document read. */
struct str story_document(const char *key);
struct str story_document_like(struct str text);
const struct flow_document *story_read(struct str text);

/* Nothing has come yet. */
struct story *story_draw(void);
/* So many inputs come, the first of them the start. */
void story_goes_on(struct story *t, int inputs);
void story_take(struct story *t, struct input input);
struct flow_set story_flows(const struct story *t);

/* Run, effects and trace, byte for byte. */
struct str story_written(struct arena *a, const struct step_out *out);

#endif
