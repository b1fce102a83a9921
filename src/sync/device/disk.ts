import { type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames, wrap } from 'idb'
import type { Grant } from './grant.ts'
import type { Schema } from './rows.ts'
import type { Sealed } from './vault.ts'

/** How far this device has come. One record, written together with what it speaks of. */
export interface Progress {
  readonly cursor: number
  readonly epoch: string
  /** Where an unfinished series of pages goes on. */
  readonly resume: string | null
  /** The unfinished series is a whole new picture. */
  readonly isFresh: boolean
  /** All that a screen needs first has been here once. */
  readonly isUsable: boolean
  /** Number of the last journal record, and of the last one that the chunks contain. */
  readonly journal: number
  readonly folded: number
  readonly syncedAt: string | null
}

export const noProgress: Progress = {
  cursor: 0,
  epoch: '',
  resume: null,
  isFresh: false,
  isUsable: false,
  journal: 0,
  folded: 0,
  syncedAt: null,
}

/** One page as it came. */
export interface JournalRecord {
  readonly key: number
  /** The first page of a whole new picture. */
  readonly starts: boolean
  readonly blob: Sealed
}

/** Rows of one entity packed together. `key` orders the reading at opening, see `pack.ts`. */
export interface ChunkRecord {
  readonly key: string
  readonly entity: string
  /** Which of `schemas` its values follow. */
  readonly schema: number
  readonly blob: Sealed
}

export interface OutboxRecord {
  readonly n: number
  readonly id: string
  readonly deps: readonly number[]
  /** Once the server has accepted it. */
  readonly seq?: number
  readonly blob: Sealed
}

export interface NeedRecord {
  readonly n: number
  readonly blob: Sealed
}

/** The name of this device at the server, and the number of its next act. */
export interface Identity {
  readonly device: string
  readonly next: number
}

/** A text that somebody is still writing. The newest record of a key counts. */
export interface DraftRecord {
  /** Ids grow with time. */
  readonly id: string
  readonly blob: Sealed
}

interface Meta {
  /** Opens everything else; only while the lease runs. */
  readonly key: CryptoKey
  /** The same key, sealed with what only the server can give. */
  readonly wrapped: Sealed
  readonly grant: Grant
  readonly progress: Progress
  readonly schemas: readonly Schema[]
}

export interface Stores extends DBSchema {
  chunk: { key: string; value: ChunkRecord }
  journal: { key: number; value: JournalRecord }
  outbox: { key: number; value: OutboxRecord; indexes: { id: string } }
  needs: { key: number; value: NeedRecord }
  draft: { key: string; value: DraftRecord }
  meta: { key: string; value: Meta[keyof Meta] }
  /** Apart from `meta`, so that saving an act never waits for the packing of chunks. */
  identity: { key: string; value: Identity }
}

type Name = StoreNames<Stores>
type Mode = 'readonly' | 'readwrite'
/** May use only the stores it was opened for. */
export type DiskTx<M extends Mode = Mode> = IDBPTransaction<Stores, Name[], M>

/** The disk could not be written or read, several times over. */
export class DiskFailure extends Error {
  constructor(cause: unknown) {
    super('the disk of this device failed', { cause })
    this.name = 'DiskFailure'
  }
}

const attempts = 3

/**
 * The database of one member. The browser may close it under the app (iOS does after a while in the background)
 * or fail a transaction for no lasting reason: then it is opened anew and the work is done again. Work must
 * therefore be such that doing it twice does no harm.
 */
export class Disk {
  readonly #factory: IDBFactory
  readonly #name: string
  #database: Promise<IDBPDatabase<Stores>> | null = null
  #isClosed = false

  constructor(factory: IDBFactory, name: string) {
    this.#factory = factory
    this.#name = name
  }

  /**
   * One transaction; resolves when it is complete. `durable`: only when it has reached the medium.
   * @throws DiskFailure when that fails several times in a row
   */
  write<T>(
    stores: Name[],
    work: (tx: DiskTx<'readwrite'>) => Promise<T>,
    durability: 'strict' | 'relaxed' = 'relaxed',
  ): Promise<T> {
    return this.#run((database) => database.transaction(stores, 'readwrite', { durability }), work)
  }

  /** @throws DiskFailure when that fails several times in a row */
  read<T>(stores: Name[], work: (tx: DiskTx<'readonly'>) => Promise<T>): Promise<T> {
    return this.#run((database) => database.transaction(stores, 'readonly'), work)
  }

  close(): void {
    this.#isClosed = true
    this.#drop()
  }

  /** Closes for good and deletes everything; other tabs give way when they hear of it. */
  async destroy(): Promise<void> {
    this.close()
    await new Promise<void>((resolve, reject) => {
      const request = this.#factory.deleteDatabase(this.#name)
      request.onsuccess = () => resolve()
      // Another tab is slow to let go; the key is gone already and the browser deletes when it has.
      request.onblocked = () => resolve()
      request.onerror = () => reject(request.error)
    })
  }

  async #run<T, M extends Mode>(
    begin: (database: IDBPDatabase<Stores>) => DiskTx<M>,
    work: (tx: DiskTx<M>) => Promise<T>,
  ): Promise<T> {
    let last: unknown
    for (let attempt = 0; attempt < attempts && !this.#isClosed; attempt += 1) {
      try {
        this.#database ??= this.#open()
        return await finish(begin(await this.#database), work)
      } catch (error) {
        last = error
        this.#drop()
      }
    }
    throw new DiskFailure(last)
  }

  async #open(): Promise<IDBPDatabase<Stores>> {
    const request = this.#factory.open(this.#name, 1)
    request.onupgradeneeded = () => createStores(request.result)
    // The stores are those that createStores has made.
    const database = (await wrap(request)) as unknown as IDBPDatabase<Stores>
    database.onversionchange = () => this.#drop()
    database.onclose = () => this.#drop()
    return database
  }

  #drop(): void {
    const dropped = this.#database
    this.#database = null
    dropped?.then(
      (database) => database.close(),
      () => undefined,
    )
  }
}

function createStores(database: IDBDatabase): void {
  database.createObjectStore('chunk', { keyPath: 'key' })
  database.createObjectStore('journal', { keyPath: 'key' })
  const outbox = database.createObjectStore('outbox', { keyPath: 'n' })
  outbox.createIndex('id', 'id', { unique: true })
  database.createObjectStore('needs', { keyPath: 'n' })
  database.createObjectStore('draft', { keyPath: 'id' })
  database.createObjectStore('meta')
  database.createObjectStore('identity')
}

async function finish<T, M extends Mode>(tx: DiskTx<M>, work: (tx: DiskTx<M>) => Promise<T>): Promise<T> {
  // A transaction that fails is noticed below or through the request that failed.
  tx.done.catch(() => undefined)
  try {
    const result = await work(tx)
    await tx.done
    return result
  } catch (error) {
    try {
      tx.abort()
    } catch {
      // It has ended by itself.
    }
    throw error
  }
}

/** One thing of the meta store; what is there was put there under the same name. */
export async function readMeta<K extends keyof Meta>(tx: DiskTx, name: K): Promise<Meta[K] | undefined> {
  return (await tx.objectStore('meta').get(name)) as Meta[K] | undefined
}

export async function writeMeta<K extends keyof Meta>(
  tx: DiskTx<'readwrite'>,
  name: K,
  value: Meta[K],
): Promise<void> {
  await tx.objectStore('meta').put(value, name)
}

export async function readProgress(tx: DiskTx): Promise<Progress> {
  return (await readMeta(tx, 'progress')) ?? noProgress
}
