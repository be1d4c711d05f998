#include "base/testing/testing.h"

#include "canonical.h"
#include "lint.h"

/* --- a palette of this test alone ------------------------------------------------- */

static const char *const kinds[] = { "text", "audio", NULL };
static const char *const is_text[] = { "text", NULL };
static const char *const is_audio[] = { "audio", NULL };
static const char *const files[] = { "file", NULL };
static const char *const departments[] = { "department", NULL };
static const char *const tags[] = { "tag", NULL };

static const struct card_field say_fields[] = {
    { "kind", FIELD_ENUM, "Tipo", .initial = "\"text\"", .words = kinds },
    { "text", FIELD_TEMPLATE, "Texto", .is_required = true, .only_if = { "kind", is_text } },
    { "audio", FIELD_REF, "Áudio", .is_required = true, .words = files,
      .only_if = { "kind", is_audio } },
    { 0 },
};
static const struct card_field ask_fields[] = {
    { "text", FIELD_TEMPLATE, "Pergunta", .is_required = true, .max = 20 },
    { "options", FIELD_OPTIONS, "Opções", .is_required = true, .min = 2, .max = 3 },
    { "attempts", FIELD_INT, "Tentativas", .initial = "2", .min = 1, .max = 5 },
    { 0 },
};
static const struct card_field rule_fields[] = {
    { "tags", FIELD_REFS, "Etiquetas", .is_required = true, .min = 1, .max = 2, .words = tags },
    { 0 },
};
static const struct card_field sort_fields[] = {
    { "rules", FIELD_RULES, "Regras", .is_required = true, .item = rule_fields },
    { "asked", FIELD_CARD, "Pergunta" },
    { "days", FIELD_SET, "Dias", .words = kinds },
    { "headers", FIELD_PAIRS, "Cabeçalhos", .max = 2 },
    { "words", FIELD_WORDS, "Palavras", .max = 2 },
    { "keeps", FIELD_VAR, "Guarda" },
    { "pause_s", FIELD_DURATION, "Pausa", .allows_zero = true, .min = 30, .max = 60 },
    { 0 },
};
static const struct card_field hand_fields[] = {
    { "department", FIELD_REF, "Setor", .is_required = true, .words = departments },
    { 0 },
};

static void
outlets_of_list(const struct json *list, const char *prefix, struct card_outlets *out)
{
    for (size_t i = 0; i < json_len(list); i++)
        card_outlet_add(
            out,
            str_cstr(out->arena, str_fmt(out->arena, "%s:%.*s", prefix,
                                         STR_ARG(json_get_text(json_at(list, i), "id")))),
            str_cstr(out->arena, json_get_text(json_at(list, i), "label")), true);
}

static void
ask_outlets(const struct json *settings, struct card_outlets *out)
{
    outlets_of_list(json_get(settings, "options"), "opt", out);
}

static void
sort_outlets(const struct json *settings, struct card_outlets *out)
{
    outlets_of_list(json_get(settings, "rules"), "rule", out);
    card_outlet_add(out, "else", "nenhuma destas", true);
}

static const struct card say = { .type = "say", .v = 1, .label = "Dizer", .fields = say_fields };
static const struct card ask = { .type = "ask",
                                 .v = 1,
                                 .label = "Perguntar",
                                 .asks = true,
                                 .fields = ask_fields,
                                 .outlets = ask_outlets };
static const struct card sort = {
    .type = "sort", .v = 2, .label = "Separar", .fields = sort_fields, .outlets = sort_outlets
};
static const struct card hand = {
    .type = "hand", .v = 1, .label = "Transferir", .fields = hand_fields, .ends = true
};
static const struct card campaign = {
    .type = "campaign", .v = 1, .label = "Campanha", .fields = NULL, .is_entry = true
};
static const struct card dial = {
    .type = "dial", .v = 1, .label = "Ligar", .needs = "telephony", .is_phone_only = true
};
const struct card *const cards[] = { &say, &ask, &sort, &hand, &campaign, &dial, NULL };

