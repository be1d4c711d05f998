#include "flow_pages.h"

#include "flows_private.h"

#include "base/clock.h"
#include "domain/events/events.h"

#include "flows_pages.sql.h"

/* What is known of a flow while one of its pages speaks. */
struct desk {
    struct cx *cx;
    struct flow_id id;
    struct flow_pages *pages;
    bool is_moved; /* others see something else than before */
};

static struct flow_page
page_from_row(const struct db_row *row)
{
    return (struct flow_page){
        .member = { db_i64(row, 0) },
        .page = db_i64(row, 1),
        .opened_at_us = db_time(row, 2),
        .pencil_at_us = db_time(row, 3),
        .asked_at_us = db_time(row, 4),
    };
}

/* One page of a flow speaks at a time: the pencil goes from hand to hand, never to two. */
static struct err
sit_down(struct desk *d, int64_t page)
{
    struct flow_pages *out = d->pages;
    struct cx *cx = d->cx;
    struct db_rows rows;
    int64_t gone;

    if (cx->session_id == 0)
        return FAIL(ERR_FORBIDDEN, "token_not_allowed");
    TRY(flows_lock(cx, d->id));
    TRY(db_exec(cx, &SQL_flow_pages_sweep, &gone, P_ID(cx->account), P_ID(d->id),
                P_TIME(cx->now_us)));
    d->is_moved = gone > 0;
    TRY(db_many(cx, &SQL_flow_pages_list, &rows, P_ID(cx->account), P_ID(d->id)));
    out->v = arena_array(cx->arena, struct flow_page, (size_t)rows.count + 1);
    out->here = out->n = (size_t)rows.count;
    for (size_t i = 0; i < out->n; i++) {
        struct db_row row = db_row_at(&rows, (int)i);

        out->v[i] = page_from_row(&row);
        if (out->v[i].member.v == cx->member.v && out->v[i].page == page)
            out->here = i;
    }
    return OK;
}

static struct err
live(struct desk *d, int64_t page)
{
    struct flow_pages *pages = d->pages;
    struct cx *cx = d->cx;
    int64_t own = 0;

    if (pages->here == pages->n) {
        for (size_t i = 0; i < pages->n; i++)
            own += pages->v[i].member.v == cx->member.v;
        if (own >= FLOW_PAGES_OF_ONE)
            return FAIL(ERR_CONFLICT, "too_many_pages");
        pages->v[pages->n++] =
            (struct flow_page){ .member = cx->member, .page = page, .opened_at_us = cx->now_us };
        d->is_moved = true;
    }
    db_queue(cx, &SQL_flow_page_lives, P_ID(cx->account), P_ID(d->id), P_ID(cx->member),
             P_I64(page), P_TIME(cx->now_us), P_TIME(cx->now_us + FLOW_PAGE_LEASE_S * US_PER_S));
    return OK;
}

static void
mark(struct desk *d, struct flow_page *page, int64_t pencil_at_us, int64_t asked_at_us)
{
    if (page->pencil_at_us == pencil_at_us && page->asked_at_us == asked_at_us)
        return;
    page->pencil_at_us = pencil_at_us;
    page->asked_at_us = asked_at_us;
    db_queue(d->cx, &SQL_flow_page_mark, P_ID(d->cx->account), P_ID(d->id), P_ID(page->member),
             P_I64(page->page), pencil_at_us == 0 ? P_NULL : P_TIME(pencil_at_us),
             asked_at_us == 0 ? P_NULL : P_TIME(asked_at_us));
    d->is_moved = true;
}

/* Of whoever holds it; NULL: nobody. */
static struct flow_page *
holder(const struct desk *d)
{
    for (size_t i = 0; i < d->pages->n; i++)
        if (d->pages->v[i].pencil_at_us != 0)
            return &d->pages->v[i];
    return NULL;
}

/* To who has asked for longest; left lying when nobody did. */
static void
pass_on(struct desk *d)
{
    struct flow_page *next = NULL;

    for (size_t i = 0; i < d->pages->n; i++) {
        struct flow_page *one = &d->pages->v[i];

        if (one->asked_at_us != 0 && (next == NULL || one->asked_at_us < next->asked_at_us))
            next = one;
    }
    if (next != NULL)
        mark(d, next, d->cx->now_us, 0);
}

static void
tell(const struct desk *d)
{
    struct buf buf;
    struct json_out o;

    if (!d->is_moved)
        return;
    o = events_payload(d->cx, &buf);
    json_kv_i64(&o, "flow_id", d->id.v);
    json_close(&o, '}');
    events_tell_members(d->cx, "flow.pages", buf_str(&buf));
}

struct err
flow_pages_read(struct cx *cx, struct flow_id id, int64_t page, struct flow_pages *out)
{
    struct desk d = { .cx = cx, .id = id, .pages = out };

    TRY(sit_down(&d, page));
    TRY(live(&d, page));
    mark(&d, &out->v[out->here], 0, 0);
    if (holder(&d) == NULL)
        pass_on(&d);
    tell(&d);
    return OK;
}

struct err
flow_pages_write(struct cx *cx, struct flow_id id, int64_t page, bool asks, struct flow_pages *out)
{
    struct desk d = { .cx = cx, .id = id, .pages = out };
    struct flow_page *mine, *other;

    TRY(sit_down(&d, page));
    TRY(live(&d, page));
    mine = &out->v[out->here];
    if (holder(&d) == NULL)
        pass_on(&d);
    other = holder(&d);
    if (other == NULL) {
        mark(&d, mine, cx->now_us, 0);
    } else if (other != mine && !asks) {
        mark(&d, mine, 0, 0);
    } else if (other != mine && mine->asked_at_us == 0) {
        mark(&d, mine, 0, cx->now_us);
    } else if (other != mine && cx->now_us - mine->asked_at_us >= FLOW_HAND_OVER_S * US_PER_S) {
        mark(&d, other, 0, 0); /* before the other has it: two never do */
        mark(&d, mine, cx->now_us, 0);
    }
    tell(&d);
    return OK;
}

struct err
flow_pages_close(struct cx *cx, struct flow_id id, int64_t page, struct flow_pages *out)
{
    struct desk d = { .cx = cx, .id = id, .pages = out };

    TRY(sit_down(&d, page));
    if (out->here < out->n) {
        db_queue(cx, &SQL_flow_page_close, P_ID(cx->account), P_ID(id), P_ID(cx->member),
                 P_I64(page));
        out->n--;
        for (size_t i = out->here; i < out->n; i++)
            out->v[i] = out->v[i + 1];
        d.is_moved = true;
    }
    out->here = out->n;
    if (holder(&d) == NULL)
        pass_on(&d);
    tell(&d);
    return OK;
}

struct err
flow_pages_require(struct cx *cx, struct flow_id id)
{
    struct db_row row;
    bool is_elsewhere;

    if (cx->session_id == 0)
        return OK;
    TRY(db_opt(cx, &SQL_flow_pencil_elsewhere, &is_elsewhere, &row, P_ID(cx->account), P_ID(id),
               P_ID(cx->member), P_TIME(cx->now_us)));
    return is_elsewhere ? FAIL(ERR_CONFLICT, "flow_is_held") : OK;
}
