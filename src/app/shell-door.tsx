// Whether somebody is in: opens the device that was here last (with or without network), or shows the door.
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { Refused } from '#core/refused.ts'
import type { Device } from '#sync/device/device.ts'
import type { Lease } from '#sync/protocol.ts'
import { endSession, whoAmI } from '#web/session.ts'

export type DoorState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'out' }
  | { readonly kind: 'in'; readonly device: Device }

interface Door {
  readonly state: DoorState
  /** After a sign-in: asks the server who it is and opens his device. */
  readonly enter: () => Promise<void>
  /** Forgets everything on this device and ends the session. */
  readonly leave: () => Promise<void>
}

/** How devices are opened; tests and the looking-at of screens give their own. */
export interface Opener {
  /** The device of whoever was here last and may still read; null when there is none. */
  readonly reopen: () => Promise<Device | null>
  readonly open: (lease: Lease) => Promise<Device>
}

const DoorContext = createContext<Door | null>(null)

interface DoorProviderProps {
  readonly opener: Opener
  readonly children: ReactNode
}

export function DoorProvider({ opener, children }: DoorProviderProps) {
  const [state, set] = useState<DoorState>({ kind: 'opening' })
  const enter = useCallback(async () => {
    const { lease } = await whoAmI()
    set({ kind: 'in', device: await opener.open(lease) })
  }, [opener])
  useEffect(() => {
    firstState(opener, enter, set)
  }, [opener, enter])
  const leave = useCallback(async () => {
    if (state.kind === 'in') await state.device.signOut()
    set({ kind: 'out' })
    // Without network the session ends when its time runs out; the device has forgotten all by now.
    await endSession().catch(expectRefusal)
  }, [state])
  const door = useMemo(() => ({ state, enter, leave }), [state, enter, leave])
  return <DoorContext value={door}>{children}</DoorContext>
}

export function useDoor(): Door {
  const door = useContext(DoorContext)
  if (door === null) throw new Error('DoorProvider is missing')
  return door
}

async function firstState(opener: Opener, enter: () => Promise<void>, set: (state: DoorState) => void) {
  const device = await opener.reopen()
  if (device !== null) return set({ kind: 'in', device })
  // A session from another tab or the demo's start page may be there although no device is.
  await enter().catch((error: unknown) => {
    expectRefusal(error)
    set({ kind: 'out' })
  })
}

function expectRefusal(error: unknown): void {
  if (!(error instanceof Refused)) throw error
}
