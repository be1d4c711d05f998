export interface Place {
  origin: string; // where this script came from is where the server is
  channel: string;
  ref: string; // what the page says of whoever comes by it; '' is nothing
}

/** The script tag says which server and which channel. Null, with a word in the console, if not. */
export function readScriptTag(script: Element | null): Place | null {
  if (!(script instanceof HTMLScriptElement)) return null;
  const channel = script.dataset.channel ?? '';
  if (channel === '') {
    console.warn('Balcão: the script tag has no data-channel.');
    return null;
  }
  return { origin: new URL(script.src).origin, channel, ref: script.dataset.ref ?? '' };
}
