/* “Low Code” in three parts: the card, what is read from an answer, and what a careful colleague says of a request. */
#ifndef CARDS_HTTP_REQUEST_H
#define CARDS_HTTP_REQUEST_H

#include "cards.h"

/* Of an answer's value, the normal form of a type; empty: it is none. */
struct str http_read(struct step *s, const struct json *value, enum variable_type type);

/* By name; text when there is none of that name. */
enum variable_type http_type(struct str name);

void http_request_lint(struct lint *l);

#endif
