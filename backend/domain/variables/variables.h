/*
 * Texts that an account writes once and that say each customer's own name:
 *
 *     Olá, {{contact.first_name}}! Seu protocolo é {{ticket.protocol}}.
 *     {{customer.name|upper}}  {{now.date|date:"dd/MM"}}  {{contact.email|default:"sem e-mail"}}
 *
 * `\{{` stands for the braces themselves. A text is never wrong enough not to be said:
 * what cannot be read stays as it was written, and variables_check says where, to
 * whoever writes it. Values are said as they are: braces inside of one mean nothing.
 *
 * A value that is missing or empty is said by the filter `default`, else by the
 * variable's own fallback („Cliente“), else by nothing, and then the text is tidied:
 * „Olá, {{contact.first_name}}!“ becomes „Olá!“.
 *
 * Reading and filling are pure; variables_fill alone asks the database.
 */
#ifndef DOMAIN_VARIABLES_VARIABLES_H
#define DOMAIN_VARIABLES_VARIABLES_H

#include "base/db.h"
#include "base/http.h"
#include "domain/events/events.h"

/* What a value is, and its normal form: filters and the printed form start from it. */
enum variable_type {
    VARIABLE_TEXT,
    VARIABLE_NUMBER,   /* exact decimal: -1234.5 */
    VARIABLE_BOOLEAN,  /* true, false */
    VARIABLE_DATE,     /* 2026-03-04 */
    VARIABLE_DATETIME, /* 2026-03-04T12:00:00, in the account's zone */
    VARIABLE_TIME,     /* 12:00 */
    VARIABLE_DOCUMENT, /* CPF or CNPJ without marks */
    VARIABLE_PHONE,    /* digits with the country's */
    VARIABLE_EMAIL,
    VARIABLE_MONEY,    /* whole cents */
    VARIABLE_LIST,     /* one item a line */
    VARIABLE_FILE,     /* how the ticket knows it */
    VARIABLE_LOCATION, /* -27.100400,-52.615000 */
    VARIABLE__COUNT
};

struct variable_value {
    enum variable_type type;
    struct str text; /* normal form; empty: there is none */
};

/* A variable that every text of an account may hold. */
struct variable {
    const char *name;
    enum variable_type type;
    const char *fallback; /* said when it is empty; NULL: nothing */
    const char *example;  /* in normal form, for pickers and previews */
};
extern const struct variable variables[]; /* the last one's name is NULL */
extern const char *const variable_type_names[VARIABLE__COUNT];

/* NULL: there is none of that name. */
const struct variable *variables_find(struct str name);

/* Where values come from. */
struct variables_source {
    /* The value of a name; an unknown name leaves *out empty. */
    void (*value)(void *arg, struct str name, struct variable_value *out);
    void *arg;
    struct str now; /* datetime in normal form: what `relative` is relative to */
    /* Not for people: values stay in their normal form, nothing speaks for missing ones, nothing is tidied. */
    bool is_plain;
};

/* A variable that was said by nothing, and where in the text it would have stood. */
struct variables_blank {
    struct str name;
    int64_t position; /* code points before it */
};

/* A stretch of a text that came from a value: its characters mean nothing but themselves. Bytes. */
struct literal {
    size_t start, len;
};

struct variables_filled {
    struct str text;
    const struct literal *literals; /* in the order of the text, none of them empty */
    size_t literal_count;
    const struct variables_blank *blanks; /* in the order of the text */
    size_t blank_count;
};

/* "blanks": [{"name":…,"position":…}], as a member of an object. */
void variables_write_blanks(struct json_out *o, const struct variables_filled *filled);

/* The text with its values in it; lives in the arena. Never fails. */
struct variables_filled variables_render(struct arena *a, struct str text,
                                         const struct variables_source *source);

/*
 * What is wrong with a text, first mistake first:
 *   variable_unclosed         braces are opened and never closed
 *   variable_malformed        what stands between them is no name with filters
 *   variable_unknown          no variable of this name (only when `known` is asked)
 *   filter_unknown
 *   filter_argument           a filter with too few, too many, or senseless arguments
 */
struct variables_problem {
    const char *slug;
    int64_t position; /* code points before it */
    int64_t length;   /* code points */
    struct str words; /* the part of the text that is meant */
};
struct variables_problems {
    const struct variables_problem *v;
    size_t n; /* at most VARIABLES_PROBLEMS_MAX */
};
enum { VARIABLES_PROBLEMS_MAX = 20 };
struct variables_problems variables_check(struct arena *a, struct str text,
                                          bool (*known)(struct str name));
/* For `known`: those of the table. */
bool variables_is_known(struct str name);

/* A variable as a text names it. */
struct variables_mark {
    struct str name;
    struct str source; /* with its braces */
    bool has_default;
    const char *filters[8]; /* in their order */
    int filter_count;
};
/* Each that can be read, in the order of the text; what has a mistake is left to variables_check. */
void variables_each(struct arena *a, struct str text,
                    void (*fn)(const struct variables_mark *mark, void *arg), void *arg);

/*
 * For forms: ERR_INVALID with the first mistake's slug on this field, besides the table's
 * names nothing is known.
 */
MUST_CHECK struct err variables_require(struct cx *cx, struct str text, const char *field);

/* A text that, filled, is this one: for what was never meant to hold variables. */
struct str variables_escape(struct arena *a, struct str text);

/*
 * Fills a text for a ticket that the caller sees, in one round trip; in none, when the text
 * has no variable. The ticket is read as it is saved: who has changed it saves it before.
 * Phones and addresses come as the caller may see them. ERR_NOT_FOUND "not_found".
 */
MUST_CHECK struct err variables_fill(struct cx *cx, struct ticket_id ticket, struct str text,
                                     struct str *out);
/* The same, and what stayed empty. */
MUST_CHECK struct err variables_fill_marked(struct cx *cx, struct ticket_id ticket, struct str text,
                                            struct variables_filled *out);
/* With the table's examples, for previews. */
struct variables_filled variables_fill_sample(struct cx *cx, struct str text);

extern const struct route variables_routes[];

#endif
