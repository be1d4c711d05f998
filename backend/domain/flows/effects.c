#include "effects.h"

#include <stdio.h>

const char *const effect_kind_names[EFFECT__COUNT] = {
    [EFFECT_SEND] = "send",         [EFFECT_ASK] = "ask",
    [EFFECT_TIMER] = "timer",       [EFFECT_TIMER_CLEAR] = "timer_clear",
    [EFFECT_VAR] = "var",           [EFFECT_TAG] = "tag",
    [EFFECT_CONSENT] = "consent",   [EFFECT_LINK] = "link",
    [EFFECT_SEAL] = "seal",         [EFFECT_DESCRIBE] = "describe",
    [EFFECT_NOTE] = "note",         [EFFECT_CLASSIFY] = "classify",
    [EFFECT_NOTIFY] = "notify",     [EFFECT_TRANSFER] = "transfer",
    [EFFECT_CLOSE] = "close",       [EFFECT_SURVEY] = "survey",
    [EFFECT_CALL] = "call",         [EFFECT_PHONE] = "phone",
    [EFFECT_EVIDENCE] = "evidence", [EFFECT_GO_FLOW] = "go_flow",
    [EFFECT_END] = "end",
};

const char *const content_kind_names[] = {
    [CONTENT_TEXT] = "text",
    [CONTENT_AUDIO] = "audio",
    [CONTENT_FILE] = "file",
    [CONTENT_TEMPLATE] = "template",
    [CONTENT_LOCATION_REQUEST] = "location_request",
};

static void
put_text(struct json_out *o, const char *key, struct str text)
{
    if (text.len > 0)
        json_kv_str(o, key, text);
}

static void
put_word(struct json_out *o, const char *key, const char *word)
{
    if (word != NULL)
        json_kv_str(o, key, str_of(word));
}

static void
put_number(struct json_out *o, const char *key, int64_t number)
{
    if (number != 0)
        json_kv_i64(o, key, number);
}

/* Literals as [start, length] pairs of bytes. */
static void
put_content(struct json_out *o, const struct content *c)
{
    json_key(o, "content");
    json_open(o, '{');
    json_kv_str(o, "kind", str_of(content_kind_names[c->kind]));
    put_text(o, "text", c->text);
    if (c->literal_count > 0) {
        json_key(o, "literals");
        json_open(o, '[');
        for (size_t i = 0; i < c->literal_count; i++) {
            json_open(o, '[');
            json_put_i64(o, (int64_t)c->literals[i].start);
            json_put_i64(o, (int64_t)c->literals[i].len);
            json_close(o, ']');
        }
        json_close(o, ']');
    }
    put_text(o, "file", c->file);
    put_text(o, "name", c->name);
    json_close(o, '}');
}

static void
put_options(struct json_out *o, const struct effect *e)
{
    json_key(o, "options");
    json_open(o, '[');
    for (size_t i = 0; i < e->option_count; i++) {
        json_open(o, '{');
        json_kv_str(o, "id", e->options[i].id);
        json_kv_i64(o, "number", e->options[i].number);
        json_kv_str(o, "label", e->options[i].label);
        put_text(o, "description", e->options[i].description);
        json_close(o, '}');
    }
    json_close(o, ']');
}

void
effect_write(struct json_out *o, int64_t run_id, const struct effect *e)
{
    char id[72]; /* three whole numbers and two points */
    int len = snprintf(id, sizeof(id), "%lld.%lld.%d", (long long)run_id, (long long)e->seq, e->n);

    json_open(o, '{');
    json_kv_str(o, "id", (struct str){ id, (size_t)len });
    json_kv_str(o, "kind", str_of(effect_kind_names[e->kind]));
    put_text(o, "card", e->card);
    if (e->kind == EFFECT_SEND || e->kind == EFFECT_ASK)
        put_content(o, &e->content);
    put_word(o, "purpose", e->purpose);
    put_word(o, "guard", e->guard);
    put_number(o, "delay_ms", e->delay_ms);
    put_number(o, "token", e->token);
    if (e->option_count > 0)
        put_options(o, e);
    put_text(o, "style", e->style);
    put_text(o, "validator", e->validator);
    if (e->is_sensitive)
        json_kv_bool(o, "is_sensitive", true);
    put_word(o, "which", e->which);
    put_number(o, "at_us", e->at_us);
    if (e->data.len > 0) {
        json_key(o, "data");
        json_put_raw(o, e->data);
    }
    json_close(o, '}');
}
