/*
 * balcaoctl flow: flows as files, looked at without a house around them. What is found is printed a line each, for eyes
 * and for whatever gates a change of a flow kept under version control.
 *
 *   flow check [--bound] FILE…   0 clean or warnings only, 1 errors, 2 something could not be read
 *   flow format FILE             the canonical form, every default written out
 *   flow test FILE…              recorded conversations, each in a file or saved within flows: 0 passed, 1 differs,
 *                                2 something could not be read
 */
#include "main/ctl.h"
#include "main/flow_files.h"

#include "domain/flows/canonical.h"
#include "domain/flows/flow_tests.h"
#include "domain/flows/lint.h"

#include <stdio.h>

enum { STATUS_CLEAN, STATUS_DIFFERS, STATUS_UNREADABLE };

static void
worsen(struct call *call, int status)
{
    call->status = call->status > status ? call->status : status;
}

static void
tell_unreadable(struct call *call, const char *path, struct err failed)
{
    bool is_path = failed.field != NULL && strcmp(failed.field, path) == 0;

    fprintf(stderr, "%s: %s%s%s\n", path, failed.slug, failed.field == NULL || is_path ? "" : " ",
            failed.field == NULL || is_path ? "" : failed.field);
    worsen(call, STATUS_UNREADABLE);
}

/* --- check ----------------------------------------------------------------------------- */

static void
print_place(struct str word, const char *before)
{
    if (word.len > 0)
        printf("%s%.*s", before, STR_ARG(word));
}

/* "menu.json: menu error L202: “…” tem 30 caracteres… Encurte o texto." */
static void
print_finding(struct arena *a, const char *path, const struct finding *f)
{
    struct str message = finding_message(a, f);
    const char *fix = finding_fix(f);

    printf("%s:", path);
    print_place(f->card, " ");
    print_place(f->outlet, " ");
    print_place(f->setting, ".");
    print_place(f->option, ".");
    print_place(f->channel, " ");
    printf(" %s %s: %.*s%s%s\n", finding_severity_names[f->severity], f->code, STR_ARG(message),
           fix == NULL ? "" : " ", fix == NULL ? "" : fix);
}

/* The others of a set: a flow is not beside itself. */
static struct flow_set
all_but(struct arena *a, const struct flow_files *files, size_t but)
{
    const struct flow_document **others = arena_array(a, const struct flow_document *, files->n);
    size_t n = 0;

    for (size_t i = 0; i < files->n; i++)
        if (i != but)
            others[n++] = files->documents[i];
    return (struct flow_set){ others, n };
}

static void
check_file(struct call *call, const char *path)
{
    struct flow_files files = { .arena = call->cx.arena };
    struct err failed = flow_files_read(&files, path);
    size_t own = files.n;

    if (failed.code == ERR_NONE)
        failed = flow_files_closure(&files, path);
    if (failed.code != ERR_NONE) {
        tell_unreadable(call, path, failed);
        return;
    }
    for (size_t i = 0; i < own; i++) {
        struct lint_world world = { .flows = all_but(files.arena, &files, i),
                                    .is_bound = ctl_has(call, "--bound") };
        struct findings *findings = &files.findings[i];

        lint_document(files.arena, files.documents[i], &world, findings);
        for (size_t k = 0; k < findings->n; k++)
            print_finding(files.arena, path, findings->v + k);
        if (findings_count(findings, FINDING_ERROR) > 0)
            worsen(call, STATUS_DIFFERS);
    }
}

/* --- format ---------------------------------------------------------------------------- */

static void
format_file(struct call *call, const char *path)
{
    struct arena *a = call->cx.arena;
    const struct json *json;
    struct str text = { 0 };
    struct err failed = flow_files_json(a, path, &json);

    if (failed.code == ERR_NONE)
        failed = document_fill(a, json_print(a, json), &text);
    if (failed.code == ERR_NONE)
        failed = json_parse(a, text, &json);
    if (failed.code != ERR_NONE) {
        tell_unreadable(call, path, failed);
        return;
    }
    text = canonical_file(a, json);
    fwrite(text.p, 1, text.len, stdout);
}