/* --- documents -------------------------------------------------------------------- */

#define HEAD "{\"format\":\"balcao-flow\",\"format_version\":1,\"key\":\"mini\",\"name\":\"Mini\","
#define SAY "{\"id\":\"a\",\"type\":\"say\",\"v\":1,\"settings\":{\"text\":\"Oi\"}}"
#define HAND                                                                                       \
    "{\"id\":\"z\",\"type\":\"hand\",\"v\":1,\"settings\":{\"department\":\"department:1\"}}"

static struct str
filled(const char *text)
{
    struct str out;

    CHECK_OK(document_fill(test_arena(), str_of(text), &out));
    return out;
}

static const struct json *
parsed(struct str text)
{
    const struct json *v;

    CHECK_OK(json_parse(test_arena(), text, &v));
    return v;
}

static struct flow_document *
read_of(const char *text, struct findings *findings)
{
    struct flow_document *d;

    *findings = (struct findings){ .arena = test_arena() };
    CHECK_OK(document_read(test_arena(), parsed(filled(text)), findings, &d));
    return d;
}

/* "L103 a text required; L105 a next", sorted as they are. */
static struct str
list_of(const struct findings *findings)
{
    struct buf out = { .arena = test_arena() };

    for (size_t i = 0; i < findings->n; i++) {
        const struct finding *f = &findings->v[i];
        struct str words[] = { f->card, f->outlet, f->setting, f->option,
                               strcmp(f->code, "L103") == 0 ? f->args[2] : STR("") };

        buf_fmt(&out, "%s%s", i > 0 ? "; " : "", f->code);
        for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
            if (words[k].len > 0)
                buf_fmt(&out, " %.*s", STR_ARG(words[k]));
    }
    return buf_str(&out);
}

static void
check_list(const char *text, const char *expected)
{
    struct findings findings;

    read_of(text, &findings);
    CHECK_STR(list_of(&findings), expected);
}

/* A card of the palette between a start and an end. */
static const char *
around(const char *card, const char *connectors)
{
    return str_cstr(test_arena(),
                    str_fmt(test_arena(),
                            HEAD "\"start\":\"b\",\"cards\":[%s," HAND "],\"connectors\":[%s]}",
                            card, connectors));
}

/* --- filling ---------------------------------------------------------------------- */

TEST(what_the_author_left_out_is_written)
{
    const struct json *d =
        parsed(filled(HEAD "\"start\":\"b\",\"cards\":[{\"type\":\"ask\",\"id\":\"b\",\"settings\":"
                           "{\"text\":\"Qual?\",\"options\":[{\"id\":\"x\",\"label\":\"X\"},"
                           "{\"id\":\"y\",\"label\":\"Y\",\"number\":7},{\"id\":\"w\",\"label\":"
                           "\"W\"}]}}],\"settings\":{\"silence\":{\"reminders\":0}}}"));
    const struct json *settings = json_get(d, "settings"), *card = json_at(json_get(d, "cards"), 0),
                      *options = json_get(json_get(card, "settings"), "options");

    CHECK_STR(json_print(test_arena(), json_get(d, "notes")), "[]");
    CHECK_STR(json_print(test_arena(), json_get(settings, "silence")),
              "{\"expire_after_s\":3600,\"on_expire\":\"close\",\"remind_after_s\":600,"
              "\"reminders\":0}");
    CHECK_STR(json_get_text(json_get(settings, "human"), "digit"), "0");
    CHECK(json_get(settings, "fallback") == NULL);
    CHECK_STR(json_print(test_arena(), json_get(card, "v")), "1");
    /* Its own default, and not that of all who ask. */
    CHECK_STR(json_print(test_arena(), json_get(json_get(card, "settings"), "attempts")), "2");
    CHECK_STR(json_get_text(json_get(card, "settings"), "exhausted_text"),
              "Não consegui entender. Vou encaminhar você para continuar o atendimento.");
    CHECK(json_get(json_get(card, "settings"), "remind_after_s") == NULL);
    CHECK_STR(json_print(test_arena(), json_get(json_at(options, 0), "number")), "1");
    CHECK_STR(json_print(test_arena(), json_get(json_at(options, 1), "number")), "7");
    CHECK_STR(json_print(test_arena(), json_get(json_at(options, 2), "number")), "3");
}

