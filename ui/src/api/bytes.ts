/** The largest file that the program looks at; a larger one need not cross to it. */
const MOST_BYTES = 64 * 1024 * 1024;
/** `String.fromCharCode` takes so many at once. */
const CHUNK = 0x8000;

export const isTooLarge = (file: File) => file.size > MOST_BYTES;

/** The bytes of a file that was pasted or dropped, as text. */
export async function base64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}
