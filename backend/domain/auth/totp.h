/*
 * Six digits that change every 30 seconds (RFC 6238, HMAC-SHA-1), as every
 * authenticator understands them. Pure: no clock, no database.
 */
#ifndef DOMAIN_AUTH_TOTP_H
#define DOMAIN_AUTH_TOTP_H

#include "base/str.h"

enum { TOTP_SECRET_BYTES = 20, TOTP_STEP_S = 30, TOTP_DRIFT_MAX = 2 };

/* The code of a step (seconds since 1970 / 30). */
int totp_code(const uint8_t secret[TOTP_SECRET_BYTES], int64_t step);

/*
 * Looks for a code one step around now, as seen by a clock that is `drift` steps
 * ahead of ours. True: *step is the one it belongs to and *learned what to expect
 * of that clock from now on.
 */
bool totp_match(const uint8_t secret[TOTP_SECRET_BYTES], int64_t now_s, int64_t drift,
                struct str code, int64_t *step, int64_t *learned);

/* What people type by hand: base32 without padding. */
struct str totp_base32(struct arena *a, const uint8_t secret[TOTP_SECRET_BYTES]);

/* What authenticators read from a QR code: otpauth://totp/… */
struct str totp_uri(struct arena *a, struct str base32, struct str email);

#endif
