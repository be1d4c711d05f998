#include "domain/chat/chat.h"
#include "domain/testing/fixtures.h"

#include "messages.sql.h"

#include <stdio.h>

/* Two who talk, and one who holds everything; cx acts as whoever was named last. */
struct people {
    struct member_id ana, bruno, olga;
    struct user_id ana_user, bruno_user, olga_user;
};

static struct people
people(struct cx *cx)
{
    struct people p;

    p.olga = test_member(cx, "owner");
    p.olga_user = cx->user;
    p.bruno = test_member(cx, "finance");
    p.bruno_user = cx->user;
    p.ana = test_member(cx, "agent");
    p.ana_user = cx->user;
    return p;
}

static struct chat_id
opened(struct cx *cx, struct member_id other)
{
    struct chat chat;

    CHECK_OK(chat_open(cx, other, &chat));
    return chat.id;
}

static struct chat_message
said(struct cx *cx, struct chat_id id, const char *key, const char *text)
{
    struct chat_message out;
    bool is_new;

    CHECK_OK(chat_say(cx, id,
                      &(struct chat_post){ .client_key = str_of(key), .text = str_of(text) }, &out,
                      &is_new));
    CHECK(is_new);
    return out;
}

static struct chat
looked_at(struct cx *cx, struct chat_id id)
{
    struct chat chat;

    CHECK_OK(chat_get(cx, id, &chat));
    return chat;
}

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
                                               .filename = STR("escala.pdf"),
                                               .max_bytes = 1000 },
                             &out));
    return out;
}

TEST(two_have_one_chat_whoever_opens_it)
{
    struct cx *cx = test_cx();
    struct people p = people(cx);
    struct chat_id id = opened(cx, p.bruno);
    struct chat none;

    CHECK_I64(opened(cx, p.bruno).v, id.v);
    test_act_as(cx, p.bruno_user);
    CHECK_I64(opened(cx, p.ana).v, id.v);
    CHECK_FAIL(chat_open(cx, p.bruno, &none), ERR_NOT_FOUND, "member_unknown");
    test_member(cx, "integrator");
    CHECK_FAIL(chat_open(cx, (struct member_id){ p.ana.v + 9999 }, &none), ERR_NOT_FOUND,
               "member_unknown");
    test_act_as(cx, p.ana_user);
    CHECK_FAIL(chat_open(cx, (struct member_id){ 0 }, &none), ERR_NOT_FOUND, "member_unknown");
}

TEST(what_is_said_twice_under_one_key_is_said_and_told_once)
{
    struct cx *cx = test_cx();
    struct people p = people(cx);
    struct chat_id id = opened(cx, p.bruno);
    struct chat_message first = said(cx, id, "chave-0001", "Oi"), again;
    bool is_new;

    CHECK_OK(chat_say(cx, id,
                      &(struct chat_post){ .client_key = STR("chave-0001"), .text = STR("Oi") },
                      &again, &is_new));
    CHECK(!is_new);
    CHECK_I64(again.seq, first.seq);
    CHECK_I64(looked_at(cx, id).last_seq, 1);
    CHECK_I64(test_events(cx, "chat.message"), 2);
    CHECK_I64(test_told(cx, "chat.message", p.ana_user), 1);
    CHECK_I64(test_told(cx, "chat.message", p.bruno_user), 1);
    CHECK_I64(test_audit(cx, "chat.said"), 1);
    /* the other's key of the same name is theirs */
    test_act_as(cx, p.bruno_user);
    CHECK_I64(said(cx, id, "chave-0001", "Oi, Ana").seq, 2);
}

