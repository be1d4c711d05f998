import { currentAccount } from '@/api/account';
import type { Attachment } from '../api';

/** Where the bytes of an attachment are; the cookie says who asks. */
export const mediaAddress = (attachment: Pick<Attachment, 'id'>) =>
  `/media/${attachment.id}?account=${currentAccount()}`;