TEST(what_is_filled_stays_as_it_is)
{
    struct str once = filled(around(SAY, ""));

    CHECK(str_eq(filled(str_cstr(test_arena(), once)), once));
}

TEST(what_is_unknown_stays_as_it_is)
{
    const char *card = "{\"id\":\"u\",\"settings\":{\"x\":[1,{\"y\":\"z\"}]},\"type\":\"erp_new\","
                       "\"v\":9}";
    const struct json *d = parsed(filled(around(card, "")));

    CHECK_STR(json_print(test_arena(), json_at(json_get(d, "cards"), 0)), card);
    card = "{\"id\":\"u\",\"settings\":{},\"type\":\"say\",\"v\":9}";
    d = parsed(filled(around(card, "")));
    CHECK_STR(json_print(test_arena(), json_at(json_get(d, "cards"), 0)), card);
}

TEST(what_is_no_flow_of_ours_is_refused)
{
    static const struct {
        const char *text, *slug;
    } table[] = {
        { "[]", "flow_format" },
        { "{\"format\":\"typebot\",\"format_version\":1}", "flow_format" },
        { "{\"format\":\"balcao-flow\"}", "flow_format" },
        { "{\"format\":\"balcao-flow\",\"format_version\":2}", "flow_newer" },
        { "{\"format\":\"balcao-flow\",\"format_version\":1,\"start\":null}", "json_null" },
        { "{\"format\":", "json_syntax" },
    };
    struct buf big = { .arena = test_arena() };
    struct str out;

    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        CHECK_FAIL(document_fill(test_arena(), str_of(table[i].text), &out), ERR_INVALID,
                   table[i].slug);
    buf_add(&big, STR(HEAD "\"description\":\""));
    for (int i = 0; i < FLOW_BYTES_MAX; i++)
        buf_char(&big, 'x');
    buf_add(&big, STR("\"}"));
    CHECK_FAIL(document_fill(test_arena(), buf_str(&big), &out), ERR_INVALID, "flow_too_large");
}

/* --- reading ---------------------------------------------------------------------- */

TEST(a_document_is_read_as_it_is_walked)
{
    struct findings findings;
    struct flow_document *d = read_of(
        HEAD "\"channels\":[\"whatsapp\",\"telephony\"],\"start\":\"a\",\"settings\":{\"fallback\":"
             "{\"department\":\"department:1\"},\"opt_out_words\":[\"chega\"]},\"variables\":[{"
             "\"name\":\"flow.cor\",\"type\":\"list\",\"default\":\"azul\"}],\"cards\":[" HAND
             "," SAY "],\"connectors\":[{\"from\":\"a\",\"outlet\":\"next\",\"to\":\"z\"}]}",
        &findings);

    CHECK_STR(list_of(&findings), "");
    CHECK_STR(d->key, "mini");
    CHECK(FLOW_HAS(d->channels, FLOW_TELEPHONY) && !FLOW_HAS(d->channels, FLOW_WEBCHAT));
    CHECK_I64(d->card_count, 2);
    CHECK_I64(d->start, document_card(d, STR("a")));
    CHECK_STR(d->cards[d->start].name, "Dizer");
    CHECK_I64(document_follow(d, d->start, STR("next")), document_card(d, STR("z")));
    CHECK_I64(document_follow(d, d->start, STR("other")), -1);
    CHECK_I64(document_card(d, STR("q")), -1);
    CHECK_STR(d->settings.fallback.department, "department:1");
    CHECK_I64((int64_t)d->settings.opt_out_words.n, 1);
    CHECK_STR(d->settings.opt_out_words.v[0], "chega");
    CHECK(d->settings.human.is_on);
    CHECK_I64(d->settings.silence.expire_after_s, 3600);
    CHECK_I64(d->variables[0].type, VARIABLE_LIST);
    CHECK_STR(d->variables[0].initial, "azul");
}

