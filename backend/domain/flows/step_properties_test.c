/*
 * What must hold for any document and any sequence of inputs. Flows are drawn from the real palette and conversations
 * at random; BALCAO_SEED=n draws others, and a failure says its seed and case.
 */
#include "base/testing/testing.h"

#include "base/clock.h"
#include "step.h"

#include <stdio.h>
#include <stdlib.h>

enum { CASES = 100, INPUTS = 30, CARDS_MAX = 9, STEP_BYTES_MAX = 1 << 20 };

/* --- chance ------------------------------------------------------------------------- */

static struct {
    uint64_t state, seed;
    int at; /* case */
} chance;

static uint64_t
draw(void)
{
    chance.state ^= chance.state << 13;
    chance.state ^= chance.state >> 7;
    chance.state ^= chance.state << 17;
    return chance.state;
}

static int
below(int n)
{
    return (int)(draw() % (uint64_t)n);
}

static bool
in_a_hundred(int n)
{
    return below(100) < n;
}

#define ONE_OF(table) table[below((int)(sizeof(table) / sizeof((table)[0])))]

static void
begin_case(int at)
{
    const char *seed = getenv("BALCAO_SEED");

    chance.seed = seed != NULL ? strtoull(seed, NULL, 10) : 20261127;
    chance.at = at;
    chance.state = (chance.seed + 1) * UINT64_C(0x9E3779B97F4A7C15) + (uint64_t)at * 7919 + 1;
    for (int i = 0; i < 8; i++)
        draw();
}

static void
hold(bool holds, const char *property)
{
    if (!holds)
        fprintf(stderr, "%s: BALCAO_SEED=%llu, case %d\n", property,
                (unsigned long long)chance.seed, chance.at);
    testing_check(holds, property, __FILE__, __LINE__);
}

/* --- documents ---------------------------------------------------------------------- */

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
        types[i] = below((int)(sizeof(palette) / sizeof(palette[0])));
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
            if (!in_a_hundred(outlets.v[k].is_required ? 90 : 40))
                continue;
            json_open(o, '{');
            json_kv_str(o, "from", card_id(key, i));
            json_kv_str(o, "outlet", outlets.v[k].name);
            json_kv_str(o, "to", card_id(key, below(n)));
            json_close(o, '}');
        }
    }
    json_close(o, ']');
}

static struct str
draw_document(const char *key)
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
    int n = 1 + below(CARDS_MAX), types[CARDS_MAX];

    json_open(&o, '{');
    json_kv_str(&o, "format", STR("balcao-flow"));
    json_kv_i64(&o, "format_version", 1);
    json_kv_str(&o, "key", str_of(key));
    json_kv_str(&o, "name", str_of(key));
    json_kv_str(&o, "start", card_id(key, 0));
    json_key(&o, "channels");
    json_put_raw(&o, STR("[\"whatsapp\"]"));
    json_key(&o, "settings");
    json_put_raw(&o, str_of(ONE_OF(fallbacks)));
    draw_cards(&o, key, n, types);
    draw_connectors(&o, key, n, types);
    json_close(&o, '}');
    return buf_str(&b);
}

static const struct flow_document *
read_document(struct str text)
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

/* --- the world ----------------------------------------------------------------------- */

static const char world[] =
    "{\"utc_offset_s\":-10800,\"channel\":\"whatsapp\",\"bot_controls\":true,\"epoch\":1,"
    "\"phone\":\"+5549999990000\","
    "\"hours\":[{\"ref\":\"period:1\",\"is_inside\":true}],"
    "\"departments\":[{\"ref\":\"department:1\",\"name\":\"Geral\",\"serves\":true,"
    "\"members_online\":1}],"
    "\"registrations\":[{\"id\":\"1\",\"name\":\"Ana Exemplo\",\"document\":\"52998224725\","
    "\"kind\":\"customer\"},{\"id\":\"2\",\"name\":\"Bia\",\"document\":\"11144477735\","
    "\"kind\":\"customer\"}],"
    "\"values\":[{\"name\":\"contact.first_name\",\"type\":\"text\",\"value\":\"Ana\"},"
    "{\"name\":\"contact.fields.n\",\"type\":\"number\",\"value\":\"41\"}]}";

