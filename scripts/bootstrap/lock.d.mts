export function withLock<Result>(
  file: string,
  waiting: (holder: number) => void,
  act: () => Promise<Result>,
): Promise<Result>;

/** Takes a lock without waiting. Answers how to release it, or who holds it. */
export function tryLock(file: string): { release: () => void } | { holder: number };
