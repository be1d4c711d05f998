/* Tags and departments that a file names and nobody here has: made for those who ask for it and may. */
#include "flow_import_private.h"

#include "base/fold.h"

#include "domain/auth/auth.h"
#include "domain/org/org.h"
#include "domain/tags/tags.h"

#include "flows_world.sql.h"

static struct err
make_tag(struct cx *cx, struct str name, int64_t *id)
{
    struct tag tag = {
        .name = name, .color = STR("plain"), .description = STR(""), .is_active = true
    };

    TRY(tags_add(cx, &tag));
    *id = tag.id.v;
    return OK;
}

static struct err
make_department(struct cx *cx, struct str name, int64_t *id)
{
    struct department_id department;

    TRY(org_add_department(cx, name, &department));
    *id = department.v;
    return OK;
}

static const struct maker {
    const char *kind, *permission;
    struct err (*make)(struct cx *cx, struct str name, int64_t *id);
    size_t name_max; /* characters, as their own routes have it */
    bool is_empty;   /* as the linter calls it */
} makers[] = {
    { "tag", "tags.create", make_tag, 40, false },
    { "department", "departments.manage", make_department, 60, true },
    { 0 },
};

/* Who makes it, for somebody who may; NULL: it stays missing. */
static const struct maker *
maker_of(const struct cx *cx, const struct import_ref *ref)
{
    const struct maker *maker = makers;

    if (ref->to.len > 0 || ref->name.len == 0)
        return NULL;
    while (maker->kind != NULL && !str_eq(flow_ref_kind(ref->ref), str_of(maker->kind)))
        maker++;
    return maker->kind != NULL && str_code_points(ref->name) <= maker->name_max &&
                   access_may(cx, maker->permission)
               ? maker
               : NULL;
}

/* One that was made before it under the same name, written this way or another. */
static const struct import_ref *
made_already(struct arena *a, const struct plan *plan, const struct import_ref *ref)
{
    for (const struct import_ref *one = plan->refs; one < ref; one++)
        if (one->is_made && str_eq(flow_ref_kind(one->ref), flow_ref_kind(ref->ref)) &&
            str_eq(fold(a, one->name), fold(a, ref->name)))
            return one;
    return NULL;
}

/* What is out of use keeps its name: nothing is made beside it. */
static struct err
mark_names_kept(struct cx *cx, const struct plan *plan, bool *is_kept)
{
    struct str *kinds = arena_array(cx->arena, struct str, plan->ref_count + 1);
    struct str *names = arena_array(cx->arena, struct str, plan->ref_count + 1);
    struct db_rows rows;

    for (size_t i = 0; i < plan->ref_count; i++) {
        kinds[i] = flow_ref_kind(plan->refs[i].ref);
        names[i] = plan->refs[i].name.p == NULL ? STR("") : plan->refs[i].name;
    }
    TRY(db_many(cx, &SQL_flow_refs_idle, &rows, P_ID(cx->account),
                db_p_strs(cx->arena, kinds, plan->ref_count),
                db_p_strs(cx->arena, names, plan->ref_count)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        is_kept[db_i64(&row, 0) - 1] = true;
    }
    return OK;
}

struct err
flow_import_make(struct cx *cx, const struct flow_import *wish, bool is_dry, struct plan *plan)
{
    bool *is_kept = arena_array(cx->arena, bool, plan->ref_count + 1);

    plan->made = arena_array(cx->arena, struct lint_ref, plan->ref_count + 1);
    if (!wish->creates_missing || plan->ref_count == 0)
        return OK;
    TRY(mark_names_kept(cx, plan, is_kept));
    for (size_t i = 0; i < plan->ref_count; i++) {
        struct import_ref *ref = &plan->refs[i];
        int64_t id = INT64_MAX - (int64_t)i;
        const struct import_ref *twin;
        const struct maker *maker;

        ref->name = str_trim(ref->name);
        maker = maker_of(cx, ref);
        if (maker == NULL || is_kept[i])
            continue;
        twin = made_already(cx->arena, plan, ref);
        if (twin != NULL) {
            ref->to = twin->to;
            continue;
        }
        if (!is_dry)
            TRY(maker->make(cx, ref->name, &id));
        ref->to = str_fmt(cx->arena, "%s:%lld", maker->kind, (long long)id);
        ref->is_made = true;
        plan->made[plan->made_count++] =
            (struct lint_ref){ .ref = ref->to, .name = ref->name, .is_empty = maker->is_empty };
    }
    return OK;
}
