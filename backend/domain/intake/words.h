/*
 * What the first questions sound like, in the account's language. Terms and consent are kept word by word
 * where the account settles them (consent_wordings), because people agree to words.
 */
#ifndef DOMAIN_INTAKE_WORDS_H
#define DOMAIN_INTAKE_WORDS_H

#include "script.h"

/* What stands before the first question about their data, unless the account has its own. */
struct str words_request(struct str locale);

struct str words_terms(struct arena *a, struct str locale, struct str url);
struct str words_consent(struct arena *a, struct str locale, struct str request);

/* A question about data. */
struct str words_ask(struct str locale, int need);

/* A line; need is the question that it is about. Empty: nothing is said. */
struct str words_line(struct str locale, enum script_line line, int need);

#endif
