import { reachOf } from '#core/role.ts'
import { administration } from '#features/access/access.rules.ts'
import { useDevice } from '#web/live.tsx'

/** Whether the member at this device may change members and territories; others only read them. */
export function useMayChange(): boolean {
  const { lease } = useDevice()
  return reachOf(administration, lease.roles) !== null
}
