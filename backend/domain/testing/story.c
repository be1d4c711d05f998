#include "story.h"

#include "base/clock.h"

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

struct str
story_written(struct arena *a, const struct step_out *out)
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
    int64_t token = chance_in(80) ? run->ask.token : run->ask.token - chance_below(6);

    if (token < 0 || token >= 36 * 36)
        token = 0;
    return str_fmt(test_arena(), "b1.%s.%c%c.%s", chance_in(90) ? "c" : "d", digits[token / 36],
                   digits[token % 36], CHANCE_OF(options));
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
    struct said said = { .text = str_of(CHANCE_OF(texts)) };

    if (chance_in(10)) {
        said.form = (enum answer_form)chance_below(FORM__COUNT);
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
                               run->wait.token,       run->call.token,       chance_below(40) };

    return CHANCE_OF(tokens);
}

static struct call_result
draw_result(const struct run *run)
{
    static const char *const outcomes[] = { "ok", "ok", "timeout", "unavailable", "weird" };
    static const char *const data[] = { "{\"status\":200,\"json\":{\"n\":5}}", "{\"customers\":[]}",
                                        "[]", "{\"customers\":[{\"id\":\"1\",\"name\":\"Ana\"}]}" };
    struct call_result result = { .call = run->call.id, .outcome = str_of(CHANCE_OF(outcomes)) };

    if (chance_in(15))
        result.call = STR("12.1.9");
    CHECK_OK(json_parse(test_arena(), str_of(CHANCE_OF(data)), &result.data));
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
        .kind = t->count == 0 ? INPUT_START : CHANCE_OF(kinds),
        .id = str_fmt(test_arena(), "in:%d", chance_in(5) ? t->count / 2 : t->count),
        .said = draw_said(),
        .payload = draw_payload(&t->run),
        .token = draw_token(&t->run),
        .result = draw_result(&t->run),
        .mode = str_of(CHANCE_OF(modes)),
        .name = str_of(CHANCE_OF(names)),
        .code = str_of(CHANCE_OF(codes)),
        .was_served = chance_in(50),
    };

    /* The rare ends of a conversation, rarer. */
    if ((input.kind == INPUT_HANGUP || input.kind == INPUT_TICKET_CLOSED) && chance_in(80))
        input.kind = INPUT_MESSAGE;
    if (input.kind == INPUT_DIGITS)
        input.token = t->run.ask.token;
    if (chance_in(10))
        input.sent_at_us = t->now_us - 60 * US_PER_S;
    return input;
}

/* Control changes with the inputs that say so, and now and then before them. */
static void
turn_world(struct story *t, struct input *input)
{
    bool is_back = input->kind == INPUT_RETURNED || input->kind == INPUT_TICKET_CLOSED;

    t->now_us += chance_below(2000) * US_PER_S;
    if (input->kind == INPUT_TAKEN || is_back || chance_in(2)) {
        t->facts.bot_controls = is_back;
        t->facts.epoch++;
    }
    input->epoch = chance_in(90) ? t->facts.epoch : t->facts.epoch - 1;
    t->facts.window_ends_us = chance_in(10) ? t->now_us - 1 : 0;
    t->facts.answered_lately = chance_in(2) ? 40 : 0;
    for (size_t i = 0; i < t->out.effect_count; i++)
        if (t->out.effects[i].kind == EFFECT_CONSENT)
            t->facts.is_opted_out = str_has(t->out.effects[i].data, STR("opted_out"));
}

/* --- the course of it ------------------------------------------------------------------ */

struct flow_set
story_flows(const struct story *t)
{
    return (struct flow_set){ t->flows, STORY_FLOWS };
}

void
story_take(struct story *t, struct input input)
{
    struct run before = t->run;
    const struct json *json;
    struct buf b = { .arena = test_arena() };
    struct json_out o = { .buf = &b };

    t->moments[t->count++] = (struct moment){ input, t->facts, t->now_us };
    flow_step(test_arena(), story_flows(t), &t->run, &t->facts, &input, t->now_us, &t->out);
    buf_add(&t->all, story_written(test_arena(), &t->out));
    if (t->look != NULL)
        t->look(t, &before, &input);
    run_write(&o, t->out.run);
    CHECK_OK(json_parse(test_arena(), buf_str(&b), &json));
    CHECK_OK(run_read(test_arena(), json, &t->run));
}

struct story *
story_draw(void)
{
    struct story *t = arena_new_of(test_arena(), struct story);
    const struct json *json;

    t->texts[0] = story_document("main");
    t->texts[1] = story_document("part");
    for (int i = 0; i < STORY_FLOWS; i++)
        t->flows[i] = story_read(t->texts[i]);
    CHECK_OK(json_parse(test_arena(), str_of(world), &json));
    CHECK_OK(facts_read(test_arena(), json, &t->facts));
    t->run = (struct run){ .id = 12, .epoch = 1, .root = STR("main") };
    t->now_us = TEST_NOW_US;
    t->all.arena = test_arena();
    return t;
}

void
story_goes_on(struct story *t, int inputs)
{
    for (int i = 0; i < inputs; i++) {
        struct input input = draw_input(t);

        turn_world(t, &input);
        story_take(t, input);
    }
}
