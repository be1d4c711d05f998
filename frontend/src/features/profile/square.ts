import { Refusal } from '@/api/refusal';

const SIDE = 512;

/** A square from the middle, drawn anew: what a camera knew of the place stays behind. */
export async function squareOf(file: Blob): Promise<Blob> {
  let image: ImageBitmap;
  try {
    image = await createImageBitmap(file);
  } catch {
    throw new Refusal({ slug: 'picture_kind_unknown', status: 415 });
  }
  const { width, height } = image;
  const cut = Math.min(width, height);
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  canvas
    .getContext('2d')
    ?.drawImage(image, (width - cut) / 2, (height - cut) / 2, cut, cut, 0, 0, SIDE, SIDE);
  image.close();
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.9 });
}
