/** multipart/form-data, whole in memory: the largest thing anybody uploads here is a 100 MB document. */
export type Part = { name: string; filename?: string; type?: string; bytes: Buffer };

export function parseMultipart(body: Buffer, contentType: string): Part[] | undefined {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const mark = boundary?.[1] ?? boundary?.[2];
  if (mark === undefined) return undefined;
  const separator = Buffer.from(`\r\n--${mark}`);
  /* The first separator has no line break before it; lending it one makes all alike. */
  const bytes = Buffer.concat([Buffer.from('\r\n'), body]);
  const parts: Part[] = [];
  let at = bytes.indexOf(separator);
  while (at >= 0) {
    const start = at + separator.length;
    if (bytes.toString('latin1', start, start + 2) === '--') return parts;
    const end = bytes.indexOf(separator, start);
    if (end < 0) return undefined;
    const part = parsePart(bytes.subarray(start + 2, end));
    if (!part) return undefined;
    parts.push(part);
    at = end;
  }
  return undefined;
}

function parsePart(bytes: Buffer): Part | undefined {
  const blank = bytes.indexOf('\r\n\r\n');
  if (blank < 0) return undefined;
  const head = bytes.toString('utf8', 0, blank);
  const name = /content-disposition:[^\r\n]*[;\s]name="([^"]*)"/i.exec(head)?.[1];
  if (name === undefined) return undefined;
  const filename = /content-disposition:[^\r\n]*filename="([^"]*)"/i.exec(head)?.[1];
  const type = /^content-type:\s*([^\r\n]+)/im.exec(head)?.[1];
  return {
    name,
    ...(filename === undefined ? {} : { filename }),
    ...(type === undefined ? {} : { type: type.trim() }),
    bytes: bytes.subarray(blank + 4),
  };
}
