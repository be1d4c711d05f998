#include "domain/org/companies.h"
#include "domain/org/departments.h"
#include "domain/testing/fixtures.h"

static struct company
a_company(struct cx *cx, const char *name)
{
    struct company company = { .name = str_of(name), .phone = STR("") };

    CHECK_OK(companies_save(cx, &company, &company));
    return company;
}

static struct department
a_department(struct cx *cx, const char *name)
{
    struct department department = {
        .company = a_company(cx, "Rede").id,
        .name = str_of(name),
        .description = STR(""),
        .color = STR("blue"),
        .welcome_text = STR(""),
        .away_text = STR(""),
        .is_active = true,
        .serves = true,
    };

    CHECK_OK(departments_add(cx, &department, &department));
    return department;
}

static struct department
locked(struct cx *cx, struct department_id id)
{
    struct department department;

    CHECK_OK(departments_lock(cx, id, &department));
    return department;
}

static struct user_id
user_behind(struct cx *cx, const char *builtin)
{
    test_member(cx, builtin);
    return cx->user;
}

TEST(a_company_keeps_its_document_without_points_and_refuses_a_wrong_one)
{
    static const char *const wrong[] = { "11.222.333/0001-80", "00000000000000", "12ABC34501DEA5",
                                         "1122233300018", "529.982.247-25" };
    struct cx *cx = test_cx();
    struct company company = { .name = STR("Rede"),
                               .document = STR("11.222.333/0001-81"),
                               .phone = STR("") };

    CHECK_OK(companies_save(cx, &company, &company));
    CHECK_STR(company.document, "11222333000181");
    company.document = STR("12.abc.345/01de-35");
    CHECK_OK(companies_save(cx, &company, &company));
    CHECK_STR(company.document, "12ABC34501DE35");
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        company.document = str_of(wrong[i]);
        CHECK_FAIL(companies_save(cx, &company, &company), ERR_INVALID, "cnpj_invalid");
    }
    CHECK_I64(test_audit(cx, "company.created"), 1);
}

TEST(a_company_with_a_branch_stays)
{
    struct cx *cx = test_cx();
    struct company company = a_company(cx, "Rede");
    struct branch branch = { .company = company.id, .name = STR("Matriz") };

    CHECK_OK(branches_save(cx, &branch, &branch));
    CHECK_FAIL(companies_remove(cx, company.id), ERR_CONFLICT, "company_in_use");
}

TEST(a_branch_that_nothing_is_of_goes_and_then_its_company)
{
    struct cx *cx = test_cx();
    struct company company = a_company(cx, "Rede");
    struct branch branch = { .company = company.id, .name = STR("Matriz") };

    CHECK_OK(branches_save(cx, &branch, &branch));
    CHECK_OK(branches_remove(cx, branch.id));
    CHECK_OK(companies_remove(cx, company.id));
    CHECK_FAIL(companies_remove(cx, company.id), ERR_NOT_FOUND, "not_found");
}

TEST(two_branches_of_a_company_do_not_share_a_name)
{
    struct cx *cx = test_cx();
    struct branch branch = { .company = a_company(cx, "Rede").id, .name = STR("Matriz") }, other;

    CHECK_OK(branches_save(cx, &branch, &other));
    CHECK_FAIL(branches_save(cx, &branch, &other), ERR_CONFLICT, "branch_name_is_taken");
}

TEST(departments_stand_in_the_order_they_were_put_in_and_a_new_one_last)
{
    struct cx *cx = test_cx();
    struct department sales = a_department(cx, "Sales"), support = a_department(cx, "Support"),
                      quality = a_department(cx, "Quality");
    int64_t wanted[] = { quality.id.v, sales.id.v };
    struct db_rows rows;

    CHECK_OK(departments_order(cx, (struct json_ids){ wanted, 2 }));
    a_department(cx, "Billing");
    CHECK_OK(org_list_departments(cx, &rows));
    CHECK_I64(rows.count, 4);
    CHECK_I64(org_department_at(&rows, 0).id.v, quality.id.v);
    CHECK_I64(org_department_at(&rows, 1).id.v, sales.id.v);
    CHECK_I64(org_department_at(&rows, 2).id.v, support.id.v);
    CHECK_STR(org_department_at(&rows, 3).name, "Billing");
}

