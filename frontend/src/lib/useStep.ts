import { useState } from 'react';
import { asRefusal, type Refusal } from '@/api/refusal';

/** One step being taken: busy, and why it was refused. A ticket that is over sends back to the start. */
export function useStep(onExpired: () => void) {
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, setBusy] = useState(false);

  const take = async <T>(ask: () => Promise<T>, onDone: (answer: T) => void) => {
    setBusy(true);
    setRefusal(undefined);
    try {
      onDone(await ask());
    } catch (thrown) {
      const refused = asRefusal(thrown);
      if (refused.slug === 'ticket_invalid') onExpired();
      else setRefusal(refused);
    } finally {
      setBusy(false);
    }
  };
  return { refusal, isBusy, take };
}
