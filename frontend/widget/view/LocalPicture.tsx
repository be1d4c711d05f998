import { useEffect, useRef } from 'preact/hooks';

const LONGEST_PX = 480; // twice the widest it is shown, for sharp screens

/**
 * A picture that was not sent yet. Painted, because an <img> of a blob: address is subject to the
 * page's content security policy, and a canvas is not.
 */
export function LocalPicture({ file, label }: { file: File; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    let isGone = false;
    async function paint() {
      const bitmap = await createImageBitmap(file);
      const target = canvas.current;
      if (!isGone && target) {
        const scale = Math.min(1, LONGEST_PX / Math.max(bitmap.width, bitmap.height));
        target.width = Math.max(1, Math.round(bitmap.width * scale));
        target.height = Math.max(1, Math.round(bitmap.height * scale));
        target.getContext('2d')?.drawImage(bitmap, 0, 0, target.width, target.height);
      }
      bitmap.close();
    }
    paint().catch(() => undefined); // not a picture after all: an empty frame with its name
    return () => {
      isGone = true;
    };
  }, [file]);

  return <canvas ref={canvas} class="local" role="img" aria-label={label} width={1} height={1} />;
}
