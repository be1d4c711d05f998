/*
 * What the files of this room share and others have no business with.
 */
#ifndef DOMAIN_VARIABLES_PRIVATE_H
#define DOMAIN_VARIABLES_PRIVATE_H

#include "domain/variables/variables.h"

enum { FILTER_ARGUMENTS_MAX = 2, FILTERS_MAX = 8 };

/* A filter as it is called: arguments are without their quotes. */
struct filter_call {
    struct arena *arena;
    struct str now; /* datetime */
    struct str arguments[FILTER_ARGUMENTS_MAX];
    int argument_count;
};

/* A value and its filters are a table: name, arguments, what it makes of a value. */
struct filter {
    const char *name;
    int least, most;                              /* arguments */
    bool (*fits)(const struct filter_call *call); /* NULL: any argument does */
    struct variable_value (*apply)(const struct filter_call *call, struct variable_value value);
};
extern const struct filter filters[]; /* the last one's name is NULL */
const struct filter *filters_find(struct str name);

/* `default` speaks for a missing value, so the variable's own fallback does not. */
bool filters_is_default(const struct filter *filter);

/* A value as a customer reads it. */
struct str filters_print(struct arena *a, struct variable_value value);

/* One column of the table each; text and figures lie apart. */
typedef struct variable_value filter_apply(const struct filter_call *call,
                                           struct variable_value value);
filter_apply filter_upper, filter_lower, filter_title, filter_first_name, filter_trim,
    filter_digits, filter_truncate, filter_mask, filter_spell, filter_url, filter_json;
filter_apply filter_cpf, filter_cnpj, filter_document, filter_phone, filter_number, filter_money,
    filter_plural;
filter_apply filter_date, filter_time, filter_weekday, filter_relative;
bool filter_fits_number(const struct filter_call *call);
/* A text as a value; never of a NULL pointer. */
struct variable_value filter_said(struct str text);

#endif
