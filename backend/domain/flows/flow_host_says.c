/*
 * What the bot says, by the same path as everybody's words. Controls are drawn as numbered text, which every network
 * shows and every answer fits.
 */
#include "flow_host_private.h"

#include "domain/flows/render.h"

/* A step that gives the ticket away has the last word all the same: it is said before anybody else can. */
static const char *
kind_of(const struct host *host, const struct effect *e)
{
    if (e->purpose != NULL && strcmp(e->purpose, "receipt") == 0)
        return SAID_RECEIPT;
    if (host->releases || e->guard == NULL || strcmp(e->guard, "while_bot") != 0)
        return "handover:";
    return SAID_WHILE_BOT;
}

struct err
flow_say(struct cx *cx, struct host *host, const struct effect *e)
{
    struct effect as_text = *e;
    struct rendered_list parts;

    as_text.style = STR("text");
    parts = render(cx->arena, host->facts.channel, &as_text);
    for (size_t i = 0; i < parts.n; i++) {
        struct str text = parts.v[i].text;

        if (text.len == 0)
            continue;
        tickets_say_keyed(cx, &host->ticket, text,
                          str_fmt(cx->arena, "%s%lld.%lld.%d.%zu", kind_of(host, e),
                                  (long long)host->run_id, (long long)e->seq, e->n, i + 1));
        host->is_changed = true;
    }
    return OK;
}
