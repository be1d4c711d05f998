#include "merge.h"

#include "domain/testing/fixtures.h"

#include "contacts.sql.h"
#include "contacts_merge.sql.h"

struct pair {
    struct channel channel;
    struct ticket a, b; /* each a live conversation of its own */
};

static struct pair
a_pair(struct cx *cx)
{
    struct pair p = { .channel = test_channel(cx, "whatsapp_cloud") };

    p.a = test_ticket_on(cx, &p.channel, "5549988412076", "waiting");
    p.b = test_ticket_on(cx, &p.channel, "5549988770011", "waiting");
    return p;
}

static int64_t
owner_of(struct cx *cx, const char *phone)
{
    struct contact_address address = { "phone", str_of(phone), true };
    struct contact_found found;

    CHECK_OK(contacts_resolve(cx, &address, 1, STR(""), &found));
    CHECK(!found.is_new);
    return found.contact.v;
}

static int64_t
contact_of(struct cx *cx, struct ticket_id id)
{
    struct ticket ticket;

    CHECK_OK(tickets_get(cx, id, &ticket));
    return ticket.contact.v;
}

static void
describe(struct cx *cx, struct contact_id id, const char *email, const char *notes)
{
    CHECK_OK(db_exec(cx, &SQL_contact_edit, NULL, P_ID(cx->account), P_ID(id), P_NULL,
                     P_STR(str_of(email)), P_STR(str_of(notes))));
}

static struct str
email_of(struct cx *cx, struct contact_id id)
{
    struct db_row row;

    CHECK_OK(db_one(cx, &SQL_contact_get, &row, P_ID(cx->account), P_ID(id)));
    return str_dup(test_arena(), db_str(&row, 2));
}

TEST(a_merge_moves_ways_in_and_tickets_and_live_ones_stay_apart)
{
    struct cx *cx = test_cx();
    struct pair p;
    int64_t merge;

    test_member(cx, "owner");
    p = a_pair(cx);
    CHECK_OK(contacts_merge(cx, p.a.contact, p.b.contact, &merge));
    CHECK_I64(owner_of(cx, "5549988770011"), p.a.contact.v);
    CHECK_I64(contact_of(cx, p.b.id), p.a.contact.v);
    CHECK_I64(contact_of(cx, p.a.id), p.a.contact.v);
    CHECK(p.a.id.v != p.b.id.v);
    CHECK_I64(test_events(cx, "contact.merged"), 1);
}

/* A new tag on this contact. */
static int64_t
tag(struct cx *cx, struct contact_id id, const char *name)
{
    static const struct db_stmt add = {
        .name = "merge_test_tag",
        .shape = DB_ONE,
        .params = 3,
        .text = "WITH t AS (INSERT INTO tags (account_id, name, color, created_at) "
                "VALUES ($1::bigint, $3::text, 'plain', now()) RETURNING id) "
                "INSERT INTO contact_tags (account_id, contact_id, tag_id, tagged_at) "
                "SELECT $1, $2::bigint, id, now() FROM t RETURNING tag_id",
    };
    struct db_row row;

    CHECK_OK(db_one(cx, &add, &row, P_ID(cx->account), P_ID(id), P_STR(str_of(name))));
    return db_i64(&row, 0);
}

static int64_t
tags_of(struct cx *cx, struct contact_id id)
{
    static const struct db_stmt count = {
        .name = "merge_test_tags",
        .shape = DB_ONE,
        .params = 2,
        .text = "SELECT count(*) FROM contact_tags WHERE account_id = $1 AND contact_id = $2",
    };
    struct db_row row;

    CHECK_OK(db_one(cx, &count, &row, P_ID(cx->account), P_ID(id)));
    return db_i64(&row, 0);
}

TEST(the_others_tags_go_over_and_those_of_both_stay_when_it_is_undone)
{
    struct cx *cx = test_cx();
    struct contact_id kept, gone;
    struct merge_left left;
    struct pair p;
    int64_t merge;

    test_member(cx, "owner");
    p = a_pair(cx);
    tag(cx, p.a.contact, "vip");
    tag(cx, p.b.contact, "atraso");
    CHECK_OK(contacts_merge(cx, p.a.contact, p.b.contact, &merge));
    CHECK_I64(tags_of(cx, p.a.contact), 2);
    CHECK_OK(contacts_unmerge(cx, merge, &kept, &gone, &left));
    CHECK_I64(tags_of(cx, p.a.contact), 1);
    CHECK_I64(tags_of(cx, p.b.contact), 1);
}

TEST(undoing_gives_back_exactly_what_went_and_what_was_opened_by_it_since)
{
    struct cx *cx = test_cx();
    struct contact_id kept, gone;
    struct merge_left left;
    struct pair p;
    int64_t merge;

    test_member(cx, "owner");
    p = a_pair(cx);
    describe(cx, p.b.contact, "rita@exemplo.org", "à tarde");
    CHECK_OK(contacts_merge(cx, p.a.contact, p.b.contact, &merge));
    CHECK_STR(email_of(cx, p.a.contact), "rita@exemplo.org");
    CHECK_OK(contacts_unmerge(cx, merge, &kept, &gone, &left));
    CHECK_I64(kept.v, p.a.contact.v);
    CHECK_I64(gone.v, p.b.contact.v);
    CHECK_I64(left.identities, 0);
    CHECK(!left.email && !left.notes && !left.consent);
    CHECK_I64(owner_of(cx, "5549988770011"), p.b.contact.v);
    CHECK_I64(owner_of(cx, "5549988412076"), p.a.contact.v);
    CHECK_I64(contact_of(cx, p.b.id), p.b.contact.v);
    CHECK_I64(contact_of(cx, p.a.id), p.a.contact.v);
    CHECK_STR(email_of(cx, p.a.contact), "");
    CHECK_STR(email_of(cx, p.b.contact), "rita@exemplo.org");
    CHECK_FAIL(contacts_unmerge(cx, merge, &kept, &gone, &left), ERR_CONFLICT, "merge_undone");
}

