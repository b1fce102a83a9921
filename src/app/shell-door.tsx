// Whether somebody is in: opens the device that was here last (with or without network), or shows the door.
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { Refused } from '#core/refused.ts'
import type { Device } from '#sync/device/device.ts'
import type { Entrance } from '#sync/device/keys.ts'
import type { DeviceEvent } from '#sync/device/surroundings.ts'
import { endSession, whoAmI } from '#web/session.ts'

export type DoorState =
  | { readonly kind: 'opening' }
  | {
      readonly kind: 'out'
      /** Why somebody who was in is not any more; null when he has gone himself. */
      readonly why: Exclude<DeviceEvent, 'wiped'> | null
    }
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
  readonly reopen: (tell: Tell) => Promise<Device | null>
  /** The device of the member that the server has just named. */
  readonly open: (entrance: Entrance, tell: Tell) => Promise<Device>
  /** After a sign-out: nobody was here last. */
  readonly forget: () => void
}

export type Tell = (event: DeviceEvent) => void

const DoorContext = createContext<Door | null>(null)

interface DoorProviderProps {
  readonly opener: Opener
  readonly children: ReactNode
}

export function DoorProvider({ opener, children }: DoorProviderProps) {
  const [state, set] = useState<DoorState>({ kind: 'opening' })
  const tell = useCallback<Tell>((event) => {
    set({ kind: 'out', why: event === 'wiped' ? null : event })
  }, [])
  const enter = useCallback(async () => {
    set({ kind: 'in', device: await opener.open(await whoAmI(), tell) })
  }, [opener, tell])
  useEffect(() => {
    void opener.reopen(tell).then((device) => {
      if (device !== null) set({ kind: 'in', device })
      // Unless it has said why.
      else set((current) => (current.kind === 'out' ? current : { kind: 'out', why: null }))
    })
  }, [opener, tell])
  const leave = useCallback(async () => {
    if (state.kind === 'in') await state.device.signOut()
    opener.forget()
    set({ kind: 'out', why: null })
    // Without network the session ends when its time runs out; the device has forgotten all by now.
    await endSession().catch(expectRefusal)
  }, [state, opener])
  const door = useMemo(() => ({ state, enter, leave }), [state, enter, leave])
  return <DoorContext value={door}>{children}</DoorContext>
}

export function useDoor(): Door {
  const door = useContext(DoorContext)
  if (door === null) throw new Error('DoorProvider is missing')
  return door
}

function expectRefusal(error: unknown): void {
  if (!(error instanceof Refused)) throw error
}
