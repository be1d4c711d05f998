import { currentAccount } from '@/api/account';

/** Where a member's photo is; the cookie says who asks. */
export const photoAddress = (photoId: number | null | undefined) =>
  photoId ? `/media/photos/${photoId}?account=${currentAccount()}` : undefined;
