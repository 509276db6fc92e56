import { commands, type FileForm } from "../../api/bindings";

/** A photo as it stands here: an address of its own for the page, or why there is none. */
export type Drawn = { url: string } | { why: "coming" | "absent" | "unreadable" };

/** Asks the program for the bytes; the web view never names a file. Whoever asks lets the address go. */
export async function draw(record: string | null, file: FileForm, large: boolean): Promise<Drawn> {
  const answer = await commands.picture(record, file, large);
  if (answer.status === "error") return { why: "unreadable" };
  const picture = answer.data;
  if (picture.is !== "here") return { why: picture.is };
  const bytes = Uint8Array.from(atob(picture.bytes), (each) => each.charCodeAt(0));
  return { url: URL.createObjectURL(new Blob([bytes], { type: picture.media_type })) };
}

export function release(drawn: Drawn | undefined) {
  if (drawn && "url" in drawn) URL.revokeObjectURL(drawn.url);
}

export const isPhoto = ({ media_type }: FileForm) =>
  ["image/jpeg", "image/png", "image/webp"].includes(media_type);
