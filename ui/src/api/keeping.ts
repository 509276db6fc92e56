/** What must be kept before the notebook closes: editors put their drafts away here. */
type Keep = () => Promise<unknown>;
const keeps = new Set<Keep>();

/** Whoever waits longer than this loses nothing that was not said within the last second. */
const PATIENCE_MS = 1500;

/** Called before the notebook is locked; answers how to leave. */
export function beforeLock(keep: Keep): () => void {
  keeps.add(keep);
  return () => void keeps.delete(keep);
}

/** Everything is kept, or has had its time. */
export async function keepAll(): Promise<void> {
  const all = Promise.allSettled([...keeps].map((keep) => keep()));
  await Promise.race([all, new Promise((over) => setTimeout(over, PATIENCE_MS))]);
}
