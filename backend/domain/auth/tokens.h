/*
 * API tokens: credentials of programs, on the same routes and under the same rules as
 * people. `bal_<account>_<id>_<secret>_<crc>` is shown once; the database keeps the hash
 * of the secret. A personal one never holds more than its member does at this moment; a
 * service belongs to the account; a chatbot knows one channel, and on it the tickets that
 * the bot holds.
 */
#ifndef DOMAIN_AUTH_TOKENS_H
#define DOMAIN_AUTH_TOKENS_H

#include "base/http.h"
#include "domain/auth/access.h"

enum { TOKEN_SECRET_BYTES = 32, TOKEN_SECRET_CHARS = 43 };

/* The parts of a token's text. */
struct token_text {
    int64_t account, id;
    struct str secret; /* TOKEN_SECRET_CHARS of base64url */
};

/* "bal_12_7_…_0a1b2c3d". The checksum tells a slip of the hand from a stranger's guess. */
struct str token_print(struct arena *a, const struct token_text *token);
MUST_CHECK bool token_parse(struct str text, struct token_text *out);

/*
 * Authenticates and permits a call that came with `Authorization: Bearer`: fills cx with the
 * token's account and rights and queues the gate. ERR_UNAUTHENTICATED token_invalid, later
 * token_expired and token_revoked; ERR_FORBIDDEN network_refused, permission_denied, and
 * token_not_allowed for what only people do; ERR_INVALID ambiguous_credentials beside a cookie.
 * account: what the request names (empty: the token's own).
 */
MUST_CHECK struct err tokens_enter(struct cx *cx, const struct req *req, struct str account,
                                   const char *permission, unsigned flags);

/* After commit, for a call that a token made: see auth_leave. */
void tokens_leave(const struct cx *cx);

/* Whether a token may hold it at all; with_networks: only where its addresses are fenced. */
bool tokens_may_hold(const struct permission *permission, bool has_person, bool has_networks);

#endif
