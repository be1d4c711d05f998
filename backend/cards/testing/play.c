#include "play.h"

#include "cards/cards.h"

/* --- the stage -------------------------------------------------------------------- */

static void
write_connectors(struct json_out *o, const struct card *card, const struct json *settings,
                 struct str loose)
{
    struct card_outlets outlets = { .arena = test_arena() };

    card_outlets(card, settings, &outlets);
    json_open(o, '[');
    for (size_t i = 0; i < outlets.n; i++) {
        if (str_eq(outlets.v[i].name, loose))
            continue;
        json_open(o, '{');
        json_kv_str(o, "from", STR("card"));
        json_kv_str(o, "outlet", outlets.v[i].name);
        json_kv_str(o, "to", STR("end"));
        json_close(o, '}');
    }
    json_close(o, ']');
}

static const struct json *
parsed(struct str text)
{
    const struct json *json;

    CHECK_OK(json_parse(test_arena(), text, &json));
    return json;
}

struct play
play_with(const char *type, const char *settings, const char *loose, const char *members)
{
    const struct card *card = card_find(str_of(type));
    struct buf text = { .arena = test_arena() };
    struct json_out o = { .buf = &text };
    struct play p = { .findings = { .arena = test_arena() }, .now_us = TEST_NOW_US };
    struct str filled;

    CHECK(card != NULL);
    buf_add(&text, STR("{\"format\":\"balcao-flow\",\"format_version\":1,\"key\":\"play\","
                       "\"name\":\"Play\",\"channels\":[\"whatsapp\"],\"start\":\"card\","
                       "\"settings\":{\"fallback\":{\"department\":\"department:1\"}},"));
    if (members != NULL)
        buf_fmt(&text, "%s,", members);
    buf_fmt(&text,
            "\"cards\":[{\"id\":\"card\",\"type\":\"%s\",\"v\":1,\"settings\":%s},"
            "{\"id\":\"end\",\"type\":\"finish\",\"v\":1,\"settings\":{\"send_message\":false}}],"
            "\"connectors\":",
            type, settings);
    write_connectors(&o, card, parsed(str_of(settings)), str_of(loose));
    buf_char(&text, '}');
    CHECK_OK(document_fill(test_arena(), buf_str(&text), &filled));
    CHECK_OK(document_read(test_arena(), parsed(filled), &p.findings, &p.document));
    p.run = (struct run){ .id = 12, .epoch = 1, .root = STR("play") };
    p.facts = (struct facts){ .bot_controls = true, .epoch = 1, .channel = FLOW_WHATSAPP };
    p.first_text = "oi";
    return p;
}

struct play
play_loose(const char *type, const char *settings, const char *loose)
{
    return play_with(type, settings, loose, NULL);
}

struct play
play(const char *type, const char *settings)
{
    return play_with(type, settings, NULL, NULL);
}

/* --- what happens ----------------------------------------------------------------- */

/* Every step through JSON and back, as a database would. */
static void
give(struct play *p, struct input input)
{
    const struct flow_document *flows[] = { p->document };
    struct buf text = { .arena = test_arena() };
    struct json_out o = { .buf = &text };

    input.id = str_fmt(test_arena(), "in:%d", ++p->inputs);
    flow_step(test_arena(), (struct flow_set){ flows, 1 }, &p->run, &p->facts, &input, p->now_us,
              &p->out);
    run_write(&o, p->out.run);
    CHECK_OK(run_read(test_arena(), parsed(buf_str(&text)), &p->run));
}

void
play_start(struct play *p)
{
    give(p, (struct input){ .kind = INPUT_START, .first_text = str_of(p->first_text) });
}

void
play_says(struct play *p, const char *text)
{
    give(p, (struct input){ .kind = INPUT_MESSAGE, .said.text = str_of(text), .message_id = 9 });
}

void
play_sends(struct play *p, enum answer_form form, const char *file)
{
    give(p, (struct input){ .kind = INPUT_MESSAGE,
                            .said = { .form = form,
                                      .file = { .ref = str_of(file),
                                                .mime = form == FORM_IMAGE ? STR("image/jpeg")
                                                                           : STR("audio/ogg"),
                                                .size_bytes = 1000,
                                                .duration_s = 5 } } });
}

void
play_taps(struct play *p, const char *option)
{
    static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    struct str payload = str_fmt(test_arena(), "b1.c.%c.%s", digits[p->run.ask.token % 36], option);

    give(p, (struct input){ .kind = INPUT_REPLY, .payload = payload, .said.text = STR("título") });
}

