#include "base/clock.h"
#include "domain/flows/flow_pages.h"
#include "domain/testing/fixtures.h"

/* Two people of one account, each at a browser of their own, and a flow. */
struct room {
    struct cx *cx;
    struct member_id ana, rafael;
    struct flow_id flow;
};

static struct room
room(void)
{
    struct room r = { .cx = test_cx() };

    r.ana = test_member(r.cx, "administrator");
    r.rafael = test_member(r.cx, "administrator");
    r.cx->session_id = 1;
    CHECK_OK(flows_create(r.cx, STR("Recepção"), (struct str){ 0 }, (struct str){ 0 }, &r.flow));
    return r;
}

static struct flow_pages
reads(struct room *r, struct member_id who, int64_t page)
{
    struct flow_pages pages;

    r->cx->member = who;
    CHECK_OK(flow_pages_read(r->cx, r->flow, page, &pages));
    return pages;
}

static struct flow_pages
writes(struct room *r, struct member_id who, int64_t page, bool asks)
{
    struct flow_pages pages;

    r->cx->member = who;
    CHECK_OK(flow_pages_write(r->cx, r->flow, page, asks, &pages));
    return pages;
}

/* The page with the pencil; 0: none. */
static int64_t
held(const struct flow_pages *pages)
{
    int64_t page = 0;

    for (size_t i = 0; i < pages->n; i++)
        if (pages->v[i].pencil_at_us != 0) {
            CHECK_I64(page, 0);
            page = pages->v[i].page;
        }
    return page;
}

static struct err
save(struct room *r, struct member_id who)
{
    struct findings findings;
    struct flow_draft draft;

    r->cx->member = who;
    CHECK_OK(flow_draft_get(r->cx, r->flow, &draft));
    return flow_draft_save(r->cx, r->flow, draft.revision, draft.document, &draft, &findings);
}

TEST(whoever_comes_first_holds_the_pencil_and_others_read)
{
    struct room r = room();
    struct flow_pages pages;

    pages = writes(&r, r.ana, 11, false);
    CHECK_I64(held(&pages), 11);
    CHECK_I64((int64_t)pages.here, 0);
    pages = writes(&r, r.rafael, 22, false);
    CHECK_I64((int64_t)pages.n, 2);
    CHECK_I64(held(&pages), 11);
    CHECK_I64((int64_t)pages.here, 1);
    CHECK_I64(test_events(r.cx, "flow.pages"), 2);
    pages = writes(&r, r.ana, 11, false); /* goes on */
    CHECK_I64(held(&pages), 11);
    CHECK_I64(test_events(r.cx, "flow.pages"), 2);
}

TEST(a_pencil_that_is_let_go_lies_there_until_somebody_takes_it)
{
    struct room r = room();
    struct flow_pages pages;

    writes(&r, r.ana, 11, false);
    reads(&r, r.rafael, 22);
    pages = reads(&r, r.ana, 11);
    CHECK_I64(held(&pages), 0);
    pages = reads(&r, r.rafael, 22);
    CHECK_I64(held(&pages), 0);
    pages = writes(&r, r.rafael, 22, false);
    CHECK_I64(held(&pages), 22);
}

TEST(who_is_asked_lets_go_and_it_goes_to_who_asked_first)
{
    struct room r = room();
    struct member_id bia = test_member(r.cx, "administrator");
    struct flow_pages pages;

    writes(&r, r.ana, 11, false);
    pages = writes(&r, r.rafael, 22, true);
    CHECK_I64(held(&pages), 11);
    r.cx->now_us += US_PER_S;
    writes(&r, bia, 33, true);
    pages = writes(&r, r.ana, 11, false); /* still saving */
    CHECK_I64(held(&pages), 11);
    pages = reads(&r, r.ana, 11);
    CHECK_I64(held(&pages), 22);
    CHECK(pages.v[1].asked_at_us == 0);
    CHECK(pages.v[2].asked_at_us != 0);
}

TEST(who_does_not_answer_loses_it)
{
    struct room r = room();
    struct flow_pages pages;

    writes(&r, r.ana, 11, false);
    writes(&r, r.rafael, 22, true);
    r.cx->now_us += FLOW_HAND_OVER_S * US_PER_S - 1;
    pages = writes(&r, r.rafael, 22, true);
    CHECK_I64(held(&pages), 11);
    r.cx->now_us += 1;
    pages = writes(&r, r.rafael, 22, true);
    CHECK_I64(held(&pages), 22);
    pages = writes(&r, r.ana, 11, false);
    CHECK_I64(held(&pages), 22);
}

