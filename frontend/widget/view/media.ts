import { useEffect, useState } from 'preact/hooks';

/* The same cut as in styles.css: below it the panel is the screen. */
const PHONE = '(max-width: 479px), (max-height: 479px)';

export const hasRoomBeside = () => !matchMedia(PHONE).matches;

export const hasFinePointer = () => matchMedia('(pointer: fine)').matches;

export function useIsPhone(): boolean {
  const [isPhone, setPhone] = useState(() => !hasRoomBeside());
  useEffect(() => {
    const query = matchMedia(PHONE);
    const changed = () => setPhone(query.matches);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, []);
  return isPhone;
}
