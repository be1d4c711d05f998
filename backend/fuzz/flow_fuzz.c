/*
 * Any bytes as a flow. What is no document is refused; what is one has one filled form, one list of findings, and is
 * never too strange to be looked at.
 */
#include "domain/flows/canonical.h"
#include "domain/flows/lint.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct json *
parsed(struct arena *a, struct str text)
{
    const struct json *v;

    if (json_parse(a, text, &v).code != ERR_NONE)
        BUG("what=filled_but_not_read");
    return v;
}

static struct str
findings_of(struct arena *a, const struct json *document)
{
    static const struct lint_ref refs[] = {
        { .ref = STR_INIT("department:1"), .name = STR_INIT("Vendas") },
        { .ref = STR_INIT("user:1"), .name = STR_INIT("Ana"), .is_inactive = true },
    };
    struct findings findings = { .arena = a };
    struct buf out = { .arena = a };
    struct flow_document *d;
    const struct flow_document *among[1];
    struct lint_world world = { .refs = refs,
                                .ref_count = sizeof(refs) / sizeof(refs[0]),
                                .channels = (1u << FLOW_CHANNEL__COUNT) - 1,
                                .is_bound = true,
                                .wants_reasons = true };

    if (document_read(a, document, &findings, &d).code != ERR_NONE)
        BUG("what=filled_but_no_flow");
    /* Among others there is one like it. */
    among[0] = d;
    world.flows = (struct flow_set){ among, 1 };
    lint_document(a, d, &world, &findings);
    document_refs(a, d);
    findings_write(&(struct json_out){ .buf = &out }, a, &findings);
    return buf_str(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(64 * 1024);
    struct str text = { (const char *)data, size }, filled, again;

    if (size > 64 * 1024) {
        arena_free(a);
        return -1;
    }
    if (document_fill(a, text, &filled).code == ERR_NONE) {
        const struct json *document = parsed(a, filled);

        if (document_fill(a, filled, &again).code != ERR_NONE || !str_eq(filled, again))
            BUG("what=filled_twice_is_another");
        if (!str_eq(canonical_text(a, document, CANONICAL_WHOLE), filled))
            BUG("what=filled_is_not_canonical");
        if (!str_eq(findings_of(a, document), findings_of(a, document)))
            BUG("what=another_list_of_findings");
        parsed(a, findings_of(a, document));
    }
    arena_free(a);
    return 0;
}