TEST(who_asks_no_more_gets_nothing)
{
    struct room r = room();
    struct flow_pages pages;

    writes(&r, r.ana, 11, false);
    writes(&r, r.rafael, 22, true);
    reads(&r, r.rafael, 22);
    pages = reads(&r, r.ana, 11);
    CHECK_I64(held(&pages), 0);
}

TEST(a_browser_that_died_is_gone_and_leaves_the_pencil)
{
    struct room r = room();
    struct flow_pages pages;
    int64_t told;

    writes(&r, r.ana, 11, false);
    reads(&r, r.rafael, 22);
    r.cx->now_us += (FLOW_PAGE_LEASE_S - 1) * US_PER_S;
    pages = writes(&r, r.rafael, 22, false);
    CHECK_I64(held(&pages), 11);
    told = test_events(r.cx, "flow.pages");
    r.cx->now_us += US_PER_S;
    pages = writes(&r, r.rafael, 22, false);
    CHECK_I64((int64_t)pages.n, 1);
    CHECK_I64(held(&pages), 22);
    CHECK_I64(test_events(r.cx, "flow.pages"), told + 1);
}

TEST(a_page_that_closes_is_gone_at_once_and_twice_is_once)
{
    struct room r = room();
    struct flow_pages pages;
    int64_t told;

    writes(&r, r.ana, 11, false);
    writes(&r, r.rafael, 22, true);
    r.cx->member = r.ana;
    CHECK_OK(flow_pages_close(r.cx, r.flow, 11, &pages));
    CHECK_I64((int64_t)pages.n, 1);
    CHECK_I64(held(&pages), 22);
    told = test_events(r.cx, "flow.pages");
    CHECK_OK(flow_pages_close(r.cx, r.flow, 11, &pages));
    CHECK_OK(flow_pages_close(r.cx, r.flow, 22, &pages)); /* another person's */
    CHECK_I64(held(&pages), 22);
    CHECK_I64(test_events(r.cx, "flow.pages"), told);
}

TEST(one_person_may_have_it_open_often_but_writes_in_one_place)
{
    struct room r = room();
    struct flow_pages pages;

    writes(&r, r.ana, 1, false);
    for (int64_t page = 2; page <= FLOW_PAGES_OF_ONE; page++) {
        pages = writes(&r, r.ana, page, false);
        CHECK_I64(held(&pages), 1);
    }
    CHECK_FAIL(flow_pages_read(r.cx, r.flow, FLOW_PAGES_OF_ONE + 1, &pages), ERR_CONFLICT,
               "too_many_pages");
    pages = reads(&r, r.rafael, 1);
    CHECK_I64((int64_t)pages.n, FLOW_PAGES_OF_ONE + 1);
}

TEST(a_person_saves_with_the_pencil_or_while_nobody_else_has_it)
{
    struct room r = room();

    CHECK_OK(save(&r, r.rafael));
    writes(&r, r.ana, 11, false);
    CHECK_OK(save(&r, r.ana));
    CHECK_FAIL(save(&r, r.rafael), ERR_CONFLICT, "flow_is_held");
    r.cx->now_us += FLOW_PAGE_LEASE_S * US_PER_S;
    CHECK_OK(save(&r, r.rafael));
}

TEST(a_program_has_no_page_and_needs_no_pencil)
{
    struct room r = room();
    struct flow_pages pages;

    writes(&r, r.ana, 11, false);
    r.cx->session_id = 0;
    CHECK_FAIL(flow_pages_read(r.cx, r.flow, 22, &pages), ERR_FORBIDDEN, "token_not_allowed");
    CHECK_FAIL(flow_pages_write(r.cx, r.flow, 22, true, &pages), ERR_FORBIDDEN,
               "token_not_allowed");
    CHECK_OK(save(&r, r.rafael));
}

TEST(another_accounts_flow_has_no_pages)
{
    struct room ours = room();
    struct cx *theirs = test_cx();
    struct flow_pages pages;

    writes(&ours, ours.ana, 11, false);
    test_member(theirs, "administrator");
    theirs->session_id = 2;
    CHECK_FAIL(flow_pages_read(theirs, ours.flow, 11, &pages), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(flow_pages_write(theirs, ours.flow, 11, true, &pages), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(flow_pages_close(theirs, ours.flow, 11, &pages), ERR_NOT_FOUND, "not_found");
}
