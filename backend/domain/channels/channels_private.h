/*
 * What the files of this room share and others have no business with.
 */
#ifndef DOMAIN_CHANNELS_PRIVATE_H
#define DOMAIN_CHANNELS_PRIVATE_H

#include "domain/channels/channels.h"

/* NULL: nothing was typed. ERR_INVALID with the setting as field. */
MUST_CHECK struct err channels_check_settings(struct cx *cx, const struct json *settings);
/* At least one, else ERR_INVALID "required". */
MUST_CHECK struct err channels_check_secrets(struct cx *cx, const struct json *secrets);

/* A row of a statement that selects @channel_row. */
struct channel channels_from_row(struct cx *cx, const struct db_row *row);

#endif
