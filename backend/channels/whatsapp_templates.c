/* Reading the templates of an account, page by page. */
#include "whatsapp_private.h"

enum {
    PAGE = 100,
    PAGES_MAX = 100, /* an account holds 6,000 */
    NAME_MAX_CHARS = 512,
    WORD_MAX = 40,
    ANSWER_MAX = 8 << 20
};

#define CURSOR_MAX 1000

/* A cursor is the provider's word: whatever it holds stays one value of the query. */
static struct str
escaped(struct arena *a, struct str cursor)
{
    struct buf b = { .arena = a };

    for (size_t i = 0; i < cursor.len; i++) {
        struct str c = { cursor.p + i, 1 };

        if (whatsapp_is_plain_id(c))
            buf_add(&b, c);
        else
            buf_fmt(&b, "%%%02X", (unsigned char)*c.p);
    }
    return buf_str(&b);
}

static struct httpc_call
page_call(struct arena *a, const struct channel_config *config, struct str cursor)
{
    struct str account = json_get_text(config->settings, "waba_id");
    struct str path =
        str_fmt(a,
                "%.*s/message_templates?fields=id,name,status,category,language,parameter_format,"
                "components,quality_score&limit=%d",
                STR_ARG(account), PAGE);
    struct httpc_call call;

    if (cursor.len > 0)
        path = str_fmt(a, "%.*s&after=%.*s", STR_ARG(path), STR_ARG(escaped(a, cursor)));
    call = whatsapp_call(a, config, "GET", path);
    call.answer_max_bytes = ANSWER_MAX;
    return call;
}

static struct str
word_of(struct arena *a, const struct json *v)
{
    return str_lower(a, whatsapp_cut(v, WORD_MAX));
}

/* One without a name, or in no language, cannot be named when it is sent. */
static void
add(struct arena *a, const struct json *one, struct channel_templates *out)
{
    struct channel_template template = {
        .provider_id = whatsapp_cut(json_get(one, "id"), WHATSAPP_ID_MAX),
        .name = whatsapp_cut(json_get(one, "name"), NAME_MAX_CHARS),
        .language = whatsapp_cut(json_get(one, "language"), WORD_MAX),
        .category = word_of(a, json_get(one, "category")),
        .status = word_of(a, json_get(one, "status")),
        .quality = word_of(a, json_get(json_get(one, "quality_score"), "score")),
    };

    if (template.name.len == 0 || template.language.len == 0)
        return;
    template.shape = whatsapp_shape(a, one);
    if (out->n == out->room) {
        size_t room = out->room == 0 ? PAGE : 2 * out->room;

        out->v = arena_grow(a, out->v, out->room * sizeof template, room * sizeof template);
        out->room = room;
    }
    out->v[out->n++] = template;
}

/* Where the next page begins; empty: there is none. */
static struct str
next_of(const struct json *paging)
{
    struct str after = json_get_text(json_get(paging, "cursors"), "after");

    return json_get_text(paging, "next").len > 0 && after.len <= CURSOR_MAX ? after : STR("");
}

void
whatsapp_list_templates(struct arena *a, const struct channel_config *config,
                        const struct httpc_answer *answer, struct channel_progress *progress,
                        struct channel_templates *out)
{
    struct str cursor = STR("");
    const struct json *page;

    if (answer != NULL) {
        if (!whatsapp_succeeded(a, answer, &page) ||
            json_kind(json_get(page, "data")) != JSON_ARRAY) {
            whatsapp_fail(a, answer, WHATSAPP_HARMLESS, 0, progress);
            return;
        }
        for (size_t i = 0; i < json_len(json_get(page, "data")); i++)
            add(a, json_at(json_get(page, "data"), i), out);
        cursor = next_of(json_get(page, "paging"));
        if (cursor.len == 0 || progress->step == PAGES_MAX) {
            whatsapp_succeed(progress);
            return;
        }
    } else if (!whatsapp_can_call(config) ||
               !whatsapp_is_plain_id(json_get_text(config->settings, "waba_id"))) {
        whatsapp_refuse(progress, "settings_incomplete", CHANNEL_STOP);
        return;
    }
    progress->call = page_call(a, config, cursor);
    progress->step++;
}
