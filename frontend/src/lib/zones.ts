/** F6 walks the zones of the screen in the order of the document; Shift+F6 walks back. */
export function focusNextZone(backwards: boolean) {
  const zones = [...document.querySelectorAll<HTMLElement>('[data-zone]')].filter(
    (zone) => zone.offsetParent !== null,
  );
  if (zones.length === 0) return;
  const here = zones.findIndex((zone) => zone.contains(document.activeElement));
  const step = backwards ? -1 : 1;
  const next = zones[(here + step + zones.length) % zones.length];
  const preferred = next?.querySelector<HTMLElement>('[data-zone-focus]');
  (preferred ?? next)?.focus();
}
