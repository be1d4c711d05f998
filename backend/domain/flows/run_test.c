#include "base/testing/testing.h"

#include "run.h"

const struct card *const cards[] = { NULL };

static struct str
written(const struct run *run)
{
    struct buf b = { .arena = test_arena() };
    struct json_out o = { .buf = &b };

    run_write(&o, run);
    return buf_str(&b);
}

static struct err
read_text(struct str text, struct run *out)
{
    const struct json *json;

    CHECK_OK(json_parse(test_arena(), text, &json));
    return run_read(test_arena(), json, out);
}

/* One of everything. */
static struct run
full(void)
{
    static const struct str options[] = { STR_INIT("bill"), STR_INIT("down") };
    static struct run_answer answers[] = {
        { STR_INIT("menu"), STR_INIT("bill"), { 0 }, STR_INIT("Boleto"), 7 },
        { STR_INIT("menu"), STR_INIT("down"), { 0 }, STR_INIT("Queda"), 9 },
    };
    static struct run_variable kept[] = {
        { STR_INIT("flow.sum"), { VARIABLE_MONEY, STR_INIT("1990") }, false },
        { STR_INIT("flow.password"), { VARIABLE_TEXT, STR_INIT("12.3.1") }, true },
    };
    struct run run = {
        .id = 12,
        .epoch = 2,
        .cause = STR("inbound"),
        .root = STR("main"),
        .state = RUN_HELD,
        .at = { STR("part"), STR("menu") },
        .frames = { { STR("main"), STR("go") } },
        .frame_count = 1,
        .seq = 5,
        .steps = 9,
        .tokens = 14,
        .phase = 2,
        .scratch = STR("{\"a\":1}"),
        .visits = 9,
        .alone = 1,
        .ask = { .token = 11,
                 .first_token = 9,
                 .remind_token = 12,
                 .expire_token = 13,
                 .gather_token = 14,
                 .attempts = 1,
                 .ambiguous = 1,
                 .stale = 2,
                 .reminders = 1,
                 .asked_at_us = 5,
                 .options = options,
                 .option_count = 2,
                 .gathered = STR("minha\ninternet") },
        .is_confirming_opt_out = true,
        .wait = { 6, 7, true },
        .call = { STR("12.4.1"), STR("http"), STR("GET"), 8, true, true, STR("{}"), 45 },
        .held = { STR("taken"), 3, RUN_ASKING, STR("{\"outcome\":\"ok\"}"), 4 },
        .first_text = STR("oi \"você\""),
        .last_text = STR("boleto"),
        .last_kind = STR("text"),
        .answers = answers,
        .answer_count = 2,
        .variables = kept,
        .variable_count = 2,
        .customer = { STR("42"), STR("document"), STR("7") },
        .is_authenticated = true,
        .hours = STR("period:1"),
        .ended = { STR("finished"), STR("end"), 8 },
    };

    for (int i = 0; i < RUN_SEEN_INPUTS + 3; i++)
        run.seen[i % RUN_SEEN_INPUTS] = str_fmt(test_arena(), "in:%d", i);
    run.seen_at = 3;
    return run;
}

TEST(a_run_reads_back_as_it_was_written)
{
    struct run run = full(), again;
    struct str text = written(&run);

    CHECK_OK(read_text(text, &again));
    CHECK_STR(written(&again), str_cstr(test_arena(), text));
    CHECK_I64(again.held.was, RUN_ASKING);
    CHECK(again.call.human_after && again.variables[1].is_sealed);
    CHECK_STR(again.seen[0], "in:3"); /* the oldest that is remembered */
    CHECK_I64(again.seen_at, 0);
}

TEST(what_is_neutral_takes_no_room)
{
    struct run run = { .id = 1, .root = STR("main") };

    CHECK_STR(written(&run), "{\"id\":1,\"root\":\"main\",\"seen\":[]}");
}

TEST(what_is_no_run_is_refused)
{
    static const char *const table[] = {
        "[]",
        "{}",
        "{\"id\":1}",
        "{\"id\":\"1\",\"root\":\"main\"}",
        "{\"id\":1,\"root\":\"main\",\"state\":\"dancing\"}",
        "{\"id\":1,\"root\":\"main\",\"at\":[]}",
        "{\"id\":1,\"root\":\"main\",\"phase\":-1}",
        "{\"id\":1,\"root\":\"main\",\"frames\":[{},{},{},{},{},{},{},{},{}]}",
        "{\"id\":1,\"root\":\"main\",\"answers\":[7]}",
        "{\"id\":1,\"root\":\"main\",\"seen\":[null]}",
    };
    struct run run;

    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        CHECK_FAIL(read_text(str_of(table[i]), &run), ERR_INVALID, "run");
}

TEST(the_last_answer_of_a_card_counts)
{
    struct run run = full();

    CHECK_STR(run_answered(&run, STR("menu"))->option, "down");
    CHECK(run_answered(&run, STR("other")) == NULL);
    CHECK_STR(run_variable(&run, STR("flow.sum"))->value.text, "1990");
    CHECK(run_variable(&run, STR("flow.none")) == NULL);
}
