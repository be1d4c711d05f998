#include "domain/answers/answers.h"
#include "domain/testing/fixtures.h"

#include <stdio.h>

static struct answer
wanted(struct cx *cx, enum answer_scope scope, const char *shortcut)
{
    return (struct answer){ .scope = scope,
                            .member = scope == ANSWER_OWN ? cx->member : (struct member_id){ 0 },
                            .title = str_fmt(test_arena(), "Título %s", shortcut),
                            .shortcut = str_of(shortcut),
                            .body = STR("Olá, {{contact.first_name}}!"),
                            .is_active = true };
}

static struct answer
saved(struct cx *cx, enum answer_scope scope, const char *shortcut)
{
    struct answer want = wanted(cx, scope, shortcut), out;

    CHECK_OK(answers_save(cx, &want, (struct json_ids){ 0 }, &out));
    return out;
}

static struct answer
of_department(struct cx *cx, struct department_id department, const char *shortcut)
{
    struct answer want = wanted(cx, ANSWER_DEPARTMENT, shortcut), out;

    want.department = department;
    CHECK_OK(answers_save(cx, &want, (struct json_ids){ 0 }, &out));
    return out;
}

/* "a b c": shortcuts of what the words find, best first. */
static struct str
suggested(struct cx *cx, const char *words)
{
    struct buf b = { .arena = test_arena() };
    struct answer_list list;

    CHECK_OK(answers_suggest(cx, str_of(words), 20, &list));
    for (size_t i = 0; i < list.n; i++)
        buf_fmt(&b, "%s%.*s", i == 0 ? "" : " ", STR_ARG(list.v[i].shortcut));
    return buf_str(&b);
}

/* An upload of the member of the call, with bytes behind it. */
static struct attachment
uploaded(struct cx *cx)
{
    const char *path = str_cstr(test_arena(), str_fmt(test_arena(), "%s/upload", test_dir()));
    struct attachment out;
    FILE *file = fopen(path, "w");

    CHECK(file != NULL && fputs("%PDF-1.4\n%%EOF\n", file) > 0 && fclose(file) == 0);
    CHECK_OK(messages_upload(cx,
                             &(struct upload){ .file = str_of(path),
                                               .content_length = -1,
                                               .filename = STR("tabela.pdf"),
                                               .max_bytes = 1000 },
                             &out));
    return out;
}

TEST(an_answer_is_made_changed_used_and_removed_on_the_trail)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct answer answer, changed;
    struct answer_ready ready;

    test_member(cx, "administrator");
    answer = saved(cx, ANSWER_ACCOUNT, "oi");
    changed = answer;
    changed.title = STR("Saudação");
    CHECK_OK(answers_save(cx, &changed, (struct json_ids){ 0 }, &answer));
    CHECK_STR(answer.title, "Saudação");
    CHECK_OK(answers_use(cx, answer.id, ticket.id, &ready));
    CHECK(!str_has(ready.text.text, STR("{{")));
    CHECK_OK(answers_get(cx, answer.id, &answer));
    CHECK_I64(answer.use_count, 1);
    CHECK_I64(answer.last_used_at_us, cx->now_us);
    CHECK_OK(answers_remove(cx, answer.id));
    CHECK_FAIL(answers_get(cx, answer.id, &answer), ERR_NOT_FOUND, "not_found");
    CHECK_I64(test_audit(cx, "answer.created"), 1);
    CHECK_I64(test_audit(cx, "answer.edited"), 1);
    CHECK_I64(test_audit(cx, "answer.used"), 1);
    CHECK_I64(test_audit(cx, "answer.removed"), 1);
}

