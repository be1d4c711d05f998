#include "story.h"

enum { CARDS_MAX = 9 };

static const struct {
    const char *type, *settings;
} palette[] = {
    { "send_message", "{\"text\":\"Olá, {{contact.first_name}}! {{flow.a}}\"}" },
    { "send_message", "{\"text\":\"{{flow.nothing}}\"}" },
    { "send_file", "{\"file\":\"file:00\",\"caption\":\"{{now.date}}\"}" },
    { "question",
      "{\"expect\":\"choice\",\"text\":\"Qual?\",\"attempts\":2,\"store\":\"flow.a\",\"options\":"
      "[{\"id\":\"one\",\"label\":\"Boleto\"},{\"id\":\"two\",\"label\":\"Boleto atrasado\"},"
      "{\"id\":\"three\",\"label\":\"Menu\"}]}" },
    { "question", "{\"expect\":\"confirm\",\"text\":\"Certo?\",\"store\":\"flow.b\"}" },
    { "question", "{\"expect\":\"await\",\"validator\":\"number\",\"text\":\"Quanto?\","
                  "\"store\":\"flow.c\",\"min\":\"1\",\"max\":\"9\"}" },
    { "question", "{\"expect\":\"await\",\"validator\":\"text\",\"text\":\"Conte.\","
                  "\"store\":\"flow.d\",\"gather_s\":4}" },
    { "question", "{\"expect\":\"await\",\"validator\":\"cpf\",\"text\":\"CPF?\","
                  "\"store\":\"flow.e\",\"sensitive\":true}" },
    { "question", "{\"expect\":\"await\",\"validator\":\"image\",\"text\":\"Foto?\","
                  "\"store\":\"flow.f\",\"remind_after_s\":0}" },
    { "description", "{}" },
    { "survey", "{\"ask_comment\":true}" },
    { "consent", "{}" },
    { "identify_customer", "{\"confirm_name\":true}" },
    { "auto_link", "{}" },
    { "account", "{\"op\":\"switch\"}" },
    { "wait", "{\"amount\":30}" },
    { "wait", "{\"amount\":2,\"unit\":\"hours\",\"on_message\":\"continue\"}" },
    { "notify_team", "{\"groups\":[\"group:1\"],\"text\":\"{{contact.name}}\"}" },
    { "add_tag", "{\"tags\":[\"tag:1\"],\"level\":\"contact\"}" },
    { "set_variable", "{\"items\":[{\"variable\":\"flow.a\",\"op\":\"set\",\"value\":\"x\"},"
                      "{\"variable\":\"contact.fields.n\",\"op\":\"add\",\"value\":\"1\"}]}" },
    { "classify_ticket", "{\"priority\":\"high\"}" },
    { "http_request", "{\"url\":\"https://exemplo.com.br/x\",\"map\":[{\"pointer\":\"/n\","
                      "\"variable\":\"flow.n\",\"type\":\"number\"}]}" },
    { "http_request", "{\"url\":\"https://exemplo.com.br/x\",\"method\":\"POST\"}" },
    { "run_flow", "{\"flow\":\"flow:part\",\"returns\":true}" },
    { "run_flow", "{\"flow\":\"flow:main\"}" },
    { "run_flow", "{\"flow\":\"flow:gone\"}" },
    { "return_flow", "{}" },
    { "transfer", "{\"department\":\"department:1\"}" },
    { "finish", "{}" },
    { "condition_channel",
      "{\"rules\":[{\"id\":\"w\",\"label\":\"W\",\"kinds\":[\"whatsapp\"]}]}" },
    { "condition_period", "{\"period\":\"period:1\"}" },
    { "condition_tag", "{\"rules\":[{\"id\":\"t\",\"label\":\"T\",\"tags\":[\"tag:1\"]}]}" },
    { "condition_variable", "{\"variable\":\"flow.a\",\"rules\":[{\"id\":\"r\",\"label\":\"R\","
                            "\"op\":\"not_empty\"}]}" },
    { "condition_origin", "{}" },
    { "gone_card", "{}" },
};

static struct str
card_id(const char *key, int n)
{
    return str_fmt(test_arena(), "%c%d", key[0], n);
}

static void
draw_cards(struct json_out *o, const char *key, int n, int *types)
{
    json_key(o, "cards");
    json_open(o, '[');
    for (int i = 0; i < n; i++) {
        types[i] = chance_below((int)(sizeof(palette) / sizeof(palette[0])));
        json_open(o, '{');
        json_kv_str(o, "id", card_id(key, i));
        json_kv_str(o, "type", str_of(palette[types[i]].type));
        json_kv_i64(o, "v", 1);
        json_key(o, "settings");
        json_put_raw(o, str_of(palette[types[i]].settings));
        json_close(o, '}');
    }
    json_close(o, ']');
}

