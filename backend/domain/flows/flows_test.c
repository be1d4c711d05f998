#include "domain/flows/flows.h"
#include "domain/testing/fixtures.h"

/* What a document of the account may name. */
struct house {
    struct cx *cx;
    struct department_id department;
    struct close_reason_id reason;
};

static struct house
house(struct cx *cx)
{
    struct house h = { .cx = cx };

    test_member(cx, "administrator");
    h.department = test_department(cx, "Recepção");
    test_join(cx, h.department);
    h.reason = test_reason(cx, "Resolvido", "");
    return h;
}

/* Greets and ends. */
static struct str
greeting(const struct house *h, const char *key, const char *text)
{
    return str_fmt(
        test_arena(),
        "{\"format\":\"balcao-flow\",\"format_version\":1,\"key\":\"%s\",\"name\":\"Saudação\","
        "\"channels\":[\"webchat\"],\"start\":\"ola\",\"settings\":{\"fallback\":{\"department\":"
        "\"department:%lld\"}},\"cards\":[{\"id\":\"ola\",\"type\":\"send_message\",\"v\":1,"
        "\"position\":{\"x\":0,\"y\":0},\"settings\":{\"kind\":\"text\",\"text\":\"%s\"}},"
        "{\"id\":\"fim\",\"type\":\"finish\",\"v\":1,\"position\":{\"x\":0,\"y\":0},\"settings\":"
        "{\"reason\":\"reason:%lld\"}}],\"connectors\":[{\"from\":\"ola\",\"outlet\":\"next\","
        "\"to\":\"fim\"}]}",
        key, (long long)h->department.v, text, (long long)h->reason.v);
}

static struct flow_id
made(const struct house *h, const char *key)
{
    struct flow_id id;

    CHECK_OK(
        flows_create(h->cx, (struct str){ 0 }, (struct str){ 0 }, greeting(h, key, "Olá!"), &id));
    return id;
}

static struct flow_version
published(struct cx *cx, struct flow_id id, int64_t revision)
{
    struct findings findings = { 0 };
    struct flow_version version;

    CHECK_OK(flow_versions_publish(cx, id, &(struct flow_publication){ revision, STR("nota") },
                                   &version, &findings));
    return version;
}

TEST(publishing_twice_is_publishing_once_and_leaves_the_trail_it_should)
{
    struct cx *cx = test_cx();
    struct house h = house(cx);
    struct flow_version version;
    struct flow_id id;
    struct flow flow;

    id = made(&h, "saudacao");
    version = published(cx, id, 1);
    CHECK_I64(version.number, 1);
    CHECK_I64(published(cx, id, 1).number, 1);
    CHECK_OK(flows_get(cx, id, &flow));
    CHECK_I64(flow.live_number, 1);
    CHECK(!flow.draft.is_changed);
    CHECK_I64(test_audit(cx, "flow.created"), 1);
    CHECK_I64(test_audit(cx, "flow.published"), 2);
    CHECK_I64(test_events(cx, "flow.changed"), 2);
}

TEST(a_draft_that_moved_on_is_not_overwritten_and_shown)
{
    struct cx *cx = test_cx();
    struct house h = house(cx);
    struct findings findings;
    struct flow_draft draft;
    struct flow_id id;

    id = made(&h, "saudacao");
    CHECK_OK(flow_draft_save(cx, id, 1, greeting(&h, "saudacao", "Segunda"), &draft, &findings));
    CHECK_I64(draft.revision, 2);
    CHECK_FAIL(flow_draft_save(cx, id, 1, greeting(&h, "saudacao", "Tarde"), &draft, &findings),
               ERR_CONFLICT, "flow_moved_on");
    CHECK_I64(draft.revision, 2);
    CHECK(str_has(draft.document, STR("Segunda")));
    CHECK_OK(flow_draft_save(cx, id, 2, draft.document, &draft, &findings));
    CHECK_I64(draft.revision, 2);
}

TEST(what_others_name_is_not_removed_and_what_begins_somewhere_neither)
{
    struct cx *cx = test_cx();
    struct house h = house(cx);
    struct flow_start start = { .kind = START_FIRST_TEXT, .first_text = STR("Quero comprar!") };
    struct findings findings = { 0 };
    struct flow_id id, unfit;
    struct db_rows users;

    id = made(&h, "saudacao");
    start.flow_id = id.v;
    CHECK_FAIL(flow_starts_save(cx, &start, 1, &unfit, &findings), ERR_CONFLICT,
               "flow_is_not_live");
    published(cx, id, 1);
    CHECK_OK(flow_starts_save(cx, &start, 1, &unfit, &findings));
    CHECK_STR(start.first_text, "quero comprar");
    CHECK_FAIL(flows_remove(cx, id, &users), ERR_CONFLICT, "flow_is_started");
    CHECK_OK(flow_starts_save(cx, &start, 0, &unfit, &findings));
    CHECK_OK(flows_remove(cx, id, &users));
    CHECK_FAIL(flows_remove(cx, id, &users), ERR_NOT_FOUND, "not_found");
}

TEST(keys_are_made_of_names_and_never_given_twice)
{
    struct cx *cx = test_cx();
    static const struct {
        const char *name, *key;
    } rows[] = {
        { "Ônibus & metrô", "onibus-metro" },
        { "ônibus  metrô!", "onibus-metro-2" },
        { "24 horas", "fluxo" },
        { "東京", "fluxo-2" },
        { "x", "fluxo-3" },
        { "Um nome que é bem mais comprido do que uma chave pode ser",
          "um-nome-que-e-bem-mais-comprido-do-que-u" },
    };

    test_member(cx, "administrator");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct flow_id id;
        struct flow flow;

        CHECK_OK(flows_create(cx, str_of(rows[i].name), (struct str){ 0 }, (struct str){ 0 }, &id));
        CHECK_OK(flows_get(cx, id, &flow));
        CHECK_STR(flow.key, rows[i].key);
    }
}

TEST(another_accounts_flow_does_not_exist)
{
    struct cx *ours = test_cx(), *theirs;
    struct house h = house(ours);
    struct findings findings = { 0 };
    struct flow_version version;
    struct flow_draft draft;
    struct flow_id id;
    struct flow flow;

    id = made(&h, "saudacao");
    published(ours, id, 1);
    theirs = test_cx();
    test_member(theirs, "administrator");
    CHECK_FAIL(flows_get(theirs, id, &flow), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(flow_draft_get(theirs, id, &draft), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(flow_versions_get(theirs, id, 1, &version), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(flow_versions_publish(theirs, id, &(struct flow_publication){ .revision = 1 },
                                     &version, &findings),
               ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(flows_enable(theirs, id, false), ERR_NOT_FOUND, "not_found");
}
