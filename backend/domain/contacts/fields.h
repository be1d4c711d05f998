/*
 * What an account wants to know of its contacts beyond what everybody has: its own fields, each of a
 * kind that decides how a value is read and kept.
 */
#ifndef DOMAIN_CONTACTS_FIELDS_H
#define DOMAIN_CONTACTS_FIELDS_H

#include "contacts.h"

struct field_def {
    int64_t id;
    struct str name, kind;
    struct str choices; /* of a choice: JSON array */
    bool is_required;
};

enum { FIELD_VALUE_MAX = 500 };

/* All of the account, in their order. */
MUST_CHECK struct err fields_load(struct cx *cx, struct field_def out[FIELDS_MAX], int *n);

/*
 * What was typed as it is kept: numbers with a point, dates as 2026-11-27 (27/11/2026 is understood),
 * yes and no as true and false. Empty: there is none. ERR_INVALID "value_invalid" or "too_long".
 */
MUST_CHECK struct err field_normalise(struct arena *a, const struct field_def *field,
                                      struct str typed, struct str *out);

/*
 * [{"field_id":7,"value":"…"}] of a body, NULL for none: what is given is kept, null forgets.
 * is_new: required ones have to be there. Refusals name the field: "fields.7".
 */
MUST_CHECK struct err fields_save(struct cx *cx, struct contact_id id, const struct json *values,
                                  bool is_new);

#endif
