// The browser as surroundings of the device.
import { uuidv7 } from 'uuidv7'
import type { Lease } from '../protocol.ts'
import { databaseName } from './keys.ts'
import type { Channel, Locks, Outside, Surroundings, TabMessage } from './surroundings.ts'
import { httpTransport } from './transport-http.ts'

/** Everything outside that the browser gives to the device of whoever holds this lease. */
export function browserOutside(
  lease: Lease,
): Pick<Outside, 'transport' | 'surroundings' | 'indexedDB' | 'crypto' | 'locks' | 'channel'> {
  return {
    transport: httpTransport({
      fetch: (input, init) => fetch(input, init),
      openEvents: (path) => new EventSource(path),
      pass: lease.pass,
    }),
    surroundings: browserSurroundings(),
    indexedDB,
    crypto,
    locks: browserLocks(),
    channel: browserChannel(databaseName(lease)),
  }
}

function browserSurroundings(): Surroundings {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    random: () => Math.random(),
    newId: () => uuidv7(),
    isOnline: () => navigator.onLine,
    onReturn(callback) {
      const whenVisible = () => {
        if (document.visibilityState === 'visible') callback()
      }
      addEventListener('online', callback)
      document.addEventListener('visibilitychange', whenVisible)
      return () => {
        removeEventListener('online', callback)
        document.removeEventListener('visibilitychange', whenVisible)
      }
    },
    after(delay, callback) {
      const timer = setTimeout(callback, delay)
      return () => clearTimeout(timer)
    },
    pause,
    idle: () =>
      new Promise((resolve) => {
        // Safari has no requestIdleCallback.
        if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 5000 })
        else setTimeout(resolve, 1000)
      }),
  }
}

/** A task of its own, without the 4 ms that nested timers wait; input and drawing come before it. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

function browserLocks(): Locks {
  return {
    // The types of the platform flatten what the work returns; it is the work's answer.
    request: <T>(name: string, work: () => Promise<T>) => navigator.locks.request(name, work) as Promise<T>,
  }
}

function browserChannel(name: string): Channel {
  const channel = new BroadcastChannel(name)
  return {
    post: (message) => channel.postMessage(message),
    listen(callback) {
      // Only our own tabs know the name, and they post nothing else.
      channel.addEventListener('message', ({ data }) => callback(data as TabMessage))
    },
    close: () => channel.close(),
  }
}
