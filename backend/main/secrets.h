/*
 * Does the master key open what this installation has sealed? Asked after a restore,
 * and whenever somebody doubts the copy of the key.
 */
#ifndef MAIN_SECRETS_H
#define MAIN_SECRETS_H

#include "base/cx.h"

/*
 * Opens every channel's secrets and says on standard output how many there are.
 * Needs an owner's connection, within a call, and keys.
 *
 *   secret_moved  one does not open; its account and channel are on standard error
 */
MUST_CHECK struct err secrets_check(struct cx *cx);

#endif
