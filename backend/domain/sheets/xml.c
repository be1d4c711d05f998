#include "xml.h"

#include <expat.h>

struct xml {
    XML_Parser parser;
    const struct xml_events *events;
    void *arg;
    int depth;
    struct err stopped;
};

/* Behind its prefix. */
static struct str
local(const char *name)
{
    const char *colon = strrchr(name, ':');

    return str_of(colon == NULL ? name : colon + 1);
}

struct str
xml_attribute(struct xml_attributes attributes, const char *name)
{
    for (const char **p = attributes.pairs; *p != NULL; p += 2)
        if (str_eq(local(p[0]), str_of(name)))
            return str_of(p[1]);
    return (struct str){ 0 };
}

void
xml_stop(struct xml *x, struct err why)
{
    if (x->stopped.code != ERR_NONE)
        return;
    x->stopped = why;
    XML_StopParser(x->parser, XML_FALSE);
}

static void XMLCALL
on_open(void *arg, const XML_Char *name, const XML_Char **pairs)
{
    struct xml *x = arg;

    if (++x->depth > XML_DEPTH_MAX)
        xml_stop(x, FAIL(ERR_INVALID, "workbook_broken"));
    else if (x->events->open != NULL && x->stopped.code == ERR_NONE)
        x->events->open(x->arg, local(name), (struct xml_attributes){ pairs });
}

static void XMLCALL
on_close(void *arg, const XML_Char *name)
{
    struct xml *x = arg;

    x->depth--;
    if (x->events->close != NULL && x->stopped.code == ERR_NONE)
        x->events->close(x->arg, local(name));
}

static void XMLCALL
on_text(void *arg, const XML_Char *text, int n)
{
    struct xml *x = arg;

    if (x->events->text != NULL && x->stopped.code == ERR_NONE)
        x->events->text(x->arg, (struct str){ text, (size_t)n });
}

static void XMLCALL
on_document_type(void *arg, const XML_Char *name, const XML_Char *system_id,
                 const XML_Char *public_id, int has_internal_subset)
{
    (void)name;
    (void)system_id;
    (void)public_id;
    (void)has_internal_subset;
    xml_stop(arg, FAIL(ERR_INVALID, "workbook_broken"));
}

static void
free_parser(void *arg)
{
    XML_ParserFree(arg);
}

struct xml *
xml_new(struct arena *a, const struct xml_events *events, void *arg)
{
    struct xml *x = arena_new_of(a, struct xml);

    *x = (struct xml){ .parser = XML_ParserCreate("UTF-8"), .events = events, .arg = arg };
    if (x->parser == NULL)
        BUG("out of memory");
    arena_cleanup(a, free_parser, x->parser);
    XML_SetUserData(x->parser, x);
    XML_SetElementHandler(x->parser, on_open, on_close);
    XML_SetCharacterDataHandler(x->parser, on_text);
    XML_SetStartDoctypeDeclHandler(x->parser, on_document_type);
    return x;
}

static struct err
parse(struct xml *x, struct str bytes, bool is_last)
{
    if (XML_Parse(x->parser, bytes.p, (int)bytes.len, is_last) == XML_STATUS_OK)
        return OK;
    return x->stopped.code != ERR_NONE ? x->stopped : FAIL(ERR_INVALID, "workbook_broken");
}

struct err
xml_feed(struct xml *x, struct str bytes)
{
    return parse(x, bytes, /* is_last= */ false);
}

struct err
xml_end(struct xml *x)
{
    return parse(x, STR(""), /* is_last= */ true);
}