TEST(references_are_each_named_once)
{
    struct findings findings;
    struct flow_document *d = read_of(
        HEAD "\"start\":\"b\",\"settings\":{\"fallback\":{\"department\":\"department:1\"}},"
             "\"cards\":[{\"id\":\"b\",\"type\":\"sort\",\"v\":1,\"settings\":{\"rules\":[{\"id\":"
             "\"r\",\"label\":\"R\",\"tags\":[\"tag:9\",\"tag:10\"]}]}}," HAND "]}",
        &findings);
    struct flow_words refs = document_refs(test_arena(), d);

    CHECK_I64((int64_t)refs.n, 3);
    CHECK_STR(refs.v[0], "department:1");
    CHECK_STR(refs.v[1], "tag:10");
    CHECK_STR(refs.v[2], "tag:9");
}

TEST(a_broken_shape_is_found_where_it_breaks)
{
    static const struct {
        const char *card, *connectors, *expected;
    } table[] = {
        { "{\"id\":\"b\",\"type\":\"say\",\"v\":1,\"settings\":{\"text\":\"Oi\"}}",
          "{\"from\":\"b\",\"outlet\":\"next\",\"to\":\"z\"}", "" },
        { "{\"id\":\"b\",\"type\":\"say\",\"v\":1,\"settings\":{\"text\":\"Oi\"}}", "",
          "L107 b next; L106 z" },
        { "{\"id\":\"b\",\"type\":\"say\",\"v\":1,\"settings\":{\"text\":\"Oi\"}}",
          "{\"from\":\"b\",\"outlet\":\"next\",\"to\":\"z\"},"
          "{\"from\":\"b\",\"outlet\":\"next\",\"to\":\"b\"},"
          "{\"from\":\"b\",\"outlet\":\"x\",\"to\":\"z\"},"
          "{\"from\":\"q\",\"outlet\":\"next\",\"to\":\"z\"}",
          "L105 b next; L105 b x; L105 q next" },
        { "{\"id\":\"b\",\"type\":\"say\",\"v\":2,\"settings\":{}}", "", "L102 b; L106 z" },
        { "{\"id\":\"b\",\"type\":\"say\",\"v\":1,\"parked\":true}", "", "L101 start" },
        { "{\"id\":\"c\",\"type\":\"say\",\"v\":1,\"parked\":true}," SAY,
          "{\"from\":\"a\",\"outlet\":\"next\",\"to\":\"c\"}", "L101 start; L105 a next" },
        { "{\"id\":\"b\",\"type\":\"say\",\"v\":1,\"settings\":{\"kind\":\"audio\",\"text\":\"\"}}",
          "{\"from\":\"b\",\"outlet\":\"next\",\"to\":\"z\"}", "L103 b audio required" },
        { "{\"id\":\"b\",\"type\":\"say\",\"v\":1,\"settings\":{\"kind\":\"fax\",\"tex\":\"\"}}",
          "{\"from\":\"b\",\"outlet\":\"next\",\"to\":\"z\"}",
          "L103 b kind out_of_range; L103 b tex unknown" },
        { "{\"id\":\"b\",\"type\":\"ask\",\"v\":1,\"settings\":{\"text\":\"Uma pergunta comprida\","
          "\"attempts\":6,\"reminders\":\"1\",\"expire_after_s\":0,\"exhausted_flow\":\"user:1\","
          "\"options\":[{\"id\":\"x\",\"label\":\"X\"},{\"id\":\"x\",\"label\":\"\"},7]}}",
          "{\"from\":\"b\",\"outlet\":\"opt:x\",\"to\":\"z\"}",
          "L103 b attempts out_of_range; L103 b exhausted_flow out_of_range; "
          "L103 b expire_after_s out_of_range; L103 b options wrong_type; "
          "L103 b options.label x required; L103 b reminders wrong_type; "
          "L103 b text out_of_range; L104 b options.id x; L107 b opt:" },
        { "{\"id\":\"b\",\"type\":\"sort\",\"v\":1,\"settings\":{\"rules\":[{\"id\":\"R\","
          "\"label\":"
          "\"R\",\"tags\":[\"tag:1\",\"tag:1\"],\"x\":1}],\"asked\":\"q\",\"days\":[\"text\","
          "\"text\"],\"headers\":[{\"value\":\"v\"}],\"words\":[\"\"],\"keeps\":\"cor\","
          "\"pause_s\":0}}",
          "{\"from\":\"b\",\"outlet\":\"rule:R\",\"to\":\"z\"},"
          "{\"from\":\"b\",\"outlet\":\"else\",\"to\":\"z\"}",
          "L103 b asked unknown; L103 b days out_of_range; L103 b headers.name 1 required; "
          "L103 b keeps out_of_range; L103 b rules.id R out_of_range; "
          "L103 b rules.tags R out_of_range; L103 b rules.x R unknown; L103 b words out_of_range" },
        { "{\"id\":\"b\",\"type\":\"sort\",\"v\":1,\"settings\":{\"rules\":[]}}",
          "{\"from\":\"b\",\"outlet\":\"else\",\"to\":\"z\"}", "L103 b rules required" },
        { "{\"id\":\"b\",\"type\":\"hand\",\"v\":1,\"settings\":{\"department\":\"department:2\"}}"
          "," SAY "," SAY,
          "", "L104 a id; L106 a; L107 a next; L106 z" },
        { "{\"id\":\"b\",\"type\":\"hand\",\"v\":1,\"settings\":{\"department\":\"department:2\"}},"
          "{\"id\":\"t\",\"type\":\"campaign\",\"v\":1}",
          "{\"from\":\"t\",\"outlet\":\"next\",\"to\":\"z\"}", "" },
    };

    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        check_list(around(table[i].card, table[i].connectors), table[i].expected);
}

