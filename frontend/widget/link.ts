/** What the link that led here says of itself: it may begin a conversation of its own. */
export interface Link {
  ref?: string;
  campaign?: string;
}

const LINK = 'link';
const MOST = 200; // the contract's

const said = (value: unknown): string =>
  typeof value === 'string' ? value.trim().slice(0, MOST) : '';

/** The script tag's word counts before the address's; `utm_campaign` is what advertisers write anyway. */
export function readLink(tag: string, search: string): Link | null {
  const query = new URLSearchParams(search);
  const ref = said(tag) || said(query.get('ref'));
  const campaign = said(query.get('utm_campaign'));
  if (ref === '' && campaign === '') return null;
  return { ...(ref && { ref }), ...(campaign && { campaign }) };
}

interface Memory {
  get(name: string): unknown;
  put(name: string, value: unknown): void;
}

/** Whoever came by a link and looks around first still came by it, until the tab is closed. */
export function linkOfVisit(now: Link | null, visit: Memory): Link {
  if (now) visit.put(LINK, now);
  const kept = now ?? visit.get(LINK);
  if (typeof kept !== 'object' || kept === null) return {};
  const ref = said((kept as Link).ref);
  const campaign = said((kept as Link).campaign);
  return { ...(ref && { ref }), ...(campaign && { campaign }) };
}
