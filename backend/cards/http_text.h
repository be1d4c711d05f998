/*
 * What http_request sends: texts of the author with values in them, each value written as its place demands, so that none
 * can be more than a value there. Secrets and sealed answers are not known here: they stand in the request as parts that
 * the host fills in when it sends,
 *
 *   "value": ["Bearer ", {"secret":"crm_token","as":"header"}]
 *   "body":  ["{\"pin\":\"", {"sealed":"7.2.1","as":"json"}, "\"}"]
 *
 * written by the host as `as` says: header (as it is, refused with a line end in it), json (inside of quotes), url
 * (percent-encoded), text (as it is).
 */
#ifndef CARDS_HTTP_TEXT_H
#define CARDS_HTTP_TEXT_H

#include "cards.h"

/* A place that values are put in. */
enum http_place { HTTP_HEADER, HTTP_JSON, HTTP_FORM, HTTP_TEXT };

/* An array of parts; false: some value may not stand there, and the call is refused. */
bool http_write_parts(struct step *s, struct json_out *o, struct str text, enum http_place place);

/*
 * The address with its query. False: a value reaches into scheme, host or port, a path would climb, or a secret stands in
 * it.
 */
bool http_url(struct step *s, struct str url, const struct json *query, struct str *out);

/* How much of a text stands before its first value. */
struct str http_before_values(struct str text);
/* Up to the path: "https://api.exemplo.com:443". */
struct str http_origin(struct str url);

bool http_is_header_name(struct str name);

#endif
