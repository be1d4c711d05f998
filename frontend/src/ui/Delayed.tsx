import { useEffect, useState, type ReactNode } from 'react';

const PATIENCE_MS = 300;

/** A skeleton that lives less than 300 ms is a flicker: it keeps its space and stays unseen. */
export function Delayed({ children }: { children: ReactNode }) {
  const [visible, setVisible] = useState(false);

  useEffect(() => {
    const timer = setTimeout(() => setVisible(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);

  return (
    <div style={{ visibility: visible ? 'visible' : 'hidden', height: '100%' }}>{children}</div>
  );
}
