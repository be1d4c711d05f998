/*
 * Which of the offered options somebody meant: from exact to lenient, the first rule that finds any ends the search. Pure.
 * Messages and labels are compared by their fold (base/fold), so neither case nor accents nor emoji digits matter.
 */
#ifndef DOMAIN_FLOWS_CHOICE_H
#define DOMAIN_FLOWS_CHOICE_H

#include "base/str.h"

enum { CHOICE_OPTIONS_MAX = 20, CHOICE_SYNONYMS_MAX = 20 };

struct choice_option {
    struct str label;
    const struct str *synonyms;
    size_t synonym_count;
    int number; /* what may be typed for it, whatever was drawn */
};

/* How it was found. Those up to CHOICE_BY_NUMBER are exact: they win over the words "menu" and "atendente". */
enum choice_by {
    CHOICE_BY_NOTHING,
    CHOICE_BY_LABEL,   /* label or synonym, whole */
    CHOICE_BY_NUMBER,  /* "2", "2 - Suporte" */
    CHOICE_BY_SPOKEN,  /* "quero a segunda, por favor" */
    CHOICE_BY_START,   /* "estou sem" of "Estou sem internet" */
    CHOICE_BY_WORDS,   /* "preciso pagar o boleto" */
    CHOICE_BY_LIKENESS /* "bolteo" */
};
extern const char *const choice_by_names[];

struct choice {
    enum choice_by by;
    int options[CHOICE_OPTIONS_MAX]; /* which ones, in their order */
    int count; /* 0: none, also when a number was said that no option has; 1: this one;
                                        more: it may be each of these */
};

/* The exact rules; by is CHOICE_BY_NOTHING when none of them says anything. */
struct choice choice_exact(struct arena *a, struct str said, const struct choice_option *options,
                           int n);

/* The others, for whoever said nothing exact. fuzzy: forgive a slip of the finger. */
struct choice choice_lenient(struct arena *a, struct str said, const struct choice_option *options,
                             int n, bool fuzzy);

/*
 * Yes or no. strict: only what nobody says by accident (consent, contracts). The labels are those that were offered.
 */
enum answer { ANSWER_NEITHER, ANSWER_YES, ANSWER_NO };
enum answer choice_confirm(struct arena *a, struct str said, struct str yes_label,
                           struct str no_label, bool strict);

/* zero to vinte, meia (6), ordinals to décimo: the value of one folded word, -1: it is none. */
int choice_number_word(struct str word);

#endif