/* A conversation: what came, with the facts of that moment, and what came of it. */
struct moment {
    struct input input;
    struct facts facts;
    int64_t now_us;
};
struct story {
    struct str texts[2];
    const struct flow_document *flows[2];
    struct moment moments[INPUTS];
    int count;
    struct run run;
    struct facts facts;
    int64_t now_us, last_seq;
    int last_n, open_visit;
    struct step_out out;
    struct buf all; /* every run, effect and trace, as written */
};

static struct str
written(struct arena *a, const struct step_out *out)
{
    struct buf b = { .arena = a };
    struct json_out o = { .buf = &b };

    run_write(&o, out->run);
    for (size_t i = 0; i < out->effect_count; i++)
        effect_write(&o, out->run->id, &out->effects[i]);
    for (size_t i = 0; i < out->trace_count; i++)
        trace_write(&o, &out->trace[i]);
    return buf_str(&b);
}

/* --- inputs ------------------------------------------------------------------------- */

static struct str
draw_payload(const struct run *run)
{
    static const char *const options[] = { "one", "two", "three", "yes", "no", "1", "5", "x" };
    static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    int64_t token = in_a_hundred(80) ? run->ask.token : run->ask.token - below(6);

    if (token < 0 || token >= 36 * 36)
        token = 0;
    return str_fmt(test_arena(), "b1.%s.%c%c.%s", in_a_hundred(90) ? "c" : "d", digits[token / 36],
                   digits[token % 36], ONE_OF(options));
}

static struct said
draw_said(void)
{
    static const char *const texts[] = {
        "oi",
        "1",
        "2",
        "9",
        "0",
        "boleto",
        "boleto atrasado e menu",
        "sim",
        "não",
        "menu",
        "atendente",
        "parar",
        "/bloquear",
        "/desbloquear",
        "529.982.247-25",
        "qualquer coisa",
        "",
        "quero a segunda, por favor",
        "x\ny",
        "{{contact.name}} *negrito*",
    };
    struct said said = { .text = str_of(ONE_OF(texts)) };

    if (in_a_hundred(10)) {
        said.form = (enum answer_form)below(FORM__COUNT);
        said.file.ref = STR("file:1");
        said.file.mime = STR("image/png");
        said.file.size_bytes = 1000;
    }
    return said;
}

static int64_t
draw_token(const struct run *run)
{
    const int64_t tokens[] = { run->ask.remind_token, run->ask.expire_token, run->ask.gather_token,
                               run->wait.token,       run->call.token,       below(40) };

    return ONE_OF(tokens);
}

static struct call_result
draw_result(const struct run *run)
{
    static const char *const outcomes[] = { "ok", "ok", "timeout", "unavailable", "weird" };
    static const char *const data[] = { "{\"status\":200,\"json\":{\"n\":5}}", "{\"customers\":[]}",
                                        "[]", "{\"customers\":[{\"id\":\"1\",\"name\":\"Ana\"}]}" };
    struct call_result result = { .call = run->call.id, .outcome = str_of(ONE_OF(outcomes)) };

    if (in_a_hundred(15))
        result.call = STR("12.1.9");
    CHECK_OK(json_parse(test_arena(), str_of(ONE_OF(data)), &result.data));
    return result;
}

static struct input
draw_input(struct story *t)
{
    static const enum input_kind kinds[] = {
        INPUT_MESSAGE,     INPUT_MESSAGE,       INPUT_MESSAGE,  INPUT_MESSAGE, INPUT_REPLY,
        INPUT_REPLY,       INPUT_TIMER,         INPUT_TIMER,    INPUT_TIMER,   INPUT_CALL_RESULT,
        INPUT_CALL_RESULT, INPUT_TAKEN,         INPUT_RETURNED, INPUT_COMMAND, INPUT_DIGITS,
        INPUT_SEND_FAILED, INPUT_TICKET_CLOSED, INPUT_HANGUP,   INPUT_START,
    };
    static const char *const modes[] = { "resume", "resume", "restart", "flow" };
    static const char *const names[] = { "block", "unblock", "human", "menu", "dance" };
    static const char *const codes[] = { "window", "unreachable", "other", "other" };
    struct input input = {
        .kind = t->count == 0 ? INPUT_START : ONE_OF(kinds),
        .id = str_fmt(test_arena(), "in:%d", in_a_hundred(5) ? t->count / 2 : t->count),
        .said = draw_said(),
        .payload = draw_payload(&t->run),
        .token = draw_token(&t->run),
        .result = draw_result(&t->run),
        .mode = str_of(ONE_OF(modes)),
        .name = str_of(ONE_OF(names)),
        .code = str_of(ONE_OF(codes)),
        .was_served = in_a_hundred(50),
    };

    /* The rare ends of a conversation, rarer. */
    if ((input.kind == INPUT_HANGUP || input.kind == INPUT_TICKET_CLOSED) && in_a_hundred(80))
        input.kind = INPUT_MESSAGE;
    if (input.kind == INPUT_DIGITS)
        input.token = t->run.ask.token;
    if (in_a_hundred(10))
        input.sent_at_us = t->now_us - 60 * US_PER_S;
    return input;
}

