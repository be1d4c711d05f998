/* What the files of the room share. Nobody else includes this. */
#ifndef DOMAIN_CHAT_PRIVATE_H
#define DOMAIN_CHAT_PRIVATE_H

#include "chat.h"

struct chat chat_from_row(const struct db_row *row);

/* Columns of chat_message, from `first` on; attachment columns follow. */
struct chat_message chat_message_from_row(const struct db_row *row, int first);

/* {"chat_id":…} and what else the kind says, to everybody who hears the chat. */
void chat_tell(struct cx *cx, const char *kind, struct str hearers, struct str payload);

#endif
