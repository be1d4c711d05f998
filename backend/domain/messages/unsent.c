#include "messages_private.h"

void
unsent_tell(struct cx *cx, const struct message *message)
{
    if (str_eq(message->state, STR("failed")) && str_eq(message->author_kind, STR("bot")) &&
        (str_starts(message->client_key, STR(SAID_WHILE_BOT)) ||
         str_starts(message->client_key, STR(SAID_HANDOVER))))
        jobs_add(cx, "flow.unsent", jobs_lane("ticket", message->ticket.v, 0), message->ticket.v,
                 str_fmt(cx->arena, "%lld", (long long)message->seq), 0);
}