/* Control changes with the inputs that say so, and now and then before them. */
static void
turn_world(struct story *t, struct input *input)
{
    bool is_back = input->kind == INPUT_RETURNED || input->kind == INPUT_TICKET_CLOSED;

    t->now_us += below(2000) * US_PER_S;
    if (input->kind == INPUT_TAKEN || is_back || in_a_hundred(2)) {
        t->facts.bot_controls = is_back;
        t->facts.epoch++;
    }
    input->epoch = in_a_hundred(90) ? t->facts.epoch : t->facts.epoch - 1;
    t->facts.window_ends_us = in_a_hundred(10) ? t->now_us - 1 : 0;
    t->facts.answered_lately = in_a_hundred(2) ? 40 : 0;
    for (size_t i = 0; i < t->out.effect_count; i++)
        if (t->out.effects[i].kind == EFFECT_CONSENT)
            t->facts.is_opted_out = str_has(t->out.effects[i].data, STR("opted_out"));
}

/* --- what must hold ------------------------------------------------------------------- */

static bool
is_spoken(const struct effect *e)
{
    return e->kind == EFFECT_SEND || e->kind == EFFECT_ASK || e->kind == EFFECT_PHONE;
}

static int
count(const struct step_out *out, enum effect_kind kind)
{
    int n = 0;

    for (size_t i = 0; i < out->effect_count; i++)
        n += out->effects[i].kind == kind;
    return n;
}

static void
hold_silence(const struct story *t, const struct run *before, const struct input *input)
{
    bool gives_back = input->kind == INPUT_RETURNED || input->kind == INPUT_TICKET_CLOSED;
    bool may = t->facts.bot_controls && t->out.run->epoch == t->facts.epoch &&
               !t->facts.is_opted_out && before->state != RUN_ENDED &&
               (before->state != RUN_HELD || gives_back);
    int receipts = 0;

    for (size_t i = 0; i < t->out.effect_count; i++) {
        const struct effect *e = &t->out.effects[i];
        bool is_receipt = e->purpose != NULL && strcmp(e->purpose, "receipt") == 0;

        receipts += is_receipt;
        hold(!is_spoken(e) || may || is_receipt, "nobody speaks out of turn");
        hold(!is_spoken(e) || is_receipt || t->facts.window_ends_us == 0 ||
                 t->now_us < t->facts.window_ends_us || e->content.kind == CONTENT_TEMPLATE,
             "nothing is said after the window");
    }
    hold(receipts <= 1 && (receipts == 0 || count(&t->out, EFFECT_CONSENT) == 1),
         "one receipt, for a change of consent");
    hold(before->state != RUN_ENDED || t->out.effect_count == 0 ||
             count(&t->out, EFFECT_CONSENT) == 1,
         "what ended does nothing but change consent");
    hold(before->state != RUN_ENDED || t->out.run->state == RUN_ENDED, "the end is final");
}

static void
hold_bounds(struct story *t)
{
    struct arena *a = test_arena();
    struct buf b = { .arena = a };
    struct json_out o = { .buf = &b };
    int spoken = 0;

    for (size_t i = 0; i < t->out.effect_count; i++) {
        const struct effect *e = &t->out.effects[i];

        spoken += is_spoken(e);
        hold(e->seq == t->out.run->seq && e->n == (int)i + 1, "effects are counted");
    }
    hold(t->out.effect_count == 0 || t->out.run->seq > t->last_seq, "effect ids come once");
    t->last_seq = t->out.run->seq;
    run_write(&o, t->out.run);
    hold(spoken <= RUN_SENDS_PER_INPUT + 1, "twenty messages and no more");
    hold(t->out.run->frame_count <= RUN_FRAMES_MAX, "eight frames and no more");
    hold(b.len <= RUN_BYTES_MAX, "a run is small");
    hold(count(&t->out, EFFECT_END) <= 1 && count(&t->out, EFFECT_TRANSFER) <= 1,
         "it ends once and is handed over once");
}

