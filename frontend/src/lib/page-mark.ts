import { useEffect } from 'react';

const TILE =
  '<rect width="32" height="32" rx="8" fill="#2B50C4"/>' +
  '<path d="M10.6 9.1c1.7-2.3 3.6-2.3 5.4-.9s3.7 1.4 5.4-.9" fill="none" stroke="#F2B33D" stroke-width="2.2" stroke-linecap="round"/>' +
  '<path d="M8.2 20a7.8 7.8 0 0 1 15.6 0z" fill="#fff"/><rect x="5.5" y="22" width="21" height="3.2" rx="1.6" fill="#fff"/>';
const DOT = '<circle cx="26" cy="6" r="6" fill="#F2B33D" stroke="#fff" stroke-width="1.5"/>';

function drawIcon(unread: boolean) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${TILE}${unread ? DOT : ''}</svg>`;
  return URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
}

/** Title and icon of the tab: where we are, and how many wait for us. */
export function usePageMark(place: string, unread: number) {
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${place} · Balcão` : `${place} · Balcão`;
  }, [place, unread]);

  const dotted = unread > 0;
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (!link) return;
    const address = dotted ? drawIcon(true) : '/favicon.svg';
    link.href = address;
    return () => {
      if (dotted) URL.revokeObjectURL(address);
    };
  }, [dotted]);
}
