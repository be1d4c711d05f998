import { currentAccount } from '@/api/account';
import { Refusal, refusalFrom, UNREACHABLE } from '@/api/refusal';
import type { Schema } from '@/api/client';
import { refreshSession } from '@/api/session-refresh';
import { bringRefusal } from './i18n';

type Attachment = Schema['Attachment'];

/**
 * Sends the bytes of one file. XMLHttpRequest, because fetch does not tell how much has gone; so
 * the second chance after an expired session is taken here too.
 */
export async function uploadFile(
  file: File,
  onProgress: (done: number) => void,
  signal: AbortSignal,
  address = '/api/v1/uploads',
): Promise<Attachment> {
  const startedAt = Date.now();
  try {
    return await put(address, file, onProgress, signal);
  } catch (thrown) {
    const expired = thrown instanceof Refusal && thrown.status === 401;
    if (expired && (await refreshSession(startedAt))) return put(address, file, onProgress, signal);
    throw thrown;
  }
}

function put(address: string, file: File, onProgress: (done: number) => void, signal: AbortSignal) {
  return new Promise<Attachment>((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ filename: file.name });
    request.open('PUT', `${address}?${query.toString()}`);
    request.setRequestHeader('Balcao-Account', String(currentAccount()));
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.responseType = 'json';

    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const body: unknown = request.response;
      if (request.status === 201) return resolve(body as Attachment);
      const refusal = refusalFrom(body, new Response(null, { status: request.status }));
      void bringRefusal(refusal.slug).then(() => reject(refusal));
    };
    request.onerror = () => reject(new Refusal({ slug: UNREACHABLE, status: 0 }));
    request.onabort = () => reject(new Refusal({ slug: 'cancelled', status: 0 }));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