static void
hold_rest(const struct run *run)
{
    hold(run->state != RUN_RUNNING, "a step rests");
    hold(run->state != RUN_ASKING ||
             (run->ask.token > 0 && (run->ask.expire_token > 0 || run->ask.gather_token > 0)),
         "a question has a token, and an end");
    hold(run->state != RUN_WAITING || run->wait.token > 0, "a wait has a timer");
    hold(run->state != RUN_CALLING || (run->call.id.len > 0 && run->call.token > 0),
         "a call has a deadline");
    hold((run->state != RUN_HELD && run->state != RUN_ENDED) ||
             (run->ask.expire_token == 0 && run->wait.token == 0 && run->call.token == 0),
         "nothing ticks for a run that does not act");
}

/* A visit is entered once and left once. */
static void
hold_visits(struct story *t)
{
    for (size_t i = 0; i < t->out.trace_count; i++) {
        const struct trace_entry *e = &t->out.trace[i];
        bool enters = strcmp(e->event, "enter") == 0;
        bool leaves =
            strcmp(e->event, "leave") == 0 || (strcmp(e->event, "end") == 0 && e->visit > 0);

        hold(!enters || t->open_visit == 0, "one card at a time");
        hold(!leaves || e->visit == t->open_visit, "what is left was entered");
        t->open_visit = enters ? e->visit : leaves ? 0 : t->open_visit;
        hold(strcmp(e->event, "end") != 0 || !str_eq(e->error, STR("decided_twice")),
             "cards decide once");
        hold(strcmp(e->event, "end") != 0 || !str_eq(e->error, STR("undecided")), "cards decide");
    }
}

/* Of cards by their ids, which are told apart by their flow. */
static bool
is_condition(const struct story *t, struct str id)
{
    for (int i = 0; i < 2; i++) {
        int card = document_card(t->flows[i], id);

        if (card >= 0 && t->flows[i]->cards[card].kind != NULL)
            return t->flows[i]->cards[card].kind->kind == CARD_CONDITION;
    }
    return false;
}

/* Where one leads nowhere it is the net that speaks; at the end, the commands of consent. */
static void
hold_conditions(const struct story *t, const struct run *before)
{
    if (before->state == RUN_ENDED || count(&t->out, EFFECT_END) > 0)
        return;
    for (size_t i = 0; i < t->out.effect_count; i++)
        hold(!is_condition(t, t->out.effects[i].card), "conditions do nothing");
}

static void
take(struct story *t, struct input input)
{
    struct arena *a = arena_new(1 << 16);
    struct run before = t->run;
    struct step_out again;
    struct flow_set flows = { t->flows, 2 };
    const struct json *json;
    struct buf b = { .arena = test_arena() };
    struct json_out o = { .buf = &b };

    t->moments[t->count++] = (struct moment){ input, t->facts, t->now_us };
    flow_step(a, flows, &t->run, &t->facts, &input, t->now_us, &t->out);
    hold(arena_used(a) <= STEP_BYTES_MAX, "a step takes little memory");
    arena_free(a);

    flow_step(test_arena(), flows, &t->run, &t->facts, &input, t->now_us, &t->out);
    flow_step(test_arena(), flows, &t->run, &t->facts, &input, t->now_us, &again);
    hold(str_eq(written(test_arena(), &t->out), written(test_arena(), &again)),
         "the same in, the same out");
    buf_add(&t->all, written(test_arena(), &t->out));

    hold_silence(t, &before, &input);
    hold_bounds(t);
    if (t->out.effect_count > 0)
        hold_rest(t->out.run);
    hold_visits(t);
    hold_conditions(t, &before);

    run_write(&o, t->out.run);
    CHECK_OK(json_parse(test_arena(), buf_str(&b), &json));
    CHECK_OK(run_read(test_arena(), json, &t->run));
}

