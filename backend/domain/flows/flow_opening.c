/* The hours of the house, for a clock that is moved by hand. */
#include "flow_host_private.h"
#include "flows_private.h"

#include "domain/hours/hours.h"

static void
take_sooner(int64_t opening_us, int64_t *out)
{
    if (opening_us > 0 && (*out == 0 || opening_us < *out))
        *out = opening_us;
}

/* Zero members: it is about something else. */
static struct hours_subject
subject_of(struct str ref)
{
    return (struct hours_subject){ .period = { flow_ref_id(ref, "period") },
                                   .department_id = flow_ref_id(ref, "department") };
}

struct err
flow_next_opening(struct cx *cx, struct flow_set flows, int64_t at_us, int64_t *out)
{
    const struct hours_subject house = { 0 };
    const struct hours_book *book;
    struct db_rows version;

    *out = 0;
    hours_ask(cx, &version);
    TRY(hours_book(cx, &version, &book));
    take_sooner(hours_next_opening(book, &house, at_us), out);
    for (size_t i = 0; i < flows.n; i++) {
        struct flow_words refs = document_refs(cx->arena, flows.v[i]);

        for (size_t k = 0; k < refs.n; k++) {
            struct hours_subject subject = subject_of(refs.v[k]);

            if (subject.period.v != 0 || subject.department_id != 0)
                take_sooner(hours_next_opening(book, &subject, at_us), out);
        }
    }
    return OK;
}
