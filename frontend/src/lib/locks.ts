/** Web Locks, where the browser has them: plain http and old browsers do not. */
export const webLocks = (): LockManager | undefined =>
  (navigator as { locks?: LockManager | null }).locks ?? undefined;
