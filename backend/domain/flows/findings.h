/*
 * What is wrong with a flow, each on its card: the linter's words. A list that grows in an arena.
 * The codes and their texts are one table (finding_rules.c); nobody writes a text of their own.
 */
#ifndef DOMAIN_FLOWS_FINDINGS_H
#define DOMAIN_FLOWS_FINDINGS_H

#include "base/json.h"
#include "base/language.h"

enum finding_severity { FINDING_ERROR, FINDING_WARNING, FINDING_ADVICE };
extern const char *const finding_severity_names[]; /* error, warning, advice */

enum { FINDING_ARGS_MAX = 3 };

/* A code: what it says and how to mend it. {} stands for the next of the finding's args. */
struct finding_rule {
    const char *code; /* "L107" */
    enum finding_severity severity;
    struct wording message, fix;
    unsigned ours; /* args, by bit, that are words of our tables: read in the reader's language */
};
extern const struct finding_rule finding_rules[]; /* the last has no code */

struct finding {
    const char *code; /* "L107" */
    enum finding_severity severity;
    /* Where; empty: not there. A setting within a list says so ("options.label"), and `option` is the id of the item,
     * or its place from 1 when it has none. */
    struct str flow, card, outlet, setting, option, channel;
    enum language language; /* of what it says, its args among it */
    struct str
        args[FINDING_ARGS_MAX]; /* what the text names, in its order; then more for screens */
};

struct findings {
    struct arena *arena;
    struct finding *v;
    size_t n, room;
    struct str flow;        /* put on what is added */
    enum language language; /* of whoever reads them; the same */
};

/*
 * Adds one with the severity of its code and gives it back, so that places can be filled in:
 *
 *     findings_add(f, "L107", card->id)->outlet = outlet;
 */
struct finding *findings_add(struct findings *f, const char *code, struct str card);

/* By card, then code, then outlet, setting, option and channel: a document has one list. */
void findings_sort(struct findings *f);

size_t findings_count(const struct findings *f, enum finding_severity severity);

/* With the names in it: “Nenhum caminho chega a “Menu”.”, and how to mend it. */
struct str finding_message(struct arena *a, const struct finding *finding);
const char *finding_fix(const struct finding *finding);

/* [{code, severity, flow, card, outlet, setting, option, channel, args[], message, fix}], what is empty left out. */
void findings_write(struct json_out *o, struct arena *a, const struct findings *f);

#endif