TEST(words_find_shortcuts_first_then_titles_then_texts_without_accents)
{
    struct cx *cx = test_cx();
    struct answer want, out;

    test_member(cx, "administrator");
    saved(cx, ANSWER_ACCOUNT, "segunda-via");
    saved(cx, ANSWER_ACCOUNT, "segunda");
    want = wanted(cx, ANSWER_ACCOUNT, "boleto");
    want.title = STR("Segunda via de boleto");
    want.body = STR("Segue a segunda via.");
    CHECK_OK(answers_save(cx, &want, (struct json_ids){ 0 }, &out));
    want = wanted(cx, ANSWER_ACCOUNT, "visita");
    want.title = STR("Visita técnica");
    want.body = STR("Agendei para SEGÚNDA.");
    CHECK_OK(answers_save(cx, &want, (struct json_ids){ 0 }, &out));

    CHECK_STR(suggested(cx, "segunda"), "segunda segunda-via boleto visita");
    CHECK_STR(suggested(cx, "Técnica"), "visita");
    CHECK_STR(suggested(cx, "tecnica"), "visita");
    CHECK_STR(suggested(cx, "100%"), "");
    CHECK_STR(suggested(cx, "t_tulo"), "");
}

TEST(without_words_ones_own_and_the_most_used_come_first)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct answer_ready ready;

    test_member(cx, "administrator");
    saved(cx, ANSWER_ACCOUNT, "a");
    CHECK_OK(answers_use(cx, saved(cx, ANSWER_ACCOUNT, "b").id, ticket.id, &ready));
    saved(cx, ANSWER_OWN, "c");
    CHECK_STR(suggested(cx, ""), "c b a");
}

TEST(an_inactive_one_is_listed_but_neither_suggested_nor_used)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct answer want = wanted(cx, ANSWER_OWN, "oi"), answer;
    struct answer_ready ready;
    struct answer_list list;

    want.is_active = false;
    CHECK_OK(answers_save(cx, &want, (struct json_ids){ 0 }, &answer));
    CHECK_STR(suggested(cx, "oi"), "");
    CHECK_OK(answers_list(cx, &(struct answer_wish){ .limit = 10 }, &list));
    CHECK_I64((int64_t)list.n, 1);
    CHECK_FAIL(answers_use(cx, answer.id, ticket.id, &ready), ERR_NOT_FOUND, "not_found");
}

TEST(a_department_keeps_its_answers_among_those_who_serve_in_it)
{
    struct cx *cx = test_cx();
    struct department_id sales = test_department(cx, "Sales");
    struct answer answer;

    test_member(cx, "administrator");
    answer = of_department(cx, sales, "preco");
    test_member(cx, "agent");
    CHECK_FAIL(answers_get(cx, answer.id, &answer), ERR_NOT_FOUND, "not_found");
    CHECK_STR(suggested(cx, ""), "");
    test_join(cx, sales);
    CHECK_STR(suggested(cx, "preco"), "preco");
}