void
play_answers(struct play *p, const char *outcome, const char *data)
{
    give(p, (struct input){ .kind = INPUT_CALL_RESULT,
                            .result = { .call = p->run.call.id,
                                        .outcome = str_of(outcome),
                                        .data = data == NULL ? NULL : parsed(str_of(data)) } });
}

void
play_rings(struct play *p, int64_t token)
{
    give(p, (struct input){ .kind = INPUT_TIMER, .token = token });
}

/* --- what was done ---------------------------------------------------------------- */

static bool
is_of_card(struct str card)
{
    return str_eq(card, STR("card"));
}

struct str
play_left(const struct play *p)
{
    for (size_t i = 0; i < p->out.trace_count; i++)
        if (is_of_card(p->out.trace[i].card) && strcmp(p->out.trace[i].event, "leave") == 0)
            return p->out.trace[i].outlet;
    return STR("");
}

struct str
play_remarked(const struct play *p)
{
    for (size_t i = 0; i < p->out.trace_count; i++)
        if (is_of_card(p->out.trace[i].card) &&
            p->out.trace[i].error.len + p->out.trace[i].skipped.len > 0)
            return p->out.trace[i].error.len > 0 ? p->out.trace[i].error : p->out.trace[i].skipped;
    return STR("");
}

static void
add_content(struct buf *b, const struct effect *e)
{
    static const char *const before[] = {
        [CONTENT_TEXT] = "",
        [CONTENT_AUDIO] = "audio ",
        [CONTENT_FILE] = "file ",
        [CONTENT_TEMPLATE] = "template ",
        [CONTENT_LOCATION_REQUEST] = "location ",
    };

    buf_fmt(b, " %s", before[e->content.kind]);
    if (e->content.file.len > 0)
        buf_fmt(b, "%.*s ", STR_ARG(e->content.file));
    if (e->content.name.len > 0)
        buf_fmt(b, "(%.*s) ", STR_ARG(e->content.name));
    buf_add(b, e->content.text);
    for (size_t i = 0; i < e->option_count; i++) {
        const struct effect_option *option = &e->options[i];

        buf_fmt(b, " [%d %.*s", option->number, STR_ARG(option->label));
        if (option->description.len > 0)
            buf_fmt(b, " / %.*s", STR_ARG(option->description));
        buf_char(b, ']');
    }
}

struct str
play_did(const struct play *p)
{
    struct buf b = { .arena = test_arena() };

    for (size_t i = 0; i < p->out.effect_count; i++) {
        const struct effect *e = &p->out.effects[i];
        bool is_message = e->kind == EFFECT_SEND || e->kind == EFFECT_ASK;

        if (!is_of_card(e->card) || e->kind == EFFECT_TIMER || e->kind == EFFECT_TIMER_CLEAR)
            continue;
        if (b.len > 0)
            buf_char(&b, '\n');
        buf_add(&b, str_of(effect_kind_names[e->kind]));
        if (is_message)
            add_content(&b, e);
        else if (e->which != NULL)
            buf_fmt(&b, " %s", e->which);
        else
            buf_fmt(&b, " %.*s", STR_ARG(e->data.len > 0 ? e->data : STR("{}")));
    }
    return buf_str(&b);
}

const struct effect *
play_message(const struct play *p)
{
    static const struct effect nothing = { .purpose = "", .guard = "" };

    for (size_t i = 0; i < p->out.effect_count; i++) {
        const struct effect *e = &p->out.effects[i];

        if (is_of_card(e->card) && (e->kind == EFFECT_SEND || e->kind == EFFECT_ASK))
            return e;
    }
    return &nothing;
}

struct str
play_value(const struct play *p, const char *name)
{
    const struct run_variable *variable = run_variable(&p->run, str_of(name));

    return variable == NULL ? STR("") : variable->value.text;
}

struct str
play_lint(const struct play *p, unsigned channels)
{
    static const struct lint_world world;
    const struct flow_card *card = &p->document->cards[p->document->start];
    struct findings findings = { .arena = test_arena() };
    struct lint l = { .arena = test_arena(),
                      .document = p->document,
                      .world = &world,
                      .card = card,
                      .card_index = p->document->start,
                      .channels = channels,
                      .findings = &findings };
    struct buf b = { .arena = test_arena() };

    card->kind->lint(&l);
    for (size_t i = 0; i < findings.n; i++)
        buf_fmt(&b, "%s%s %.*s%s%.*s", i > 0 ? "\n" : "", findings.v[i].code,
                STR_ARG(findings.v[i].setting), findings.v[i].option.len > 0 ? " " : "",
                STR_ARG(findings.v[i].option));
    return buf_str(&b);
}
