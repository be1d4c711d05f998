/*
 * Playing with a flow: a conversation by hand, and the ones that were recorded. Both only look.
 */
#include "conversation.h"
#include "flows_private.h"

#include "base/clock.h"

#include "flows_simulate.sql.h"

enum { BODY_BYTES_MAX = 256 << 10, TEST_ID_MAX = 40, TEST_NAME_MAX = 120 };

/* --- a conversation by hand -------------------------------------------------------------- */

struct simulate_body {
    int64_t version;
    const struct json *given, *stubs, *steps;
    struct str test_id, test_name;
};

static const struct json_field simulate_fields[] = {
    { "version", JSON_ID, false, offsetof(struct simulate_body, version), 0 },
    { "given", JSON_ANY, false, offsetof(struct simulate_body, given), 0 },
    { "stubs", JSON_ANY, false, offsetof(struct simulate_body, stubs), 0 },
    { "steps", JSON_ANY, false, offsetof(struct simulate_body, steps), 0 },
    { "test_id", JSON_STR, false, offsetof(struct simulate_body, test_id), TEST_ID_MAX },
    { "test_name", JSON_STR, false, offsetof(struct simulate_body, test_name), TEST_NAME_MAX },
    { 0 },
};

struct scene {
    struct flow_text text;
    struct findings findings;
    struct flow_set flows; /* its own first */
    struct recording recording;
    struct conversation conversation;
};

static struct err
require_kind(const struct json **v, enum json_kind kind, const char *field)
{
    if (json_kind(*v) == JSON_NULL)
        *v = NULL;
    if (*v == NULL)
        return OK;
    if (json_kind(*v) != kind)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", field);
    /* Whatever is played can be kept in a document. */
    return canonical_require(*v);
}

static struct err
read_body(struct req *req, struct simulate_body *body)
{
    if (req->body.len > BODY_BYTES_MAX)
        return FAIL(ERR_TOO_LARGE, "body_too_large");
    TRY(req_body(req, simulate_fields, body));
    TRY(require_kind(&body->given, JSON_OBJECT, "given"));
    TRY(require_kind(&body->stubs, JSON_ARRAY, "stubs"));
    return require_kind(&body->steps, JSON_ARRAY, "steps");
}

/* The draft, or a version, with all that it reaches. */
static struct err
read_flows(struct cx *cx, struct flow_id id, int64_t version, struct scene *scene)
{
    struct flow_set others;
    const struct flow_document **v;
    struct flow_version published;
    struct flow_draft draft;

    TRY(flow_draft_get(cx, id, &draft));
    if (version > INT32_MAX)
        return FAIL(ERR_NOT_FOUND, "not_found");
    if (version > 0) {
        TRY(flow_versions_get(cx, id, version, &published));
        draft.document = published.document;
    }
    scene->findings = flow_findings(cx, draft.key);
    TRY(flow_text_read(cx, draft.document, &scene->findings, &scene->text));
    TRY(flow_closure(cx, id, scene->text.refs, &others));
    v = arena_array(cx->arena, const struct flow_document *, others.n + 1);
    v[0] = scene->text.document;
    for (size_t i = 0; i < others.n; i++)
        v[i + 1] = others.v[i];
    scene->flows = (struct flow_set){ v, others.n + 1 };
    return flow_lint(cx, id, &scene->text, 0, NULL, &scene->findings);
}

static enum flow_channel
first_channel(const struct flow_document *document)
{
    for (int i = 0; i < FLOW_CHANNEL__COUNT; i++)
        if (FLOW_HAS(document->channels, i))
            return (enum flow_channel)i;
    return FLOW_WEBCHAT;
}

/* "2026-11-20T09:30:00-03:00" */
static struct str
clock_text(struct arena *a, struct str wall, int64_t offset_s)
{
    int64_t minutes = (offset_s < 0 ? -offset_s : offset_s) / 60;

    return str_fmt(a, "%.*s%c%02d:%02d", STR_ARG(wall), offset_s < 0 ? '-' : '+',
                   (int)(minutes / 60), (int)(minutes % 60));
}

static struct err
set_scene(struct cx *cx, const struct simulate_body *body, struct scene *scene)
{
    struct given_defaults defaults = { .channel = first_channel(scene->text.document) };
    const struct json *given;
    struct db_row row;

    TRY(db_one(cx, &SQL_scene_now, &row, P_ID(cx->account), P_TIME(cx->now_us)));
    defaults.now = clock_text(cx->arena, db_str(&row, 0), db_i64(&row, 1));
    defaults.company = db_str(&row, 2);
    TRY(json_parse(cx->arena, given_complete(cx->arena, body->given, scene->flows, &defaults),
                   &given));
    return recording_make(cx->arena, scene->text.key, given, body->stubs, body->steps,
                          &scene->recording);
}

