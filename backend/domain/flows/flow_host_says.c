/*
 * What the bot says, by the same path as everybody's words. Options that the network draws go along with their question;
 * what it cannot draw is numbered text, which every network shows and every answer fits.
 */
#include "flow_host_private.h"

#include "base/clock.h"
#include "domain/flows/flow_media.h"
#include "domain/flows/render.h"

/* A step that gives the ticket away has the last word all the same: it is said before anybody else can. */
static const char *
kind_of(struct cx *cx, const struct host *host, const struct effect *e)
{
    if (e->purpose != NULL && strcmp(e->purpose, "receipt") == 0)
        return SAID_RECEIPT;
    if (host->releases || e->guard == NULL || strcmp(e->guard, "while_bot") != 0)
        return SAID_HANDOVER;
    return str_cstr(cx->arena, str_fmt(cx->arena, SAID_WHILE_BOT "%lld:",
                                       (long long)host->ticket.controller_epoch));
}

/* Controls that our drivers carry. Others are drawn for networks that no driver speaks to yet. */
static bool
is_offer(const struct rendered *part)
{
    return part->control == CONTROL_BUTTONS || part->control == CONTROL_LIST ||
           part->control == CONTROL_LOCATION || part->control == CONTROL_FILE;
}

/* openapi: Message.detail of a question. An option's id is what comes back when it is tapped. */
static struct str
offer_of(struct cx *cx, const struct host *host, const struct effect *e,
         const struct rendered *part)
{
    struct buf b = { .arena = cx->arena };
    struct json_out o = { .buf = &b };

    json_open(&o, '{');
    json_kv_str(&o, "style", str_of(control_names[part->control]));
    if (part->control == CONTROL_FILE)
        json_kv_str(&o, "accepts", e->validator); /* image, document, audio */
    json_key(&o, "options");
    json_open(&o, '[');
    for (size_t i = 0; i < part->option_count; i++) {
        const struct effect_option *option = &part->options[i];

        json_open(&o, '{');
        json_kv_str(&o, "id", step_tap(cx->arena, host->run_id, e->token, option->id));
        json_kv_str(&o, "label", option->label);
        json_kv_str(&o, "description",
                    option->description.len > 0 ? option->description : (struct str){ 0 });
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return buf_str(&b);
}

/* One that is gone stops no conversation; its text is said all the same. */
static struct err
say_file(struct cx *cx, struct host *host, const struct effect *e, const struct rendered *part,
         const struct bot_words *words)
{
    struct said_file said = {
        .as_link = part->as_link,
        .is_recording = e->content.kind == CONTENT_AUDIO,
        .text = words->text,
        .client_key = words->client_key,
    };
    struct err failed = flow_media_find(cx, part->file, &said);

    if (said.is_recording)
        said.transcript = e->content.text;
    if (part->name.len > 0)
        said.name = part->name;
    if (failed.code == ERR_NONE) {
        flow_host_save(cx, host);
        failed = messages_say_file(cx, &host->ticket, &said);
    }
    if (failed.code != ERR_NOT_FOUND && failed.code != ERR_CONFLICT)
        return failed;
    log_warn("flow.file_not_sent", "run=%lld why=%s", (long long)host->run_id, failed.slug);
    if (words->text.len > 0)
        tickets_say_keyed(cx, &host->ticket, words);
    host->is_changed = host->is_changed || words->text.len > 0;
    return OK;
}

/* The pauses of one step add up; they count from now, so that who comes late waits no longer. */
static int64_t
not_before(struct cx *cx, struct host *host, const struct effect *e)
{
    host->pause_ms += e->delay_ms;
    return host->pause_ms == 0 ? 0 : cx->now_us + host->pause_ms * US_PER_MS;
}

struct err
flow_say(struct cx *cx, struct host *host, const struct effect *e)
{
    struct rendered_list parts = render(cx->arena, host->facts.channel, e);
    int64_t at_us = not_before(cx, host, e);

    for (size_t i = 0; i < parts.n; i++) {
        const struct rendered *part = &parts.v[i];
        struct bot_words words = {
            .text = part->text,
            .offer = is_offer(part) ? offer_of(cx, host, e, part) : STR(""),
            .client_key = str_fmt(cx->arena, "%s%lld.%lld.%d.%zu", kind_of(cx, host, e),
                                  (long long)host->run_id, (long long)e->seq, e->n, i + 1),
            .not_before_us = at_us,
            .types = e->types,
        };

        if (part->file.len > 0) {
            TRY(say_file(cx, host, e, part, &words));
            continue;
        }
        if (part->text.len == 0)
            continue;
        tickets_say_keyed(cx, &host->ticket, &words);
        host->is_changed = true;
    }
    return OK;
}
