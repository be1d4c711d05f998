/*
 * What an answer must be, and the one form in which it is kept however it was typed: a table of kinds. Pure.
 *
 * "Found in a sentence": the message may hold other words, but exactly one valid value; two different ones are too many.
 * A normal form is its own normal form, but for a number of exactly three decimals, which reads as thousands here.
 */
#ifndef DOMAIN_FLOWS_VALIDATORS_H
#define DOMAIN_FLOWS_VALIDATORS_H

#include "base/str.h"
#include "domain/variables/variables.h"

enum answer_form {
    FORM_TEXT,
    FORM_IMAGE,
    FORM_AUDIO,
    FORM_VIDEO,
    FORM_DOCUMENT,
    FORM_STICKER,
    FORM_LOCATION,
    FORM_CONTACT,
    FORM_UNSUPPORTED,
    FORM__COUNT
};
extern const char *const answer_form_names[FORM__COUNT];

/* What somebody sent. */
struct said {
    enum answer_form form;
    struct str text; /* clean; a file's caption */
    struct {
        struct str ref;  /* how the ticket knows the file */
        struct str mime; /* by its content */
        int64_t size_bytes;
        int64_t duration_s;
    } file;
    int64_t lat_e6, lng_e6; /* millionths of a degree */
    struct str phone;       /* of a contact that was sent; empty unless it is the sender's own */
};

enum said_when { WHEN_ANY, WHEN_PAST, WHEN_FUTURE };

struct validator_limits {
    int64_t min_length, max_length; /* characters; 0: the kind's own */
    struct str min, max; /* numbers, dates (2026-12-25) or days from today (+30, -7); empty: none */
    bool is_integer;
    bool is_full_name;
    enum said_when when;
    bool allows_international;
    struct str default_ddd; /* empty: a phone must say its own */
    int64_t max_seconds;    /* of a recording; 0: 300 */
    bool refuses_images;    /* for a document: a photo of it will not do */
};

enum verdict {
    VERDICT_VALID,
    VERDICT_INVALID,
    VERDICT_SEVERAL, /* more than one in a sentence */
    VERDICT_FORM     /* a picture where words were asked for, words where a picture was */
};

struct valid {
    enum variable_type type;
    struct str value; /* normal form; of files their ref */
};

struct validator_call {
    struct arena *arena;
    const struct said *said;
    const struct validator_limits *limits;
    int64_t today; /* days since 1970-01-01, where the company is */
};

struct validator {
    const char *name; /* as documents of flows say it */
    enum variable_type type;
    unsigned forms; /* 1 << FORM_… each */
    enum verdict (*judge)(const struct validator_call *call, struct str *value);
    const char *error;       /* pt-BR, when the flow has no text of its own */
    bool is_typed_on_phones; /* by digits of a telephone */
};
extern const struct validator validators[]; /* the last one's name is NULL */
const struct validator *validators_find(struct str name);

enum verdict validate(const struct validator *validator, const struct validator_call *call,
                      struct valid *out);

/* "2026-02-29" → days since 1970-01-01; false: there is no such day, or it is not between 1900 and 2100. */
bool day_parse(struct str text, int64_t *out);
struct str day_print(struct arena *a, int64_t day);

#endif
