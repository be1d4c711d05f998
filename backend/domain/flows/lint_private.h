/*
 * What the files of the linter share. Each looks at one idea and adds what it finds; lint.c calls them.
 */
#ifndef DOMAIN_FLOWS_LINT_PRIVATE_H
#define DOMAIN_FLOWS_LINT_PRIVATE_H

#include "document_private.h"
#include "lint.h"

/* Networks that let us speak for a day after the customer did. */
#define LINT_WINDOWED (1u << FLOW_WHATSAPP | 1u << FLOW_MESSENGER | 1u << FLOW_INSTAGRAM)
#define LINT_PHONE (1u << FLOW_TELEPHONY)
enum { LINT_WINDOW_S = 23 * 3600 };

/* One document under the glass. */
struct lint_pass {
    struct arena *arena;
    const struct flow_document *d;
    const struct lint_world *world;
    struct findings *findings;
    unsigned channels; /* promised or bound */
    const bool *reached;
    const bool *sound;  /* nothing in it is longer, larger or more than it may be */
    const unsigned *by; /* channels by which each card is reached */
    const int *order;   /* reached cards, each before what it leads to, as far as circles allow */
    int order_count;
};

struct finding *lint_at(struct lint_pass *p, const char *code, int card);
struct str lint_figure(struct lint_pass *p, int64_t n);

/* Reached, known here, and not parked: what rules are about. */
bool lint_is_live(const struct lint_pass *p, int card);
/* And of a size that its settings are worth the time: what is too large has been found so. */
bool lint_is_read(const struct lint_pass *p, int card);
bool lint_is_type(const struct flow_card *card, const char *type);
struct str lint_word(const struct flow_card *card, const char *setting);
int64_t lint_number(const struct flow_card *card, const char *setting); /* 0: not there */
bool lint_flag(const struct flow_card *card, const char *setting);

/* Lines that leave a card: from i while connectors[i].from == card. */
#define LINT_EACH_LINE(d, card, i)                                                                 \
    for (int i = document_first_connector((d), (card));                                            \
         i < (d)->connector_count && (d)->connectors[i].from == (card); i++)

/* exhausted, silent, error: what the card does for others did not happen. */
bool lint_is_vain(struct str outlet);

void lint_circles(struct lint_pass *p); /* L108 to L113 */
void lint_paths(
    struct lint_pass *p); /* L117, L205, L213, L214, L217, L218, L515 to L517, L604, L605 */
void lint_texts(struct lint_pass *p);     /* L201, L210, L215, L216, L305, L505, L609 */
void lint_variables(struct lint_pass *p); /* L301 to L304, L306 to L308 */
void lint_consent(struct lint_pass *p);   /* L501, L502, L506, L509 */
void lint_refs(struct lint_pass *p);      /* L208, L401 to L406, L408, L409 */

/* Of a name that nobody writes; false: it is none of those. */
bool lint_known_type(struct str name, enum variable_type *type);
bool lint_may_be_written(struct str name); /* by settings */
bool lint_is_field(struct str name); /* a custom field of the account, which outlives the run */
void lint_writes(struct arena *a, const struct flow_card *card, struct card_writes *out);

/* Everything that cards write or the document declares, each name once, sorted. */
struct lint_name {
    struct str name;
    int type;   /* -1: nobody says */
    int writer; /* first card; -1: only declared */
    bool is_declared, has_initial, is_own, is_sealed, is_read;
};
struct lint_names {
    struct arena *arena;
    struct lint_name *v;
    size_t n, room;
};
/* Adds a document's (reached: NULL for all its cards), and gives what each card writes. */
struct card_writes *lint_collect_names(struct lint_names *names, const struct flow_document *d,
                                       const bool *reached);
/* Then those of one name are made one; L304 when their types differ (p: NULL to be silent). */
void lint_merge_names(struct lint_pass *p, struct lint_names *names);
struct lint_name *lint_find_name(const struct lint_names *names, struct str name); /* NULL */

extern const char *const lint_type_labels[VARIABLE__COUNT]; /* pt-BR */

/*
 * What has surely happened, and what may have, when a card is entered: bits of the caller's own numbering.
 */
struct lint_known {
    size_t words; /* of 64 bits, for each card */
    uint64_t *must, *may;
};
/* Bits that leaving by this line sets and clears. */
typedef void lint_effect(const struct lint_pass *p, int connector, uint64_t *sets, uint64_t *clears,
                         void *arg);
/* by_menu: the word for the menu leads from every question to its card, with what is known there. */
struct lint_known lint_walk(struct lint_pass *p, size_t bits, bool by_menu, lint_effect *effect,
                            void *arg);

static inline bool
lint_has(const uint64_t *set, const struct lint_known *known, int card, size_t bit)
{
    return set[(size_t)card * known->words + bit / 64] >> bit % 64 & 1;
}

#endif
