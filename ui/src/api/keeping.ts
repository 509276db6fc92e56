/** What must be kept before the notebook closes: editors put their drafts away here. `false`: it could not be kept. */
type Keep = () => Promise<unknown>;
const keeps = new Set<Keep>();

/** Whoever waits longer than this loses nothing that was not said within the last second. */
const PATIENCE_MS = 1500;

/** Called before the notebook is locked; answers how to leave. */
export function beforeLock(keep: Keep): () => void {
  keeps.add(keep);
  return () => void keeps.delete(keep);
}

/** Everything is kept, or has had its time; `false` where something is known not to be on the disk. */
export async function keepAll(): Promise<boolean> {
  const all = Promise.all([...keeps].map((keep) => keep().catch(() => false)));
  const over = new Promise<unknown[]>((over) => setTimeout(() => over([]), PATIENCE_MS));
  return !(await Promise.race([all, over])).includes(false);
}