TEST(what_is_ones_own_is_nobody_elses)
{
    struct cx *cx = test_cx();
    struct answer answer;

    test_member(cx, "agent");
    answer = saved(cx, ANSWER_OWN, "oi");
    test_member(cx, "administrator");
    CHECK_FAIL(answers_get(cx, answer.id, &answer), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(answers_remove(cx, answer.id), ERR_NOT_FOUND, "not_found");
}

TEST(a_scope_is_written_by_who_may)
{
    struct cx *cx = test_cx();
    struct answer answer, want, out;

    test_member(cx, "administrator");
    answer = saved(cx, ANSWER_ACCOUNT, "oi");
    test_member(cx, "agent");
    want = wanted(cx, ANSWER_ACCOUNT, "tchau");
    CHECK_FAIL(answers_save(cx, &want, (struct json_ids){ 0 }, &out), ERR_FORBIDDEN,
               "permission_denied");
    want = wanted(cx, ANSWER_OWN, "oi2");
    want.id = answer.id;
    CHECK_FAIL(answers_save(cx, &want, (struct json_ids){ 0 }, &out), ERR_FORBIDDEN,
               "permission_denied");
    CHECK_FAIL(answers_remove(cx, answer.id), ERR_FORBIDDEN, "permission_denied");
}

TEST(a_shortcut_means_one_answer_to_whoever_types_it)
{
    struct cx *cx = test_cx();
    struct answer want, out;

    test_member(cx, "administrator");
    saved(cx, ANSWER_ACCOUNT, "oi");
    want = wanted(cx, ANSWER_OWN, "oi");
    CHECK_FAIL(answers_save(cx, &want, (struct json_ids){ 0 }, &out), ERR_CONFLICT,
               "shortcut_is_taken");
    out = saved(cx, ANSWER_OWN, "ola");
    CHECK_OK(answers_save(cx, &out, (struct json_ids){ 0 }, &out));
}

TEST(what_cannot_be_said_is_not_saved)
{
    static const struct {
        const char *shortcut, *title, *body, *slug;
    } bad[] = {
        { "", "T", "x", "shortcut_invalid" },
        { "Oi", "T", "x", "shortcut_invalid" },
        { "é", "T", "x", "shortcut_invalid" },
        { "a b", "T", "x", "shortcut_invalid" },
        { "-a", "T", "x", "shortcut_invalid" },
        { "a", "", "x", "required" },
        { "a", "T", "", "required" },
        { "a", "T", "{{x.y}}", "variable_unknown" },
        { "a", "T", "{{x", "variable_unclosed" },
        { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "T", "x", "shortcut_invalid" },
    };
    struct cx *cx = test_cx();
    struct answer out;

    test_member(cx, "agent");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct answer want = wanted(cx, ANSWER_OWN, bad[i].shortcut);

        want.title = str_of(bad[i].title);
        want.body = str_of(bad[i].body);
        CHECK_FAIL(answers_save(cx, &want, (struct json_ids){ 0 }, &out), ERR_INVALID, bad[i].slug);
    }
}

TEST(files_stay_with_an_answer_and_whoever_uses_it_gets_copies)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct answer want = wanted(cx, ANSWER_OWN, "tabela"), answer;
    struct attachment file;
    struct answer_ready first, second;

    cx->conf = test_conf();
    file = uploaded(cx);
    want.body = STR("");
    CHECK_OK(answers_save(cx, &want, (struct json_ids){ &file.id, 1 }, &answer));
    CHECK_I64((int64_t)answer.file_count, 1);
    CHECK_OK(answers_use(cx, answer.id, ticket.id, &first));
    CHECK_OK(answers_use(cx, answer.id, ticket.id, &second));
    CHECK_I64((int64_t)first.file_count, 1);
    CHECK_STR(first.files[0].filename, "tabela.pdf");
    CHECK(first.files[0].id != file.id && first.files[0].id != second.files[0].id);
    /* the same file again is no other upload */
    CHECK_OK(answers_save(cx, &answer, (struct json_ids){ &file.id, 1 }, &answer));
    CHECK_I64((int64_t)answer.file_count, 1);
    CHECK_FAIL(answers_save(cx, &answer, (struct json_ids){ 0 }, &answer), ERR_INVALID, "required");
}

TEST(a_file_of_somebody_else_is_no_answers)
{
    struct cx *cx = test_cx();
    struct answer want, out;
    struct attachment file;

    cx->conf = test_conf();
    file = uploaded(cx);
    test_member(cx, "agent");
    want = wanted(cx, ANSWER_OWN, "tabela");
    CHECK_FAIL(answers_save(cx, &want, (struct json_ids){ &file.id, 1 }, &out), ERR_NOT_FOUND,
               "attachment_unknown");
}

TEST(another_accounts_answer_does_not_exist)
{
    struct cx *ours = test_cx(), *theirs = test_cx();
    struct ticket ticket;
    struct answer answer;
    struct answer_ready ready;

    test_member(theirs, "administrator");
    answer = saved(theirs, ANSWER_ACCOUNT, "oi");
    test_become(ours);
    ticket = test_ticket(ours, "serving");
    CHECK_FAIL(answers_get(ours, answer.id, &answer), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(answers_use(ours, answer.id, ticket.id, &ready), ERR_NOT_FOUND, "not_found");
    CHECK_STR(suggested(ours, ""), "");
}
