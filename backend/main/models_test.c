/*
 * The flows that come with the product, and the demo's: each is as the product would save it, has nothing that a linter
 * complains of, and the conversations recorded beside it go on as they went.
 */
#include "base/testing/testing.h"
#include "domain/flows/canonical.h"
#include "domain/flows/flow_tests.h"
#include "domain/flows/flows.h"
#include "domain/flows/lint.h"
#include "domain/testing/terms.h"
#include "main/flow_files.h"

#include <glob.h>
#include <stdio.h>

enum { FILE_MAX_BYTES = 1 << 20, RECORDINGS_EACH = 3 };

/* Those that a channel starts: consent stands first in them. */
static const char *const bound[] = { "clinica", "escola", "loja", "provedor", "recepcao" };

#define DEMO "../db/seed/"

static bool
is_bound(struct str key)
{
    for (size_t i = 0; i < sizeof bound / sizeof bound[0]; i++)
        if (str_eq(key, str_of(bound[i])))
            return true;
    return false;
}

/* fn for every file of the pattern; there are some. */
static size_t
each(const char *pattern, void (*fn)(const char *path))
{
    glob_t found = { 0 };
    size_t n;

    CHECK(glob(pattern, 0, NULL, &found) == 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        fn(str_cstr(test_arena(), str_of(found.gl_pathv[i])));
    n = found.gl_pathc;
    globfree(&found);
    return n;
}

static bool
is_recording(const char *path)
{
    return str_ends(str_of(path), STR(".test.json"));
}

static struct str
text_of(const char *path)
{
    FILE *file = fopen(path, "re");
    char *text = arena_alloc(test_arena(), FILE_MAX_BYTES);
    size_t n;

    CHECK(file != NULL);
    n = fread(text, 1, FILE_MAX_BYTES, file);
    fclose(file);
    return (struct str){ text, n };
}

static void
check_form(const char *path)
{
    const struct json *json;
    struct str filled;

    if (is_recording(path))
        return;
    CHECK_OK(document_fill(test_arena(), text_of(path), &filled));
    CHECK_OK(json_parse(test_arena(), filled, &json));
    CHECK_STR(canonical_file(test_arena(), json), str_cstr(test_arena(), text_of(path)));
    terms_check(text_of(path));
}

TEST(every_model_is_as_the_product_would_save_it)
{
    each("models/*.json", check_form);
    each(DEMO "*.json", check_form);
}

static void
check_lint(const char *path)
{
    struct flow_files files = { .arena = test_arena() };
    struct lint_world world = { .capability_count = 0 };

    if (is_recording(path))
        return;
    CHECK_OK(flow_files_read(&files, path));
    world.is_bound = is_bound(files.documents[0]->key);
    lint_document(test_arena(), files.documents[0], &world, files.findings);
    for (size_t i = 0; i < files.findings->n; i++)
        CHECK_STR(finding_message(test_arena(), files.findings->v + i), "");
}

TEST(a_linter_finds_nothing_in_a_model)
{
    each("models/*.json", check_lint);
    each(DEMO "*.json", check_lint);
}

static void
check_recording(const char *path)
{
    struct flow_files files = { .arena = test_arena() };
    struct recording_result result;
    struct recording recording;
    const struct json *json;

    CHECK_OK(flow_files_json(test_arena(), path, &json));
    CHECK_OK(recording_read(test_arena(), json, &recording));
    CHECK(str_ends(str_of(path), str_fmt(test_arena(), "/%.*s.%.*s.test.json",
                                         STR_ARG(recording.flow), STR_ARG(recording.id))));
    CHECK_OK(flow_files_beside(&files, path, recording.flow));
    CHECK_OK(flow_files_closure(&files, path));
    result = recording_play(test_arena(), &recording, flow_files_set(&files), NULL);
    CHECK_STR(result.got, result.has_passed ? "" : str_cstr(test_arena(), result.expected));
    CHECK(result.has_passed);
}

TEST(the_conversations_recorded_of_models_go_on_as_they_went)
{
    each("models/*.test.json", check_recording);
    each(DEMO "*.test.json", check_recording);
}

/* As it is made: its recordings are saved with each flow, and played before that is published. */
static void
check_made(const struct flow_model *model)
{
    struct flow_document *documents[FLOW_MODEL_FLOWS];
    const struct json *bundle, *flows, *filled[FLOW_MODEL_FLOWS];
    struct flow_set set = { .v = (const struct flow_document *const *)documents };
    struct findings findings = { .arena = test_arena() };

    CHECK_OK(flow_model_bundle(test_arena(), model, &bundle));
    flows = json_get(bundle, "flows");
    for (; set.n < json_len(flows); set.n++) {
        struct str text = json_print(test_arena(), json_at(flows, set.n));

        CHECK_OK(document_fill(test_arena(), text, &text));
        CHECK_OK(json_parse(test_arena(), text, &filled[set.n]));
        CHECK_OK(document_read(test_arena(), filled[set.n], &findings, &documents[set.n]));
    }
    for (size_t i = 0; i < set.n; i++) {
        struct flow_tests tests;

        flow_tests_play(test_arena(), filled[i], set, NULL, &tests);
        CHECK(tests.n >= (i == 0 ? RECORDINGS_EACH : 1));
        for (size_t k = 0; k < tests.n; k++) {
            CHECK_OK(tests.v[k].unreadable);
            CHECK(tests.v[k].result.has_passed);
        }
    }
}

TEST(a_model_is_made_with_what_was_recorded_of_it)
{
    for (const struct flow_model *model = flow_models; model->key != NULL; model++)
        check_made(model);
}

static void
look(const char *path)
{
    (void)path;
}

TEST(each_model_has_its_three_recordings)
{
    static const char *const models[] = { "clinica", "escola", "fora-do-horario", "loja",
                                          "provedor" };

    for (size_t i = 0; i < sizeof models / sizeof models[0]; i++)
        CHECK(
            each(str_cstr(test_arena(), str_fmt(test_arena(), "models/%s.*.test.json", models[i])),
                 look) >= RECORDINGS_EACH);
    CHECK(each(DEMO "recepcao.*.test.json", look) >= RECORDINGS_EACH);
}