/* --- test ------------------------------------------------------------------------------ */

static void
tell_result(struct call *call, struct str flow, struct str id, struct recording_result result)
{
    printf("%s %.*s %.*s", result.has_passed ? "ok" : "differs", STR_ARG(flow), STR_ARG(id));
    if (!result.has_passed)
        printf(" step %d card %.*s: expected %.*s, got %.*s", result.step, STR_ARG(result.card),
               STR_ARG(result.expected), STR_ARG(result.got));
    printf("\n");
    worsen(call, result.has_passed ? STATUS_CLEAN : STATUS_DIFFERS);
}

/* A recording in a file of its own: its flow lies beside it. */
static struct err
test_recording(struct call *call, const char *path, const struct json *json,
               struct flow_files *files, struct coverage *coverage)
{
    struct recording recording;

    TRY(recording_read(files->arena, json, &recording));
    TRY(flow_files_beside(files, path, recording.flow));
    TRY(flow_files_closure(files, path));
    tell_result(call, recording.flow, recording.id,
                recording_play(files->arena, &recording, flow_files_set(files), coverage));
    return OK;
}

/* Flows that keep their recordings with them. */
static struct err
test_saved(struct call *call, const char *path, struct flow_files *files, struct coverage *coverage)
{
    size_t first = files->n, end;

    TRY(flow_files_read(files, path));
    end = files->n;
    TRY(flow_files_closure(files, path));
    for (size_t i = first; i < end; i++) {
        struct flow_tests tests;

        flow_tests_play(files->arena, files->documents[i]->json, flow_files_set(files), coverage,
                        &tests);
        for (size_t k = 0; k < tests.n; k++)
            if (tests.v[k].unreadable.code != ERR_NONE)
                tell_unreadable(call, path, tests.v[k].unreadable);
            else
                tell_result(call, tests.v[k].flow, tests.v[k].id, tests.v[k].result);
    }
    return OK;
}

static void
test_file(struct call *call, const char *path, struct flow_files *files, struct coverage *coverage)
{
    const struct json *json;
    struct err failed = flow_files_json(files->arena, path, &json);

    if (failed.code == ERR_NONE)
        failed = str_eq(json_get_text(json, "format"), STR("balcao-flow-test"))
                     ? test_recording(call, path, json, files, coverage)
                     : test_saved(call, path, files, coverage);
    if (failed.code != ERR_NONE)
        tell_unreadable(call, path, failed);
}

static void
print_coverage(const struct flow_files *files, const struct coverage *coverage)
{
    for (size_t i = 0; i < files->n; i++) {
        struct covered covered = coverage_of(coverage, files->documents[i]);

        printf("%.*s: %d of %d cards, %d of %d outlets\n", STR_ARG(files->documents[i]->key),
               covered.cards_reached, covered.cards, covered.outlets_reached, covered.outlets);
    }
}

static void
test_files(struct call *call)
{
    struct flow_files files = { .arena = call->cx.arena };
    struct coverage coverage = { .arena = call->cx.arena };

    for (int i = 1; i < call->n; i++)
        test_file(call, call->words[i], &files, &coverage);
    print_coverage(&files, &coverage);
}

/* --- the command ------------------------------------------------------------------------ */

static void
each_file(struct call *call, void (*look)(struct call *call, const char *path))
{
    for (int i = 1; i < call->n; i++)
        if (strcmp(call->words[i], "--bound") != 0)
            look(call, call->words[i]);
}

struct err
ctl_flow(struct call *call)
{
    if (call->n < 2)
        return FAIL(ERR_INVALID, "usage");
    if (ctl_is_word(call, 0, "check"))
        each_file(call, check_file);
    else if (ctl_is_word(call, 0, "format") && call->n == 2)
        each_file(call, format_file);
    else if (ctl_is_word(call, 0, "test"))
        test_files(call);
    else
        return FAIL(ERR_INVALID, "usage");
    return OK;
}
