interface Part {
  text: string;
  href: string | null;
}

/* http(s) only: no other scheme is safe to make a link of. */
const ADDRESS = /\bhttps?:\/\/[^\s<>"']+/gi;

/* The full stop of the sentence, and the bracket around it, are not part of the address. */
const TRAILING = /[.,;:!?)\]}'"»”]+$/;

/** Text cut into plain parts and addresses. */
export function linksIn(text: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(TRAILING, '');
    if (match.index > from) parts.push({ text: text.slice(from, match.index), href: null });
    parts.push({ text: address, href: address });
    from = match.index + address.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), href: null });
  return parts;
}