/* Of the cards that the conversation came by. */
static void
write_findings(struct json_out *o, struct arena *a, const struct scene *scene)
{
    const struct simulation *s = scene->conversation.simulation;
    struct findings met = { .arena = a };

    for (size_t i = 0; i < scene->findings.n; i++) {
        const struct finding *f = scene->findings.v + i;
        bool is_met = false;

        for (size_t k = 0; k < s->trace_count && !is_met; k++)
            is_met = f->card.len > 0 && str_eq(s->trace[k].card, f->card) &&
                     str_eq(s->trace[k].flow, f->flow);
        if (is_met)
            *findings_add(&met, f->code, f->card) = *f;
    }
    json_key(o, "findings");
    findings_write(o, a, &met);
}

static struct err
post_simulate(struct cx *cx, struct req *req, struct res *res)
{
    struct scene *scene = arena_new_of(cx->arena, struct scene);
    struct simulate_body body = { 0 };
    struct flow_id id;
    struct json_out o;
    int64_t opening_us;

    TRY(req_path_id(req, "id", &id.v));
    TRY(read_body(req, &body));
    TRY(read_flows(cx, id, body.version, scene));
    TRY(set_scene(cx, &body, scene));
    TRY(conversation_play(cx->arena, &scene->recording, scene->flows, &scene->conversation));
    TRY(flow_next_opening(cx, scene->flows, scene->conversation.simulation->now_us, &opening_us));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    conversation_write(&o, &scene->conversation);
    json_kv_time(&o, "next_opening_at", opening_us);
    write_findings(&o, cx->arena, scene);
    json_key(&o, "given");
    json_put_raw(&o, json_print(cx->arena, scene->recording.given));
    json_key(&o, "test");
    if (body.test_id.len == 0) {
        json_put_null(&o);
    } else {
        scene->recording.id = body.test_id;
        scene->recording.name = body.test_name;
        json_put_raw(&o, recording_write(cx->arena, &scene->recording, scene->flows));
    }
    json_close(&o, '}');
    return res_json_end(res);
}

/* --- recorded ones ------------------------------------------------------------------------ */

static void
write_test(struct json_out *o, const struct flow_test *test)
{
    const struct recording_result *result = &test->result;
    bool is_read = test->unreadable.code == ERR_NONE;

    json_open(o, '{');
    json_kv_id(o, "flow_id", test->flow_id);
    json_kv_str(o, "flow", test->flow);
    json_kv_str(o, "id", test->id.p == NULL ? STR("") : test->id);
    json_kv_str(o, "name", test->name.p == NULL ? STR("") : test->name);
    json_kv_bool(o, "has_passed", result->has_passed);
    json_kv_str(o, "unreadable", is_read ? (struct str){ 0 } : str_of(test->unreadable.slug));
    json_key(o, "difference");
    if (result->has_passed || !is_read) {
        json_put_null(o);
    } else {
        json_open(o, '{');
        json_kv_i64(o, "step", result->step);
        json_kv_str(o, "card", result->card.p == NULL ? STR("") : result->card);
        json_kv_str(o, "expected", result->expected.p == NULL ? STR("") : result->expected);
        json_kv_str(o, "got", result->got.p == NULL ? STR("") : result->got);
        json_close(o, '}');
    }
    json_key(o, "again");
    if (test->again.len == 0)
        json_put_null(o);
    else
        json_put_raw(o, test->again);
    json_close(o, '}');
}

static void
write_covered(struct json_out *o, const struct covered *covered)
{
    json_key(o, "covered");
    json_open(o, '{');
    json_kv_i64(o, "cards", covered->cards);
    json_kv_i64(o, "cards_reached", covered->cards_reached);
    json_kv_i64(o, "outlets", covered->outlets);
    json_kv_i64(o, "outlets_reached", covered->outlets_reached);
    json_close(o, '}');
}

static struct err
get_tests(struct cx *cx, struct req *req, struct res *res)
{
    struct flow_tests_report report;
    struct findings unread;
    struct flow_draft draft;
    struct flow_text text;
    struct flow_id id;
    struct json_out o;

    TRY(req_path_id(req, "id", &id.v));
    TRY(flow_draft_get(cx, id, &draft));
    unread = flow_findings(cx, draft.key);
    TRY(flow_text_read(cx, draft.document, &unread, &text));
    TRY(flow_tests_run(cx, id, &text, &report));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_i64(&o, "revision", draft.revision);
    write_covered(&o, &report.covered);
    json_key(&o, "data");
    json_open(&o, '[');
    for (size_t i = 0; i < report.tests.n; i++)
        write_test(&o, report.tests.v + i);
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route flow_simulate_routes[] = {
    { POST, "/api/v1/flows/:id/simulate", "flows.simulate", TX_READ, post_simulate, ACCESS_MEMBER,
      BODY_JSON, NULL },
    { GET, "/api/v1/flows/:id/tests", "flows.view", TX_READ, get_tests, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { 0 },
};
