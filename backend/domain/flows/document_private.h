/*
 * What the files that read documents share: a document is held against the same kind of tables as a card's settings.
 */
#ifndef DOMAIN_FLOWS_DOCUMENT_PRIVATE_H
#define DOMAIN_FLOWS_DOCUMENT_PRIVATE_H

#include "document.h"

/* Fields of an object: its own, and those that many share (ASK's); either may be NULL. */
struct fields {
    const struct card_field *own, *shared;
};
struct fields_walk {
    struct fields fields;
    const struct card_field *own, *shared;
};

static inline struct fields_walk
fields_walk(struct fields fields)
{
    return (struct fields_walk){ fields, fields.own, fields.shared };
}

struct fields fields_of(const struct card *card);
const struct card_field *fields_next(struct fields_walk *walk); /* NULL: that was all */
const struct card_field *fields_find(struct fields fields, struct str name);
/* What the items of a list (or the one object) have: their own, and the fixed ones of options, rules, intents and pairs. */
struct fields fields_of_item(const struct card_field *field);

/* How findings call an item of a list: its id, or its place from 1. */
struct str item_name(struct arena *a, const struct json *item, size_t i);

/* Whether a field counts, as the other fields of its object stand. */
bool field_is_shown(struct fields fields, const struct card_field *field,
                    const struct json *object);

/* Of a document, of its `settings`, and of what stands about a card besides its settings. */
extern const struct card_field document_fields[];
extern const struct card_field document_settings_fields[];
extern const struct card_field document_card_fields[];

/* Reads `settings`; what is missing or of the wrong kind is as shipped. */
void document_read_settings(struct arena *a, const struct json *json, struct flow_settings *out);

/* ERR_INVALID flow_format, flow_newer. */
MUST_CHECK struct err document_require(const struct json *document);

/* L103 and L104: members of the document and of its cards, against their tables. */
void document_check(struct arena *a, const struct flow_document *d, struct findings *findings);

/* [a-z][a-z0-9_]{0,max - 1} */
bool document_is_id(struct str id, size_t max);

/* By index; those that leave one card lie side by side from here on. */
int document_first_connector(const struct flow_document *d, int card);

/* One setting of a card, found by walking its table into lists. */
struct setting {
    const struct card_field *field;
    const struct json *value;
    const struct json *object; /* that it is a member of */
    struct str name;           /* options.label */
    struct str option;         /* id of the item, or its place; empty: not in a list */
    bool is_shown;
    bool is_internal, takes_secrets; /* it, or the list it is in */
};
/* Every one that is there, lists after their own setting. */
void settings_each(struct arena *a, struct fields fields, const struct json *settings,
                   void (*fn)(const struct setting *setting, void *arg), void *arg);

/* Cards that something leads to: from the start, from the menu's word, from a campaign. By index. */
bool *document_reached(struct arena *a, const struct flow_document *d);

#endif
