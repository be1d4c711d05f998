/*
 * Passwords and words that everybody thinks of, as the first eight bytes of their
 * SHA-256, sorted: common_passwords.bin, built by tools/common-passwords.sh.
 */
#ifndef DOMAIN_AUTH_COMMON_PASSWORDS_H
#define DOMAIN_AUTH_COMMON_PASSWORDS_H

#include "base/str.h"

/* word: lower case, without accents. */
bool common_passwords_have(struct str word);

#endif
