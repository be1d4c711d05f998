#include "event.h"

#include "base/err.h"

#include <stdio.h>
#include <stdlib.h>

/* A line break would end the field and let the rest pass for fields of its own. */
static char *
put(char *to, struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        *to++ = s.p[i] == '\n' || s.p[i] == '\r' ? ' ' : s.p[i];
    return to;
}

static char *
put_line_end(char *to)
{
    *to++ = '\n';
    return to;
}

struct live_event *
live_event_new(const struct live_event *event, struct str kind, struct str payload)
{
    char id[LIVE_CURSOR_BYTES];
    struct str cursor = live_cursor_print(event->cursor, id);
    size_t room = cursor.len + kind.len + payload.len + sizeof "id: \nevent: \ndata: \n\n";
    struct live_event *made = malloc(sizeof *made + room);
    char *to;

    if (made == NULL)
        BUG("what=out_of_memory");
    *made = *event;
    made->is_access = str_eq(kind, STR("access.changed"));
    made->is_private = str_starts(kind, STR("chat."));
    to = put(made->text, STR("id: "));
    to = put_line_end(put(to, cursor));
    to = put(to, STR("event: "));
    to = put_line_end(put(to, kind));
    to = put(to, STR("data: "));
    to = put_line_end(put(to, payload));
    to = put_line_end(to);
    made->len = (size_t)(to - made->text);
    return made;
}

struct str
live_event_text(const struct live_event *event)
{
    return (struct str){ event->text, event->len };
}

struct str
live_event_gone(const struct live_event *event, char out[LIVE_GONE_BYTES])
{
    char id[LIVE_CURSOR_BYTES];
    int n = snprintf(
        out, LIVE_GONE_BYTES, "id: %.*s\nevent: ticket.gone\ndata: {\"ticket_id\":%lld}\n\n",
        STR_ARG(live_cursor_print(event->cursor, id)), (long long)event->was.ticket_id);

    return (struct str){ out, (size_t)n };
}

bool
live_facts_parse(struct str text, struct live_facts *out)
{
    int64_t *const numbers[] = { &out->ticket_id, &out->channel_id, &out->branch_id,
                                 &out->department_id, &out->assignee_id };
    struct str word;

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (!str_cut(&text, ' ', &word) || !str_i64(word, numbers[i]))
            return false;
    out->state = str_eq(text, STR("waiting")) ? FACTS_WAITING
                 : str_eq(text, STR("bot"))   ? FACTS_BOT
                                              : FACTS_OTHER;
    return text.len > 0;
}
