#include "demo_flow.h"

#include "base/db.h"
#include "domain/flows/flows.h"
#include "main/flow_files.h"

#include "demo.sql.h"

static const char note[] = "A primeira versão: cumprimenta, pergunta o assunto e chama a equipe.";

static struct err
import(struct cx *cx, const char *flow_file)
{
    struct flow_import wish = { 0 };
    struct str report;

    TRY(flow_files_json(cx->arena, flow_file, &wish.bundle));
    return flow_import(cx, &wish, false, &report);
}

static struct err
publish(struct cx *cx, struct flow_id id)
{
    struct findings findings = { .arena = cx->arena };
    struct flow_version version;
    struct flow_draft draft;
    struct err e;

    TRY(flow_draft_get(cx, id, &draft));
    e = flow_versions_publish(cx, id, &(struct flow_publication){ draft.revision, str_of(note) },
                              &version, &findings);
    if (e.code == ERR_CONFLICT && findings.n > 0) {
        log_error("demo.flow", "why=%s",
                  log_safe(cx->arena, finding_message(cx->arena, &findings.v[0])));
        return FAIL(ERR_INVALID, "demo_flow_unfit");
    }
    return e;
}

/* Every channel of the demo begins it. */
static struct err
start(struct cx *cx, struct flow_id id)
{
    struct findings findings = { .arena = cx->arena };
    struct flow_start *starts;
    struct db_rows channels;
    struct flow_id unfit;

    TRY(db_many(cx, &SQL_demo_channels, &channels, P_ID(cx->account)));
    starts = arena_array(cx->arena, struct flow_start, (size_t)channels.count + 1);
    for (int i = 0; i < channels.count; i++) {
        struct db_row row = db_row_at(&channels, i);

        starts[i] = (struct flow_start){ .kind = START_CHANNEL,
                                         .flow_id = id.v,
                                         .channel_id = db_i64(&row, 0) };
    }
    return flow_starts_save(cx, starts, (size_t)channels.count, &unfit, &findings);
}

struct err
demo_flow_plant(struct cx *cx, const char *flow_file)
{
    struct flow_list made;
    struct db_row row;
    bool had_one;

    /* Rooms are behind the fence of accounts as ever: the superuser of the cluster stands outside of it. */
    db_queue(cx, &SQL_demo_role, P_STR(STR("balcao_api")));
    db_set_account(cx, cx->account);
    TRY(db_opt(cx, &SQL_demo_has_flows, &had_one, &row, P_ID(cx->account)));
    if (had_one)
        return OK;
    TRY(import(cx, flow_file));
    TRY(flows_list(cx, (struct str){ 0 }, 0, 1, &made));
    if (made.n == 0)
        return FAIL(ERR_INVALID, "demo_flow_unfit");
    TRY(publish(cx, made.v[0].id));
    return start(cx, made.v[0].id);
}