TEST(what_stands_about_the_cards_is_looked_at_too)
{
    check_list("{\"format\":\"balcao-flow\",\"format_version\":1,\"key\":\"Mini\",\"start\":\"z\","
               "\"cards\":[" HAND "],\"channels\":[\"fax\"],\"colour\":1,\"settings\":{\"pace_ms\":"
               "-1,\"silence\":{\"on_expire\":\"flow\"},\"texts\":[]},\"variables\":[{\"name\":"
               "\"flow.a\",\"type\":\"text\"},{\"name\":\"flow.a\",\"type\":\"cor\"}],\"notes\":[{"
               "\"id\":\"n\"},{\"id\":\"n\"}]}",
               "L103 channels out_of_range; L103 colour unknown; L103 key out_of_range; "
               "L103 name required; L103 settings.pace_ms out_of_range; "
               "L103 settings.silence.flow required; L103 settings.texts wrong_type; "
               "L103 variables.type 2 out_of_range; L104 notes.id n; L104 variables.name flow.a");
}

TEST(a_flow_has_its_limits)
{
    struct buf text = { .arena = test_arena() };

    buf_add(&text, STR(HEAD "\"start\":\"z\",\"cards\":[" HAND));
    for (int i = 1; i < FLOW_CARDS_MANY; i++)
        buf_fmt(&text, ",{\"id\":\"p%d\",\"type\":\"say\",\"v\":1,\"parked\":true}", i);
    buf_add(&text, STR("]}"));
    check_list(str_cstr(test_arena(), buf_str(&text)), "L114 cards");
}

