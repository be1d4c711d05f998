/** The microphone, where there is one and the browser lets us. */

/** WhatsApp sends OPUS in ogg; browsers that cannot wrap it so give another box, which the lab repacks. */
const TYPES = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4'];

export function canRecord() {
  return 'MediaRecorder' in window && Boolean(navigator.mediaDevices?.getUserMedia);
}

/** @returns {Promise<{ keep: () => Promise<Blob>, drop: () => void }>} */
export async function startRecording() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type)) ?? '';
  const recorder = new MediaRecorder(stream, mimeType ? { mimeType } : {});
  /** @type {Blob[]} */
  const parts = [];
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve));
  recorder.start();
  const stop = () => {
    recorder.stop();
    for (const track of stream.getTracks()) track.stop();
  };
  return {
    keep: async () => {
      stop();
      await stopped;
      return new Blob(parts, { type: recorder.mimeType.split(';')[0] ?? '' });
    },
    drop: stop,
  };
}