TEST(nobody_else_has_the_chat_not_even_the_owner)
{
    struct cx *cx = test_cx();
    struct people p = people(cx);
    struct chat_id id = opened(cx, p.bruno);
    struct chat_message out;
    struct chat chat;
    bool is_new;

    said(cx, id, "chave-0001", "Entre nós");
    test_act_as(cx, p.olga_user);
    CHECK_FAIL(chat_get(cx, id, &chat), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(chat_read(cx, id, 1), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(chat_say(cx, id,
                        &(struct chat_post){ .client_key = STR("chave-0002"), .text = STR("Oi") },
                        &out, &is_new),
               ERR_NOT_FOUND, "not_found");
    CHECK_I64(test_told(cx, "chat.message", p.olga_user), 0);
    CHECK_I64(test_events(cx, "chat.message"), 2);
}

TEST(unread_is_how_far_it_has_come_and_reading_is_told_to_the_other)
{
    struct cx *cx = test_cx();
    struct people p = people(cx);
    struct chat_id id = opened(cx, p.bruno);
    struct chat chat;

    said(cx, id, "chave-0001", "Um");
    said(cx, id, "chave-0002", "Dois");
    chat = looked_at(cx, id);
    CHECK_I64(chat.read_seq, 2); /* mine */
    CHECK_I64(chat.other_read_seq, 0);
    test_act_as(cx, p.bruno_user);
    chat = looked_at(cx, id);
    CHECK_I64(chat.last_seq - chat.read_seq, 2);
    CHECK_OK(chat_read(cx, id, 1));
    CHECK_I64(looked_at(cx, id).read_seq, 1);
    CHECK_OK(chat_read(cx, id, 99)); /* not beyond what was said */
    CHECK_I64(looked_at(cx, id).read_seq, 2);
    CHECK_OK(chat_read(cx, id, 1)); /* never back */
    CHECK_I64(looked_at(cx, id).read_seq, 2);
    CHECK_I64(test_told(cx, "chat.read", p.ana_user), 2);
    CHECK_I64(test_told(cx, "chat.read", p.olga_user), 0);
}

TEST(a_file_is_sent_once_by_whoever_uploaded_it_and_is_kept)
{
    struct cx *cx = test_cx();
    struct people p;
    struct chat_post post = { .client_key = STR("chave-0001"), .text = STR("") };
    struct chat_message out;
    struct attachment file;
    struct chat_id id;
    struct db_rows swept;
    bool is_new;

    cx->conf = test_conf();
    p = people(cx);
    id = opened(cx, p.bruno);
    CHECK_FAIL(chat_say(cx, id, &post, &out, &is_new), ERR_INVALID, "message_empty");
    file = uploaded(cx);
    post.file_id = file.id;
    test_act_as(cx, p.bruno_user);
    CHECK_FAIL(chat_say(cx, id, &post, &out, &is_new), ERR_NOT_FOUND, "attachment_unknown");
    test_act_as(cx, p.ana_user);
    CHECK_OK(chat_say(cx, id, &post, &out, &is_new));
    CHECK_STR(out.file.filename, "escala.pdf");
    post.client_key = STR("chave-0002");
    CHECK_FAIL(chat_say(cx, id, &post, &out, &is_new), ERR_NOT_FOUND, "attachment_unknown");
    CHECK_OK(db_many(cx, &SQL_house_sweep_uploads, &swept, P_TIME(cx->now_us + 1)));
    CHECK_I64(swept.count, 0);
}

TEST(who_left_is_read_and_not_written_to)
{
    struct cx *cx = test_cx();
    struct people p = people(cx);
    struct chat_id id = opened(cx, p.bruno);
    struct chat_message out;
    bool is_new;

    said(cx, id, "chave-0001", "Oi");
    test_retire(cx, p.bruno);
    CHECK(!looked_at(cx, id).is_open);
    CHECK_FAIL(chat_say(cx, id,
                        &(struct chat_post){ .client_key = STR("chave-0002"), .text = STR("?") },
                        &out, &is_new),
               ERR_CONFLICT, "chat_closed");
}

/* Groups ----------------------------------------------------------------------------- */

static struct chat_id
grouped(struct cx *cx, const int64_t *members, size_t n, const int64_t *departments, size_t m)
{
    struct chat_id id;

    CHECK_OK(chat_save_group(cx,
                             &(struct internal_group){ .name = STR("Plantão"),
                                                       .is_active = true,
                                                       .members = { members, n },
                                                       .departments = { departments, m } },
                             &id));
    return id;
}

static struct chat_message
noticed(struct cx *cx, struct chat_id group, struct chat_link link)
{
    struct chat_message out;
    bool is_new;

    CHECK_OK(
        chat_notice(cx, group, (struct str){ 0 }, STR("Canal fora do ar"), link, &out, &is_new));
    CHECK(is_new);
    return out;
}

TEST(a_notice_reaches_the_people_of_a_group_and_nobody_answers_it)
{
    struct cx *cx = test_cx();
    struct people p = people(cx);
    struct chat_id id = grouped(cx, (int64_t[]){ p.ana.v, p.bruno.v }, 2, NULL, 0);
    struct chat_message notice, out;
    struct chat chat;
    bool is_new;

    test_act_as(cx, p.olga_user);
    notice = noticed(cx, id, (struct chat_link){ CHAT_LINK_TICKET, 7 });
    CHECK_I64(notice.author.v, p.olga.v);
    CHECK_STR(notice.link_kind, "ticket");
    CHECK_I64(test_told(cx, "chat.message", p.ana_user), 1);
    CHECK_I64(test_told(cx, "chat.message", p.bruno_user), 1);
    CHECK_I64(test_events(cx, "chat.message"), 2);
    CHECK_FAIL(chat_get(cx, id, &chat), ERR_NOT_FOUND,
               "not_found"); /* she told it, she is not in it */
    test_act_as(cx, p.ana_user);
    chat = looked_at(cx, id);
    CHECK_STR(chat.group_name, "Plantão");
    CHECK_I64(chat.member_count, 2);
    CHECK_I64(chat.last_seq - chat.read_seq, 1);
    CHECK_FAIL(chat_say(cx, id,
                        &(struct chat_post){ .client_key = STR("chave-0001"), .text = STR("Ok") },
                        &out, &is_new),
               ERR_CONFLICT, "chat_is_notices");
    CHECK_OK(chat_read(cx, id, 1));
    CHECK_I64(test_events(cx, "chat.read"), 1);
    CHECK_I64(test_told(cx, "chat.read", p.ana_user), 1);
}

TEST(the_house_itself_tells_a_group_in_the_name_of_nobody)
{
    struct cx *cx = test_cx();
    struct people p = people(cx);
    struct chat_id id = grouped(cx, (int64_t[]){ p.ana.v }, 1, NULL, 0);

    cx->member.v = 0;
    CHECK_I64(noticed(cx, id, (struct chat_link){ CHAT_LINK_CHANNEL, 3 }).author.v, 0);
    CHECK_I64(noticed(cx, id, (struct chat_link){ 0 }).seq, 2); /* without a key each is another */
}

TEST(a_group_follows_its_departments_and_who_comes_in_has_nothing_unread)
{
    struct cx *cx = test_cx();
    struct people p = people(cx);
    struct department_id support = test_department(cx, "Suporte");
    struct chat_id id = grouped(cx, NULL, 0, (int64_t[]){ support.v }, 1);
    struct chat chat;

    noticed(cx, id, (struct chat_link){ 0 });
    test_act_as(cx, p.bruno_user);
    CHECK_FAIL(chat_get(cx, id, &chat), ERR_NOT_FOUND, "not_found");
    test_join(cx, support);
    chat = looked_at(cx, id);
    CHECK_I64(chat.last_seq - chat.read_seq, 0);
    noticed(cx, id, (struct chat_link){ 0 });
    CHECK_I64(test_told(cx, "chat.message", p.bruno_user), 1);
    test_part(cx, support);
    CHECK_FAIL(chat_get(cx, id, &chat), ERR_NOT_FOUND, "not_found");
}

TEST(who_stays_in_a_group_keeps_what_they_read)
{
    struct cx *cx = test_cx();
    struct people p = people(cx);
    struct internal_group group = { .name = STR("Plantão"), .is_active = true };
    struct chat_message out;
    struct chat chat;
    bool is_new;

    group.id = grouped(cx, (int64_t[]){ p.ana.v, p.bruno.v }, 2, NULL, 0);
    noticed(cx, group.id, (struct chat_link){ 0 });
    CHECK_OK(chat_read(cx, group.id, 1));
    group.members = (struct json_ids){ (int64_t[]){ p.ana.v, p.olga.v }, 2 };
    CHECK_OK(chat_save_group(cx, &group, &group.id));
    CHECK_I64(looked_at(cx, group.id).read_seq, 1);
    test_act_as(cx, p.bruno_user);
    CHECK_FAIL(chat_get(cx, group.id, &chat), ERR_NOT_FOUND, "not_found");
    group.is_active = false;
    CHECK_OK(chat_save_group(cx, &group, &group.id));
    CHECK_FAIL(chat_notice(cx, group.id, (struct str){ 0 }, STR("?"), (struct chat_link){ 0 }, &out,
                           &is_new),
               ERR_CONFLICT, "chat_closed");
    test_act_as(cx, p.ana_user);
    CHECK_FAIL(chat_get(cx, group.id, &chat), ERR_NOT_FOUND, "not_found");
}

/* Export ----------------------------------------------------------------------------- */

TEST(an_export_says_what_two_said_in_a_time_and_that_it_was_asked_for)
{
    struct cx *cx = test_cx();
    struct people p = people(cx);
    struct chat_id id = opened(cx, p.bruno);
    struct buf file = { .arena = test_arena() };
    struct chat_export wish = { .a = p.bruno,
                                .b = p.ana,
                                .from_us = cx->now_us,
                                .until_us = cx->now_us + 1,
                                .reason = STR("Ofício 12 da 3ª vara") };
    int64_t next;

    said(cx, id, "chave-0001", "Linha um\nLinha dois");
    cx->now_us += 10;
    said(cx, id, "chave-0002", "Depois");
    test_act_as(cx, p.olga_user);
    CHECK_OK(chat_write_export(cx, &wish, &file, &next));
    CHECK_I64(next, 0);
    CHECK_STR(buf_str(&file),
              "Ana Lopes, Ana Lopes\n\n"
              "[2026-03-04T15:00:00.000000Z] Ana Lopes: Linha um\n    Linha dois\n");
    CHECK_I64(test_audit(cx, "chat.exported"), 1);
    wish.b = p.olga;
    CHECK_FAIL(chat_write_export(cx, &wish, &file, &next), ERR_NOT_FOUND, "not_found");
}

TEST(another_accounts_chat_does_not_exist)
{
    struct cx *ours = test_cx(), *theirs = test_cx();
    struct people p = people(theirs);
    struct chat_id id = opened(theirs, p.bruno), group;
    struct chat_message out;
    struct chat chat;
    bool is_new;

    group = grouped(theirs, (int64_t[]){ p.ana.v }, 1, NULL, 0);
    test_become(ours);
    test_member(ours, "owner");
    CHECK_FAIL(chat_get(ours, id, &chat), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(chat_open(ours, p.ana, &chat), ERR_NOT_FOUND, "member_unknown");
    CHECK_FAIL(chat_notice(ours, group, (struct str){ 0 }, STR("?"), (struct chat_link){ 0 }, &out,
                           &is_new),
               ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(chat_save_group(
                   ours,
                   &(struct internal_group){ .name = STR("Nosso"), .members = { &p.ana.v, 1 } },
                   &group),
               ERR_NOT_FOUND, "member_unknown");
}
