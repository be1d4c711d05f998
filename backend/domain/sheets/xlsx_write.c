#include "xlsx_write.h"

#include "zip_write.h"

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define OPEN_XML "http://schemas.openxmlformats.org/"
#define OFFICE_XML "application/vnd.openxmlformats-officedocument.spreadsheetml."

/* Every file but the sheet itself. */
static const struct {
    const char *name;
    struct str text;
} parts[] = {
    { "[Content_Types].xml",
      STR_INIT(XML "<Types xmlns=\"" OPEN_XML "package/2006/content-types\">"
                   "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
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
                buf_char(out, c); /* XML has no place for the rest */
        }
    }
}

void
xlsx_put_row(struct buf *out, const struct str *cells, size_t n)
{
    buf_add(out, STR("<row>"));
    for (size_t i = 0; i < n; i++) {
        buf_add(out, STR("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">"));
        put_text(out, cells[i]);
        buf_add(out, STR("</t></is></c>"));
    }
    buf_add(out, STR("</row>"));
}

bool
xlsx_write(FILE *rows, FILE *out)
{
    struct zip_out z = { .file = out };
    char chunk[64 * 1024];
    size_t n;

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        zip_begin(&z, parts[i].name);
        zip_put(&z, parts[i].text);
        zip_end(&z);
    }
    zip_begin(&z, "xl/worksheets/sheet1.xml");
    zip_put(&z, STR(XML "<worksheet xmlns=\"" OPEN_XML "spreadsheetml/2006/main\"><sheetData>"));
    while ((n = fread(chunk, 1, sizeof chunk, rows)) > 0)
        zip_put(&z, (struct str){ chunk, n });
    zip_put(&z, STR("</sheetData></worksheet>"));
    zip_end(&z);
    return ferror(rows) == 0 && zip_finish(&z);
}