static struct story *
draw_story(void)
{
    struct story *t = arena_new_of(test_arena(), struct story);
    const struct json *json;

    t->texts[0] = draw_document("main");
    t->texts[1] = draw_document("part");
    for (int i = 0; i < 2; i++)
        t->flows[i] = read_document(t->texts[i]);
    CHECK_OK(json_parse(test_arena(), str_of(world), &json));
    CHECK_OK(facts_read(test_arena(), json, &t->facts));
    t->run = (struct run){ .id = 12, .epoch = 1, .root = STR("main") };
    t->now_us = TEST_NOW_US;
    t->all.arena = test_arena();
    return t;
}

static struct story *
tell(int length)
{
    struct story *t = draw_story();

    for (int i = 0; i < length; i++) {
        struct input input = draw_input(t);

        turn_world(t, &input);
        take(t, input);
    }
    return t;
}

TEST(no_conversation_breaks_what_must_hold)
{
    for (int i = 0; i < CASES; i++) {
        struct arena_mark mark = arena_mark(test_arena());

        begin_case(i);
        tell(INPUTS);
        arena_rewind(test_arena(), mark);
    }
}

TEST(a_conversation_played_again_is_the_same_to_the_byte)
{
    for (int i = 0; i < CASES / 10; i++) {
        struct arena_mark mark = arena_mark(test_arena());
        struct buf all = { .arena = test_arena() };
        struct run run = { .id = 12, .epoch = 1, .root = STR("main") };
        const struct flow_document *flows[2];
        struct story *t;

        begin_case(CASES + i);
        t = tell(INPUTS);
        for (int k = 0; k < 2; k++)
            flows[k] = read_document(t->texts[k]);
        for (int k = 0; k < t->count; k++) {
            struct moment *m = &t->moments[k];
            struct step_out out;

            flow_step(test_arena(), (struct flow_set){ flows, 2 }, &run, &m->facts, &m->input,
                      m->now_us, &out);
            buf_add(&all, written(test_arena(), &out));
            run = *out.run;
        }
        hold(str_eq(buf_str(&all), buf_str(&t->all)), "played again it is the same");
        arena_rewind(test_arena(), mark);
    }
}

/* --- ways out of a question ------------------------------------------------------------ */

static bool
has_left(const struct story *t, int visits)
{
    return t->run.state != RUN_ASKING || t->run.visits != visits;
}

static struct input
wrong_answer(struct story *t)
{
    return (struct input){
        .kind = INPUT_MESSAGE,
        .id = str_fmt(test_arena(), "wrong:%d", t->count),
        .said = { .form = FORM_UNSUPPORTED },
    };
}

static struct input
silence(struct story *t)
{
    int64_t token = t->run.ask.remind_token > 0   ? t->run.ask.remind_token
                    : t->run.ask.gather_token > 0 ? t->run.ask.gather_token
                                                  : t->run.ask.expire_token;

    return (struct input){ .kind = INPUT_TIMER,
                           .id = str_fmt(test_arena(), "ring:%d", t->count),
                           .token = token };
}

static struct input
zero(struct story *t)
{
    return (struct input){
        .kind = INPUT_MESSAGE,
        .id = str_fmt(test_arena(), "zero:%d", t->count),
        .said.text = STR("0"),
    };
}

TEST(from_every_question_wrong_answers_silence_and_zero_lead_on)
{
    static const struct {
        struct input (*input)(struct story *t);
        int most; /* of them, in a row */
    } ways[] = { { wrong_answer, 12 }, { silence, 8 }, { zero, 1 } };
    int asked = 0;

    for (int i = 0; i < CASES; i++) {
        struct arena_mark mark = arena_mark(test_arena());
        struct story *t;
        int visits;

        begin_case(2 * CASES + i);
        t = tell(1 + below(12));
        if (t->run.state == RUN_ASKING && t->facts.bot_controls && t->run.epoch == t->facts.epoch &&
            !t->run.is_confirming_opt_out) {
            int way = below(3);

            asked++;
            visits = t->run.visits;
            t->facts.window_ends_us = t->facts.answered_lately = 0;
            for (int k = 0; k < ways[way].most && !has_left(t, visits); k++)
                take(t, ways[way].input(t));
            hold(has_left(t, visits), "every question can be left");
        }
        arena_rewind(test_arena(), mark);
    }
    CHECK(asked > CASES / 20);
}
