#include "xlsx_write.h"

#include "base/err.h"
#include "csv.h"
#include "zip_write.h"

#include <zlib.h>

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define OPEN_XML "http://schemas.openxmlformats.org/"
#define OFFICE_XML "application/vnd.openxmlformats-officedocument.spreadsheetml."
#define PACKAGE_XML "application/vnd.openxmlformats-package."

/* Every file of the archive but the sheet, which is the last. They are kept as they are. */
/* clang-format off */
static const struct {
    const char *name;
    struct str text;
} parts[] = {
    { "[Content_Types].xml",
      STR_INIT(XML "<Types xmlns=\"" OPEN_XML "package/2006/content-types\">"
               "<Default Extension=\"rels\" ContentType=\"" PACKAGE_XML "relationships+xml\"/>"
               "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
               "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" OFFICE_XML "sheet.main+xml\"/>"
               "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" OFFICE_XML "worksheet+xml\"/>"
               "</Types>") },
    { "_rels/.rels",
      STR_INIT(XML "<Relationships xmlns=\"" OPEN_XML "package/2006/relationships\">"
               "<Relationship Id=\"rId1\" Type=\"" OPEN_XML "officeDocument/2006/relationships/officeDocument\" "
               "Target=\"xl/workbook.xml\"/></Relationships>") },
    { "xl/workbook.xml",
      STR_INIT(XML "<workbook xmlns=\"" OPEN_XML "spreadsheetml/2006/main\" "
               "xmlns:r=\"" OPEN_XML "officeDocument/2006/relationships\">"
               "<sheets><sheet name=\"Contatos\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>") },
    { "xl/_rels/workbook.xml.rels",
      STR_INIT(XML "<Relationships xmlns=\"" OPEN_XML "package/2006/relationships\">"
               "<Relationship Id=\"rId1\" Type=\"" OPEN_XML "officeDocument/2006/relationships/worksheet\" "
               "Target=\"worksheets/sheet1.xml\"/></Relationships>") },
};
static const struct str
    sheet_head = STR_INIT(XML "<worksheet xmlns=\"" OPEN_XML "spreadsheetml/2006/main\"><sheetData>"),
    sheet_foot = STR_INIT("</sheetData></worksheet>");
/* clang-format on */

enum { PARTS = sizeof parts / sizeof parts[0], ENTRIES = PARTS + 1 };

static uint32_t
crc_of(uint32_t before, struct str bytes)
{
    return (uint32_t)crc32(before, (const unsigned char *)bytes.p, (unsigned)bytes.len);
}

/* Writes what stands before the sheet and says where everything is. */
static void
put_parts(struct buf *out, struct zip_entry entries[ENTRIES])
{
    size_t from = out->len;

    for (int i = 0; i < PARTS; i++) {
        entries[i] = (struct zip_entry){ .name = parts[i].name,
                                         .at = (uint32_t)(out->len - from),
                                         .crc = crc_of(0, parts[i].text),
                                         .packed = (uint32_t)parts[i].text.len,
                                         .size = (uint32_t)parts[i].text.len };
        zip_put_head(out, &entries[i]);
        buf_add(out, parts[i].text);
    }
    entries[PARTS] = (struct zip_entry){ .name = "xl/worksheets/sheet1.xml",
                                         .at = (uint32_t)(out->len - from),
                                         .is_packed = true };
    zip_put_head(out, &entries[PARTS]);
}

/*
 * A full flush ends on a byte and forgets what came before, so the next piece may be packed by somebody
 * else; only the last one is marked as the last.
 */
static void
pack(struct buf *out, struct str bytes, int flush)
{
    z_stream z = { 0 };

    if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) !=
        Z_OK)
        BUG("what=deflate");
    z.next_in = (unsigned char *)(uintptr_t)bytes.p;
    z.avail_in = (unsigned)bytes.len;
    do {
        buf_reserve(out, 64 * 1024);
        z.next_out = (unsigned char *)out->p + out->len;
        z.avail_out = (unsigned)(out->cap - out->len);
        (void)deflate(&z, flush);
        out->len = (size_t)((char *)z.next_out - out->p);
    } while (z.avail_out == 0);
    deflateEnd(&z);
}

static bool
add(struct xlsx *x, struct buf *out, struct str bytes, int flush)
{
    size_t from = out->len;

    x->sheet_crc = crc_of(x->sheet_crc, bytes);
    x->sheet_bytes += (int64_t)bytes.len;
    pack(out, bytes, flush);
    x->size_bytes += (int64_t)(out->len - from);
    return x->sheet_bytes < UINT32_MAX && x->size_bytes < INT32_MAX;
}

void
xlsx_begin(struct xlsx *x, struct buf *out)
{
    struct zip_entry entries[ENTRIES];
    size_t from = out->len;

    put_parts(out, entries);
    *x = (struct xlsx){ .size_bytes = (int64_t)(out->len - from) };
    (void)add(x, out, sheet_head, Z_FULL_FLUSH);
}

/* XML has no place for other control characters. */
static void
put_text(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.p[i];

        switch (c) {
        case '&': buf_add(out, STR("&amp;")); break;
        case '<': buf_add(out, STR("&lt;")); break;
        case '>': buf_add(out, STR("&gt;")); break;
        default:
            if ((unsigned char)c >= ' ' || c == '\n' || c == '\t')
                buf_char(out, c);
        }
    }
}

void
xlsx_put_row(struct buf *rows, const struct str *cells, size_t n)
{
    buf_add(rows, STR("<row>"));
    for (size_t i = 0; i < n; i++) {
        if (cells[i].len == 0) {
            buf_add(rows, STR("<c/>"));
            continue;
        }
        buf_add(rows, STR("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">"));
        if (csv_is_formula(cells[i]))
            buf_char(rows, '\'');
        put_text(rows, cells[i]);
        buf_add(rows, STR("</t></is></c>"));
    }
    buf_add(rows, STR("</row>"));
}

bool
xlsx_add(struct xlsx *x, struct buf *out, struct str rows)
{
    return add(x, out, rows, Z_FULL_FLUSH);
}

bool
xlsx_end(struct xlsx *x, struct buf *out)
{
    struct zip_entry entries[ENTRIES];
    struct buf before = { .arena = out->arena };
    size_t from;

    if (!add(x, out, sheet_foot, Z_FINISH))
        return false;
    put_parts(&before, entries); /* as they were written when it began */
    entries[PARTS].crc = x->sheet_crc;
    entries[PARTS].packed = (uint32_t)(x->size_bytes - (int64_t)before.len);
    entries[PARTS].size = (uint32_t)x->sheet_bytes;
    from = out->len;
    zip_put_tail(out, &entries[PARTS]);
    zip_put_list(out, entries, ENTRIES, (uint32_t)(x->size_bytes + (int64_t)(out->len - from)));
    x->size_bytes += (int64_t)(out->len - from);
    return true;
}
