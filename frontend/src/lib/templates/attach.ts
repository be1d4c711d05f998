import { uploadFile } from '@/lib/upload';

/** The file of its header goes up first; the template is sent with what it is called there. */
export const attach = async (file: File | undefined) =>
  file && {
    attachment_id: (await uploadFile(file, () => undefined, new AbortController().signal)).id,
  };
