#include "flow_tests.h"

static void
play(struct arena *a, const struct json *json, struct flow_set flows, struct coverage *coverage,
     struct flow_test *test)
{
    struct recording recording;

    test->id = json_get_text(json, "id");
    test->name = json_get_text(json, "name");
    if (test->name.len == 0)
        test->name = test->id;
    test->unreadable = recording_read(a, json, &recording);
    if (test->unreadable.code != ERR_NONE)
        return;
    recording.flow = test->flow;
    test->result = recording_play(a, &recording, flows, coverage);
    if (!test->result.has_passed)
        test->again = recording_write(a, &recording, flows);
}

void
flow_tests_play(struct arena *a, const struct json *document, struct flow_set flows,
                struct coverage *coverage, struct flow_tests *out)
{
    const struct json *tests = json_get(json_get(document, "meta"), "tests");

    out->n = json_len(tests) < FLOW_TESTS_MAX ? json_len(tests) : FLOW_TESTS_MAX;
    out->v = arena_array(a, struct flow_test, out->n + 1);
    for (size_t i = 0; i < out->n; i++) {
        out->v[i].flow = json_get_text(document, "key");
        play(a, json_at(tests, i), flows, coverage, &out->v[i]);
    }
}