TEST(a_color_is_one_of_the_houses)
{
    struct cx *cx = test_cx();
    struct department department = locked(cx, a_department(cx, "Sales").id), after = department;
    int64_t held;

    after.color = STR("#ff0000");
    CHECK_FAIL(departments_save(cx, &department, &after, &held), ERR_INVALID, "unknown_value");
}

TEST(a_department_with_live_tickets_neither_closes_nor_stops_serving_and_says_how_many)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct department department = locked(cx, ticket.department), after = department;
    int64_t held;

    after.is_active = false;
    CHECK_FAIL(departments_save(cx, &department, &after, &held), ERR_CONFLICT,
               "department_has_tickets");
    CHECK_I64(held, 1);
    after = department;
    after.serves = false;
    CHECK_FAIL(departments_save(cx, &department, &after, &held), ERR_CONFLICT,
               "department_has_tickets");
    CHECK_OK(tickets_close(cx, ticket.id, test_reason(cx, "Done", ""), (struct str){ 0 }, &ticket));
    CHECK_FAIL(departments_save(cx, &department, &after, &held), ERR_CONFLICT,
               "department_has_channels");
}

TEST(where_nothing_is_left_a_department_closes_and_nothing_comes_into_it)
{
    struct cx *cx = test_cx();
    struct department department = locked(cx, a_department(cx, "Sales").id), after = department;
    int64_t held;

    after.serves = false;
    CHECK_OK(departments_save(cx, &department, &after, &held));
    CHECK_FAIL(org_require_department(cx, department.id, &after), ERR_CONFLICT,
               "department_does_not_serve");
    department = locked(cx, department.id);
    after = department;
    after.is_active = false;
    CHECK_OK(departments_save(cx, &department, &after, &held));
    CHECK_FAIL(org_require_department(cx, department.id, &after), ERR_CONFLICT,
               "department_inactive");
}

TEST(open_tickets_become_as_confidential_as_their_department)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct department department = locked(cx, ticket.department), after = department;
    int64_t held;

    after.is_confidential = true;
    CHECK_OK(departments_save(cx, &department, &after, &held));
    CHECK_OK(tickets_get(cx, ticket.id, &ticket));
    CHECK(ticket.is_confidential);
}

TEST(who_joins_a_department_sees_its_queue_at_once_and_who_leaves_no_longer)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "waiting");
    struct user_id ana = user_behind(cx, "agent"), owner;
    struct member_id member = cx->member;
    struct department_member one = { .id = member, .is_responsible = true };

    CHECK_FAIL(tickets_get(cx, ticket.id, &ticket), ERR_NOT_FOUND, "not_found");
    owner = user_behind(cx, "owner");
    CHECK_OK(departments_set_people(cx, ticket.department, &(struct department_people){ &one, 1 }));
    test_act_as(cx, ana);
    CHECK_OK(tickets_get(cx, ticket.id, &ticket));
    test_act_as(cx, owner);
    CHECK_OK(departments_set_people(cx, ticket.department, &(struct department_people){ 0 }));
    test_act_as(cx, ana);
    CHECK_FAIL(tickets_get(cx, ticket.id, &ticket), ERR_NOT_FOUND, "not_found");
    CHECK_I64(test_audit(cx, "department.members_set"), 2);
}