static void
draw_connectors(struct json_out *o, const char *key, int n, const int *types)
{
    struct arena *a = test_arena();

    json_key(o, "connectors");
    json_open(o, '[');
    for (int i = 0; i < n; i++) {
        const struct card *kind = card_find(str_of(palette[types[i]].type));
        struct card_outlets outlets = { .arena = a };
        const struct json *settings;

        CHECK_OK(json_parse(a, str_of(palette[types[i]].settings), &settings));
        if (kind != NULL)
            card_outlets(kind, settings, &outlets);
        for (size_t k = 0; k < outlets.n; k++) {
            if (!chance_in(outlets.v[k].is_required ? 90 : 40))
                continue;
            json_open(o, '{');
            json_kv_str(o, "from", card_id(key, i));
            json_kv_str(o, "outlet", outlets.v[k].name);
            json_kv_str(o, "to", card_id(key, chance_below(n)));
            json_close(o, '}');
        }
    }
    json_close(o, ']');
}

struct str
story_document(const char *key)
{
    static const char *const fallbacks[] = {
        "{}",
        "{\"fallback\":{\"department\":\"department:1\"}}",
        "{\"fallback\":{\"flow\":\"flow:part\"},\"window_closed\":\"end\"}",
        "{\"fallback\":{\"department\":\"department:1\"},\"silence\":{\"on_expire\":\"transfer\"}}",
    };
    struct arena *a = test_arena();
    struct buf b = { .arena = a };
    struct json_out o = { .buf = &b };
    int n = 1 + chance_below(CARDS_MAX), types[CARDS_MAX];

    json_open(&o, '{');
    json_kv_str(&o, "format", STR("balcao-flow"));
    json_kv_i64(&o, "format_version", 1);
    json_kv_str(&o, "key", str_of(key));
    json_kv_str(&o, "name", str_of(key));
    json_kv_str(&o, "start", card_id(key, 0));
    json_key(&o, "channels");
    json_put_raw(&o, STR("[\"whatsapp\"]"));
    json_key(&o, "settings");
    json_put_raw(&o, str_of(CHANCE_OF(fallbacks)));
    draw_cards(&o, key, n, types);
    draw_connectors(&o, key, n, types);
    json_close(&o, '}');
    return buf_str(&b);
}

/* Words of the palette and what an author may put in their place. */
static const struct {
    const char *from, *to;
} edits[] = {
    { "\"Qual?\"", "\"Como posso ajudar?\"" },
    { "\"label\":\"Boleto\"", "\"label\":\"Segunda via\"" },
    { "\"label\":\"Boleto\"}", "\"label\":\"Boleto\",\"number\":3}" },
    { "{\"id\":\"two\",\"label\":\"Boleto atrasado\"},", "" },
    { ",{\"id\":\"three\",\"label\":\"Menu\"}",
      ",{\"id\":\"three\",\"label\":\"Boleto atrasado\"}" },
    { "\"expect\":\"confirm\"", "\"expect\":\"await\",\"validator\":\"text\"" },
    { "\"ask_comment\":true", "\"ask_comment\":false" },
    { "\"Certo?\"", "\"Está certo?\"" },
};

static struct str
replaced(struct str text, struct str from, struct str to)
{
    struct buf b = { .arena = test_arena() };

    while (text.len > 0) {
        bool is_there = str_starts(text, from);
        size_t step = is_there ? from.len : 1;

        buf_add(&b, is_there ? to : (struct str){ text.p, 1 });
        text = (struct str){ text.p + step, text.len - step };
    }
    return buf_str(&b);
}

struct str
story_document_like(struct str text)
{
    for (int i = 1 + chance_below(3); i > 0; i--) {
        int edit = chance_below((int)(sizeof(edits) / sizeof(edits[0])));

        text = replaced(text, str_of(edits[edit].from), str_of(edits[edit].to));
    }
    return text;
}

const struct flow_document *
story_read(struct str text)
{
    struct arena *a = test_arena();
    struct findings findings = { .arena = a };
    struct flow_document *d;
    const struct json *json;
    struct str filled;

    CHECK_OK(document_fill(a, text, &filled));
    CHECK_OK(json_parse(a, filled, &json));
    CHECK_OK(document_read(a, json, &findings, &d));
    return d;
}
