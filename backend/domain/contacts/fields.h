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

/*
 * Programs name a field by a word: contact.fields.data_de_instalacao is „Data de instalação“. Letters of any script lose their
 * marks, what is neither letter nor figure is _; empty when nothing is left of it. Of two that are called alike by that the
 * first is meant.
 */
enum { FIELD_KEY_MAX = 40 };
struct str field_key(struct arena *a, struct str name);

/* How a program calls each field, in their order. */
MUST_CHECK struct err fields_keys(struct cx *cx, struct str **keys, size_t *n);

struct field_value {
    struct str key, kind, value;
};
/* What is known of a contact. It was locked or found by whoever asks. */
void fields_ask(struct cx *cx, struct contact_id id, struct db_rows *rows);
struct field_value field_value_at(struct cx *cx, const struct db_rows *rows, int i);

/*
 * A program learned this of a contact: kept as if somebody had typed it, with its trail; empty forgets.
 *
 *   ERR_NOT_FOUND  field_unknown, not_found
 *   ERR_INVALID    value_invalid, too_long; required (to forget it)
 */
MUST_CHECK struct err fields_learn(struct cx *cx, struct contact_id id, struct str key,
                                   struct str value);

#endif