TEST(what_members_chose_is_kept_and_the_rest_follows_the_department)
{
    struct cx *cx = test_cx();
    struct department department = a_department(cx, "Sales");
    struct member_id ana = test_member(cx, "agent"), bia = test_member(cx, "agent");
    struct department_member wanted[] = { { ana, true, NOTICE_NO },
                                          { bia, false, NOTICE_DEFAULT } };
    struct department_people people;

    test_member(cx, "owner");
    CHECK_OK(departments_set_people(cx, department.id, &(struct department_people){ wanted, 2 }));
    wanted[1].notifies_transfer = NOTICE_YES;
    CHECK_OK(departments_set_people(cx, department.id, &(struct department_people){ wanted, 2 }));
    CHECK_OK(departments_people(cx, department.id, &people));
    CHECK_I64((int64_t)people.n, 2);
    CHECK(people.v[0].is_responsible && !people.v[1].is_responsible);
    CHECK_I64(people.v[0].notifies_transfer, NOTICE_NO);
    CHECK_I64(people.v[1].notifies_transfer, NOTICE_YES);
}

TEST(nobody_gives_a_department_that_they_do_not_reach)
{
    struct cx *cx = test_cx();
    struct department theirs = a_department(cx, "Sales"), mine = a_department(cx, "Support");
    struct department_member ana = { .id = test_member(cx, "agent") };
    struct department_people people = { &ana, 1 };

    test_member(cx, "manager");
    test_join(cx, mine.id);
    CHECK_FAIL(departments_set_people(cx, theirs.id, &people), ERR_FORBIDDEN, "cannot_grant");
}

TEST(a_manager_decides_who_serves_beside_them_but_not_about_the_owner)
{
    struct cx *cx = test_cx();
    struct department mine = a_department(cx, "Support");
    struct department_member wanted[] = { { .id = test_member(cx, "agent") },
                                          { .id = test_member(cx, "owner") },
                                          { .id = test_member(cx, "manager") } };

    test_join(cx, mine.id);
    CHECK_FAIL(departments_set_people(cx, mine.id, &(struct department_people){ wanted, 3 }),
               ERR_FORBIDDEN, "target_above_you");
    wanted[1] = wanted[2];
    CHECK_FAIL(departments_set_people(cx, mine.id, &(struct department_people){ wanted, 3 }),
               ERR_INVALID, "member_repeated");
}

TEST(a_department_in_use_stays_and_one_that_nothing_was_in_goes_with_its_people)
{
    struct cx *cx = test_cx();
    struct department department = a_department(cx, "Sales");
    struct ticket ticket = test_ticket(cx, "closed");

    test_member(cx, "agent");
    test_join(cx, department.id);
    CHECK_OK(departments_remove(cx, department.id));
    CHECK_FAIL(departments_get(cx, department.id, &department), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(departments_remove(cx, ticket.department), ERR_CONFLICT, "department_in_use");
}

TEST(another_accounts_department_company_and_member_do_not_exist)
{
    struct cx *theirs = test_cx();
    struct department foreign = a_department(theirs, "Sales"), department;
    struct department_member stranger = { .id = test_member(theirs, "agent") };
    struct cx *ours = test_cx();
    struct department mine = a_department(ours, "Sales");
    struct branch branch = { .company = foreign.company, .name = STR("Matriz") };
    int64_t wanted[] = { foreign.id.v };

    test_member(ours, "owner");
    CHECK_FAIL(departments_get(ours, foreign.id, &department), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(departments_lock(ours, foreign.id, &department), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(departments_remove(ours, foreign.id), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(departments_order(ours, (struct json_ids){ wanted, 1 }), ERR_NOT_FOUND,
               "department_unknown");
    CHECK_FAIL(departments_set_people(ours, mine.id, &(struct department_people){ &stranger, 1 }),
               ERR_NOT_FOUND, "member_unknown");
    CHECK_FAIL(branches_save(ours, &branch, &branch), ERR_NOT_FOUND, "company_unknown");
    CHECK_FAIL(companies_remove(ours, foreign.company), ERR_NOT_FOUND, "not_found");
    mine.company = foreign.company;
    mine.name = STR("Support");
    CHECK_FAIL(departments_add(ours, &mine, &mine), ERR_NOT_FOUND, "company_unknown");
}
