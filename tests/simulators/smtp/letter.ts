/** Reads a message (RFC 5322, MIME) as far as a reader of mail needs it. */
export type Letter = { message_id: string; subject: string; text: string; html: string; links: string[]; raw: string };

type Part = { headers: Map<string, string[]>; body: string };

/** Every server of weight refuses letters that lack one of these or say it twice. */
const ONCE = ['from', 'to', 'subject', 'date', 'message-id'];

export function readLetter(raw: string): Letter {
  const letter = readPart(raw);
  const text = findText(letter, 'text/plain');
  return {
    message_id: letter.headers.get('message-id')?.[0] ?? '',
    subject: decodeWords(letter.headers.get('subject')?.[0] ?? ''),
    text,
    html: findText(letter, 'text/html'),
    links: text.match(/https?:\/\/\S+/g) ?? [],
    raw,
  };
}

/** Why a careful server would not take it; undefined: it would. */
export function complaint(raw: string): string | undefined {
  const { headers } = readPart(raw);
  const wrong = ONCE.find((name) => headers.get(name)?.length !== 1);
  return wrong === undefined ? undefined : `5.7.1 exactly one ${wrong} header is needed`;
}

function readPart(raw: string): Part {
  const end = raw.indexOf('\r\n\r\n');
  const headers = new Map<string, string[]>();
  for (const line of raw.slice(0, end).replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  return { headers, body: end < 0 ? '' : raw.slice(end + 4) };
}

function findText(part: Part, wanted: string): string {
  const type = part.headers.get('content-type')?.[0] ?? 'text/plain';
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (type.toLowerCase().startsWith('multipart/') && boundary !== undefined) {
    return part.body.split(`--${boundary}`).slice(1, -1).map((inner) => findText(readPart(inner.replace(/^\r\n/, '')), wanted)).join('');
  }
  return type.toLowerCase().startsWith(wanted) ? decodeBody(part) : '';
}

function decodeBody({ headers, body }: Part): string {
  const encoding = headers.get('content-transfer-encoding')?.[0]?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  return encoding === 'quoted-printable' ? decodeQuoted(body.replace(/=\r\n/g, '')) : body;
}

function decodeQuoted(text: string): string {
  return Buffer.from(text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8');
}

/** RFC 2047; the space between two encoded words is none. */
function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(word, 'base64').toString('utf8') : decodeQuoted(word.replaceAll('_', ' ')));
}