TEST(what_somebody_touched_since_stays_and_is_told)
{
    struct cx *cx = test_cx();
    struct contact_id kept, gone;
    struct merge_left left;
    struct pair p;
    int64_t merge;

    test_member(cx, "owner");
    p = a_pair(cx);
    describe(cx, p.b.contact, "rita@exemplo.org", "");
    CHECK_OK(contacts_merge(cx, p.a.contact, p.b.contact, &merge));
    describe(cx, p.a.contact, "outra@exemplo.org", "nota nova");
    CHECK_OK(contacts_unmerge(cx, merge, &kept, &gone, &left));
    CHECK(left.email);
    CHECK(!left.notes);
    CHECK_STR(email_of(cx, p.a.contact), "outra@exemplo.org");
}

TEST(the_stricter_consent_wins_and_goes_back)
{
    struct cx *cx = test_cx();
    struct consent no = { .kind = "messages", .act = "withdrawn", .source = "member" };
    struct contact_id kept, gone;
    struct merge_left left;
    struct pair p;
    int64_t merge;
    bool is_opted_out;

    test_member(cx, "owner");
    p = a_pair(cx);
    CHECK_OK(consents_record(cx, p.b.contact, &no));
    CHECK_OK(contacts_merge(cx, p.a.contact, p.b.contact, &merge));
    CHECK_OK(contacts_opted_out(cx, p.a.contact, &is_opted_out));
    CHECK(is_opted_out);
    CHECK_OK(contacts_unmerge(cx, merge, &kept, &gone, &left));
    CHECK_OK(contacts_opted_out(cx, p.a.contact, &is_opted_out));
    CHECK(!is_opted_out);
    CHECK_OK(contacts_opted_out(cx, p.b.contact, &is_opted_out));
    CHECK(is_opted_out);
}

TEST(a_merge_that_another_one_covers_waits_for_that_one)
{
    struct cx *cx = test_cx();
    struct contact_id kept, gone;
    struct merge_left left;
    struct ticket third;
    int64_t first, second;
    struct pair p;

    test_member(cx, "owner");
    p = a_pair(cx);
    third = test_ticket_on(cx, &p.channel, "5549988334455", "waiting");
    CHECK_OK(contacts_merge(cx, p.a.contact, p.b.contact, &first));
    CHECK_OK(contacts_merge(cx, third.contact, p.a.contact, &second));
    CHECK_FAIL(contacts_unmerge(cx, first, &kept, &gone, &left), ERR_CONFLICT, "merge_covered");
    CHECK_OK(contacts_unmerge(cx, second, &kept, &gone, &left));
    CHECK_OK(contacts_unmerge(cx, first, &kept, &gone, &left));
    CHECK_I64(owner_of(cx, "5549988770011"), p.b.contact.v);
}

TEST(nobody_is_merged_with_themselves_or_twice_or_across_accounts)
{
    struct cx *cx = test_cx(), *theirs = test_cx();
    struct pair p, q;
    int64_t merge;

    test_member(cx, "owner");
    test_member(theirs, "owner");
    p = a_pair(cx);
    q = a_pair(theirs);
    CHECK_FAIL(contacts_merge(cx, p.a.contact, p.a.contact, &merge), ERR_INVALID,
               "contact_is_itself");
    CHECK_FAIL(contacts_merge(cx, p.a.contact, q.b.contact, &merge), ERR_NOT_FOUND,
               "contact_unknown");
    CHECK_FAIL(contacts_merge(cx, q.a.contact, p.a.contact, &merge), ERR_NOT_FOUND, "not_found");
    CHECK_OK(contacts_merge(cx, p.a.contact, p.b.contact, &merge));
    CHECK_FAIL(contacts_merge(cx, p.a.contact, p.b.contact, &merge), ERR_CONFLICT,
               "contact_deleted");
}

TEST(two_spellings_of_one_number_are_suggested_once)
{
    struct cx *cx = test_cx();
    struct contact_address without = { "phone", STR("49988412076"), false };
    struct contact_found rita;
    struct db_rows rows;
    struct db_row row;
    struct pair p;

    test_member(cx, "owner");
    p = a_pair(cx);
    CHECK_OK(contacts_resolve(cx, &without, 1, STR("Rita"), &rita));
    CHECK(rita.is_new);
    CHECK_OK(
        db_many(cx, &SQL_duplicate_list, &rows, P_ID(cx->account), P_NULL, P_I64(500), P_NULL));
    CHECK_I64(rows.count, 1);
    row = db_row_at(&rows, 0);
    CHECK_I64(db_i64(&row, 0), rita.contact.v);
    CHECK_I64(db_i64(&row, 1), p.a.contact.v);
    CHECK(str_has(db_str(&row, 2), STR("phone")));
}
