/* Files of flows: kept once, said as often as somebody comes by, and missed where they are not. */
#include "domain/flows/flow_media.h"
#include "domain/testing/flow_house.h"

#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define SENDS(type, settings)                                                                      \
    "{'format':'balcao-flow','format_version':1,'key':'envia','name':'Envia','channels':["         \
    "'whatsapp'],'settings':{'fallback':{'department':'department:%lld'}},'variables':[],"         \
    "'notes':[],'refs':[],'start':'envia','cards':["                                               \
    "{'id':'envia','type':'" type "','v':1,'position':{'x':0,'y':0},'settings':{" settings "}},"   \
    "{'id':'para','type':'transfer','v':1,'position':{'x':0,'y':2},"                               \
    "'settings':{'target':'department','department':'department:%lld'}}],"                         \
    "'connectors':[{'from':'envia','outlet':'next','to':'para'}]}"

static const char paper[] = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

/* What nginx hands over. */
static struct upload
handed_over(struct flow_house *h, const char *bytes, const char *mime)
{
    const char *path = str_cstr(
        h->cx->arena, str_fmt(h->cx->arena, "%s/flow-media-%d", h->cx->conf->media_dir, rand()));
    FILE *file;

    mkdir(h->cx->conf->media_dir, 0750);
    file = fopen(path, "w");
    CHECK(file != NULL);
    fputs(bytes, file);
    fclose(file);
    return (struct upload){ .file = str_of(path),
                            .content_length = (int64_t)strlen(bytes),
                            .content_type = str_of(mime),
                            .filename = STR("tabela de preços.pdf"),
                            .max_bytes = FLOW_MEDIA_MAX };
}

static struct flow_media
keep(struct flow_house *h)
{
    struct upload upload = handed_over(h, paper, "application/pdf");
    struct flow_media media;

    CHECK_OK(flow_media_add(h->cx, &upload, &media));
    return media;
}

/* A document that sends it. */
static const char *
sending(struct flow_house *h, struct flow_media media)
{
    struct buf b = { .arena = h->cx->arena };

    for (const char *c = SENDS("send_file", "'file':'file:#','caption':'Olá'"); *c != '\0'; c++)
        if (*c == '#')
            buf_add(&b, media.sha256);
        else
            buf_char(&b, *c);
    return str_cstr(h->cx->arena, buf_str(&b));
}

TEST(the_same_bytes_are_one_file)
{
    struct flow_house h = { 0 };
    struct flow_media one, other, *all;
    size_t n;

    house_open(&h);
    one = keep(&h);
    other = keep(&h);
    CHECK_STR(one.sha256, str_cstr(h.cx->arena, other.sha256));
    CHECK_STR(one.mime, "application/pdf");
    CHECK_STR(one.name, "tabela de preços.pdf");
    CHECK_OK(flow_media_list(h.cx, &all, &n));
    CHECK_I64((int64_t)n, 1);
}

TEST(what_no_flow_may_send_is_refused)
{
    struct flow_house h = { 0 };
    struct upload upload;
    struct flow_media media;

    house_open(&h);
    upload = handed_over(&h, "#!/bin/sh\necho x\n", "application/octet-stream");
    CHECK_FAIL(flow_media_add(h.cx, &upload, &media), ERR_UNSUPPORTED, "file_kind_refused");
}

TEST(a_file_goes_out_with_its_caption_each_time)
{
    struct flow_house h = { 0 };
    struct message said;

    house_open(&h);
    house_begins(&h, house_flow(&h, sending(&h, keep(&h))));
    house_writes(&h, "Oi");
    said = house_said(&h, "out", 1);
    CHECK_STR(said.kind, "document");
    CHECK_STR(said.text, "Olá");
    CHECK_I64(said.attachment_count, 1);
    CHECK_STR(said.attachments[0].filename, "tabela de preços.pdf");
    CHECK_STR(said.state, "queued");
    CHECK_I64(h.ticket.state, TICKET_WAITING);
}

TEST(a_file_that_is_not_here_is_not_published)
{
    struct findings findings = { 0 };
    struct flow_version version;
    struct flow_house h = { 0 };
    struct flow_draft draft;
    struct flow_id id;
    struct flow_media gone = { .sha256 =
                                   STR_INIT("0000000000000000000000000000000000000000000000000"
                                            "000000000000000") };
    struct buf document = { 0 };

    house_open(&h);
    document.arena = h.cx->arena;
    for (const char *c = sending(&h, gone); *c != '\0'; c++)
        buf_char(&document, *c == '\'' ? '"' : *c);
    CHECK_OK(flows_create(h.cx, (struct str){ 0 }, (struct str){ 0 }, buf_str(&document), &id));
    CHECK_OK(flow_draft_get(h.cx, id, &draft));
    CHECK_FAIL(flow_versions_publish(h.cx, id,
                                     &(struct flow_publication){ draft.revision, STR("x"), false },
                                     &version, &findings),
               ERR_CONFLICT, "flow_has_errors");
}
