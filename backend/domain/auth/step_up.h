/*
 * Showing once more that it is them, before something dangerous: by a code of the
 * authenticator, or by the password if the person has none. A trusted device or a
 * recovery code is not enough. Good for ten minutes of this session.
 */
#ifndef DOMAIN_AUTH_STEP_UP_H
#define DOMAIN_AUTH_STEP_UP_H

#include "base/http.h"

/*
 * cx's person types their password. Failures are counted and must be kept (auth_keep).
 *   ERR_UNAUTHENTICATED  "password_wrong", with this field
 *   ERR_TOO_MANY         "too_many_attempts"
 */
MUST_CHECK struct err step_up_by_password(struct cx *cx, struct res *res, struct str password,
                                          const char *field);

extern const struct route step_up_routes[];

#endif
