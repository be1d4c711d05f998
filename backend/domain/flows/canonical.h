/*
 * One text for each document of a flow, whatever the order and white space it came in: RFC 8785 for JSON that has whole
 * numbers only and no null. Keys are sorted, and so are those lists whose order means nothing (cards, connectors, notes,
 * variables, refs, channels). Equal text, equal hash; what the engine never reads can be left out of it.
 */
#ifndef DOMAIN_FLOWS_CANONICAL_H
#define DOMAIN_FLOWS_CANONICAL_H

#include "base/crypto.h"
#include "base/json.h"

enum { CANONICAL_DEPTH_MAX = 12 };

/*
 * Whether it can be a document at all: ERR_INVALID with slug json_null, json_fraction, json_whole (beyond 2^53 - 1),
 * json_key (not [a-z0-9_]), json_depth.
 */
MUST_CHECK struct err canonical_require(const struct json *document);

enum canonical_part {
    CANONICAL_CONTENT, /* all but "meta" */
    CANONICAL_OWN,     /* the same, and of outside things no name: that is theirs to change */
    CANONICAL_LOGIC,   /* what decides how it behaves: no names, places and notes either */
    CANONICAL_WHOLE
};

/* Of a document that canonical_require let through; lives in the arena. */
struct str canonical_text(struct arena *a, const struct json *document, enum canonical_part part);

/* The whole, for files and eyes: the same order, two spaces of indent, a line feed at its end. */
struct str canonical_file(struct arena *a, const struct json *document);

/* Lower-case hexadecimal SHA-256 of canonical_text. */
struct str canonical_hash(struct arena *a, const struct json *document, enum canonical_part part);

#endif
