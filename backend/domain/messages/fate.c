/* What became of a bot's message, told to the flow that said it: by a job, for flows are a room that comes later. */
#include "messages_private.h"

static bool
is_settled(struct str state)
{
    static const char *const settled[] = { "accepted", "delivered", "read", "failed", "unknown" };

    for (size_t i = 0; i < sizeof settled / sizeof settled[0]; i++)
        if (str_eq(state, str_of(settled[i])))
            return true;
    return false;
}

static void
tell(struct cx *cx, const struct message *message, const char *kind)
{
    jobs_add(cx, kind, jobs_lane("ticket", message->ticket.v, 0), message->ticket.v,
             str_fmt(cx->arena, "%lld", (long long)message->seq), 0);
}

void
fate_tell(struct cx *cx, const struct message *message)
{
    bool is_flows = str_eq(message->author_kind, STR("bot")) &&
                    (str_starts(message->client_key, STR(SAID_WHILE_BOT)) ||
                     str_starts(message->client_key, STR(SAID_HANDOVER)));

    if (!is_flows || !is_settled(message->state))
        return;
    if (str_eq(message->kind, STR("template")))
        tell(cx, message, "flow.sent"); /* somebody waits for either */
    else if (str_eq(message->state, STR("failed")))
        tell(cx, message, "flow.unsent");
}
