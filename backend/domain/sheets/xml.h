/*
 * XML as it comes, piece by piece, told as events. Of what strangers may send: no document type, so no
 * entities of their own and nothing from elsewhere; no more depth than any spreadsheet has. Names lose their
 * prefix: "x:row" is "row".
 */
#ifndef DOMAIN_SHEETS_XML_H
#define DOMAIN_SHEETS_XML_H

#include "base/err.h"
#include "base/str.h"

enum { XML_DEPTH_MAX = 64 };

struct xml_attributes {
    const char **pairs; /* name, value, … NULL */
};

/* The value of an attribute, NUL-terminated and good for the event; .p NULL: there is none. */
struct str xml_attribute(struct xml_attributes attributes, const char *name);

/* Each may be NULL. Text may come in several pieces, each whole UTF-8. */
struct xml_events {
    void (*open)(void *arg, struct str name, struct xml_attributes attributes);
    void (*text)(void *arg, struct str text);
    void (*close)(void *arg, struct str name);
};

struct xml;

/* Lives until the arena is reset or rewound. */
struct xml *xml_new(struct arena *a, const struct xml_events *events, void *arg);

/* ERR_INVALID "workbook_broken". */
MUST_CHECK struct err xml_feed(struct xml *x, struct str bytes);
MUST_CHECK struct err xml_end(struct xml *x);

/* Within an event: nothing more is told, and feeding it fails like this. */
void xml_stop(struct xml *x, struct err why);

#endif
