export type LockHolder = { pid: number; host: string; startedAt: string; takenAt: string }
export type LockAttempt = { release: () => void; holder: null } | { release: null; holder: LockHolder }
export function takeLock(folder: string): LockAttempt
export function waitForLock(folder: string, onWait: (holder: LockHolder) => void): Promise<() => void>
export function lockHolder(folder: string): LockHolder | null
