// Live rows: what a screen reads from the device, drawn again when the rows it read have changed.
import { createContext, type ReactNode, useCallback, useContext, useMemo, useSyncExternalStore } from 'react'
import type { Entity } from '#core/entity.ts'
import type { Fields, ValuesOf } from '#core/field.ts'
import type { Mutation } from '#core/mutation.ts'
import type { View } from '#core/view.ts'
import type { Device, DeviceStatus } from '#sync/device/device.ts'

const DeviceContext = createContext<Device | null>(null)

interface DeviceProviderProps {
  readonly device: Device
  readonly children: ReactNode
}

export function DeviceProvider({ device, children }: DeviceProviderProps) {
  return <DeviceContext value={device}>{children}</DeviceContext>
}

export function useDevice(): Device {
  const device = useContext(DeviceContext)
  if (device === null) throw new Error('DeviceProvider is missing')
  return device
}

/**
 * The answer of a pure query over the device's rows. It is asked again only when an entity it touched has
 * changed. Give a function that stays the same (a module's, or from `useCallback`): a new one is asked anew.
 */
export function useLive<T>(query: (view: View) => T): T {
  const device = useDevice()
  const read = useMemo(() => reader(device, query), [device, query])
  const subscribe = useCallback((listener: () => void) => device.subscribe(listener), [device])
  return useSyncExternalStore(subscribe, read)
}

/** The state of the exchange with the server. */
export function useDeviceStatus(): DeviceStatus {
  const device = useDevice()
  const read = useMemo(() => statusReader(device), [device])
  const subscribe = useCallback((listener: () => void) => device.subscribe(listener), [device])
  return useSyncExternalStore(subscribe, read)
}

export type Mutate = <A extends Fields>(mutation: Mutation<A>, args: ValuesOf<A>) => Promise<void>

/** Does a mutation on this device. @throws Refused what the mutation refuses */
export function useMutate(): Mutate {
  const device = useDevice()
  return useCallback((mutation, args) => device.mutate(mutation, args), [device])
}

/** A function that runs `query` and gives the same answer, by identity, until what it touched has changed. */
export function reader<T>(device: Device, query: (view: View) => T): () => T {
  let last: { readonly answer: T; readonly touched: ReadonlyMap<string, number> } | null = null
  return () => {
    if (last !== null && isCurrent(device, last.touched)) return last.answer
    const touched = new Map<string, number>()
    const answer = query(watched(device, touched))
    last = { answer, touched }
    return answer
  }
}

function isCurrent(device: Device, touched: ReadonlyMap<string, number>): boolean {
  for (const [entity, version] of touched) if (device.versionOf(entity) !== version) return false
  return true
}

function watched(device: Device, touched: Map<string, number>): View {
  const { view } = device
  const touch = (entity: Entity) => touched.set(entity.name, device.versionOf(entity.name))
  return {
    get: (entity, id) => {
      touch(entity)
      return view.get(entity, id)
    },
    where: (entity, field, value) => {
      touch(entity)
      return view.where(entity, field, value)
    },
    all: (entity) => {
      touch(entity)
      return view.all(entity)
    },
  }
}

// Whether `status()` makes a new object at each call is the device's affair; a screen needs a stable one.
function statusReader(device: Device): () => DeviceStatus {
  let version = -1
  let status: DeviceStatus | null = null
  return () => {
    if (status === null || version !== device.version()) {
      version = device.version()
      status = device.status()
    }
    return status
  }
}