TEST(a_finding_says_what_is_wrong_and_how_to_mend_it)
{
    struct findings findings;
    struct buf text = { .arena = test_arena() };

    read_of(around("{\"id\":\"b\",\"type\":\"say\",\"v\":1,\"settings\":{\"text\":\"Oi\"}}", ""),
            &findings);
    findings_write(&(struct json_out){ .buf = &text }, test_arena(), &findings);
    CHECK_STR(
        buf_str(&text),
        "[{\"code\":\"L107\",\"severity\":\"error\",\"flow\":\"mini\",\"card\":\"b\",\"outlet\":"
        "\"next\",\"args\":[\"segue\",\"Dizer\"],\"message\":\"A saída “segue” de “Dizer” "
        "não leva a lugar nenhum.\",\"fix\":\"Ligue a saída a um card.\"},{\"code\":\"L106\","
        "\"severity\":\"error\",\"flow\":\"mini\",\"card\":\"z\",\"args\":[\"Transferir\"],"
        "\"message\":\"Nenhum caminho chega a “Transferir”.\",\"fix\":\"Ligue o card ou "
        "estacione.\""
        "}]");
    CHECK_I64((int64_t)findings_count(&findings, FINDING_ERROR), 2);
}

/* --- on a telephone --------------------------------------------------------------- */

TEST(what_only_a_telephone_can_do_is_held_against_the_channels)
{
    static const struct str telephony = STR_INIT("telephony");
    static const struct lint_ref department = { .ref = STR_INIT("department:1"),
                                                .name = STR_INIT("Vendas") };
    static const struct {
        const char *channels;
        bool can_call;
        const char *expected;
    } table[] = {
        { "\"telephony\"", true, "" },
        { "\"telephony\"", false, "L408 b" },
        { "\"telephony\",\"webchat\"", true, "L217 b" },
        { "\"webchat\"", true, "L218 b" },
    };

    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        struct lint_world world = { .refs = &department,
                                    .ref_count = 1,
                                    .capabilities = &telephony,
                                    .capability_count = table[i].can_call };
        struct findings findings;
        struct flow_document *d = read_of(
            str_cstr(test_arena(),
                     str_fmt(test_arena(),
                             HEAD "\"start\":\"b\",\"channels\":[%s],\"settings\":{"
                                  "\"fallback\":{\"department\":\"department:1\"}},\"cards\":[{"
                                  "\"id\":\"b\",\"type\":\"dial\"}," HAND "],\"connectors\":[{"
                                  "\"from\":\"b\",\"outlet\":\"next\",\"to\":\"z\"}]}",
                             table[i].channels)),
            &findings);

        lint_document(test_arena(), d, &world, &findings);
        CHECK_STR(list_of(&findings), table[i].expected);
    }
}

/* --- the palette ------------------------------------------------------------------ */

TEST(the_palette_says_all_there_is_to_know_of_a_card)
{
    struct buf text = { .arena = test_arena() };
    const struct json *palette, *card;

    cards_write(&(struct json_out){ .buf = &text }, LANGUAGE_PT_BR);
    palette = parsed(buf_str(&text));
    CHECK_I64((int64_t)json_len(palette), 6);
    card = json_at(palette, 1);
    CHECK_STR(json_get_text(card, "type"), "ask");
    CHECK_I64((int64_t)json_len(json_get(card, "fields")), 9);
    CHECK_STR(json_print(test_arena(), json_get(card, "outlets")),
              "[{\"name\":\"exhausted\",\"label\":\"esgotou as tentativas\",\"required\":false},"
              "{\"name\":\"silent\",\"label\":\"sem resposta\",\"required\":false}]");
    CHECK_STR(json_print(test_arena(), json_at(json_get(json_at(palette, 0), "fields"), 1)),
              "{\"name\":\"text\",\"type\":\"template\",\"label\":\"Texto\",\"required\":true,"
              "\"visible_if\":{\"field\":\"kind\",\"in\":[\"text\"]}}");
}

TEST(an_own_field_stands_for_the_one_of_all_who_ask)
{
    int n = 0;

    for (size_t i = 0; card_field_at(&ask, i) != NULL; i++)
        n += strcmp(card_field_at(&ask, i)->name, "attempts") == 0;
    CHECK_I64(n, 1);
    CHECK_I64(card_field_find(&ask, STR("attempts"))->max, 5);
    CHECK(card_field_find(&say, STR("attempts")) == NULL);
}
