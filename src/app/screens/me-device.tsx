// This device: what is on its way, when it last spoke with the server, how much room it takes.
import { useEffect, useState } from 'react'
import type { PendingMutation } from '#sync/device/device.ts'
import { useMinute, useSaying } from '#web/clock.ts'
import { exactMoment, sayMoment, sayRecent } from '#web/dates.ts'
import { useWords } from '#web/language.tsx'
import { useDevice, useDeviceStatus } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { kitWords } from '#web/ui/kit.words.ts'
import { Facts, List, ListRow, Section } from '#web/ui/list.tsx'
import { StatusMark, type Tone } from '#web/ui/mark.tsx'
import { syncSaying } from '#web/ui/sync-badge.tsx'
import { meWords } from './me.words.ts'
import { useActName } from './me-attention.tsx'

export function DeviceSection() {
  const t = useWords(meWords)
  const kit = useWords(kitWords)
  const device = useDevice()
  const status = useDeviceStatus()
  const saying = useSaying()
  const now = useMinute()
  const storage = useStorage()
  const { key, count } = syncSaying(status)
  const { syncedAt, pending } = status
  return (
    <>
      <Section
        action={
          <Button
            busy={status.isPulling || status.isPushing}
            icon="sync"
            look="quiet"
            onClick={() => void device.sync()}
            small
          >
            {t('me.sync_now')}
          </Button>
        }
        title={t('me.device')}
      >
        <Facts
          facts={[
            [t('me.state'), kit(key, { count })],
            [t('me.last'), syncedAt === null ? kit('sync.never') : sayRecent(syncedAt, now, saying.language)],
            [t('me.pending'), t('me.items', { count: pending.length })],
            [t('me.lease'), sayMoment(device.lease.until, saying)],
            [
              t('me.storage'),
              storage === null
                ? '—'
                : t(storage.isKept ? 'me.storage_kept' : 'me.megabytes', { size: storage.size }),
            ],
          ]}
        />
      </Section>
      {pending.length > 0 && <PendingSection pending={pending} />}
    </>
  )
}

const toneOf: { readonly [S in PendingMutation['state']]: Tone } = {
  saving: 'watch',
  saved: 'calm',
  sent: 'act',
  accepted: 'done',
}

/** The list is for looking in, not for reading: the newest few are enough. */
const shown = 20

function PendingSection({ pending }: { readonly pending: readonly PendingMutation[] }) {
  const t = useWords(meWords)
  const actName = useActName()
  const saying = useSaying()
  return (
    <Section count={pending.length} title={t('me.pending')}>
      <List>
        {pending
          .toReversed()
          .slice(0, shown)
          .map(({ n, name, at, state }) => (
            <ListRow
              aside={<StatusMark tone={toneOf[state]}>{t(`me.${state}`)}</StatusMark>}
              detail={<span title={exactMoment(at, saying.language)}>{sayMoment(at, saying)}</span>}
              key={n}
              title={actName(name)}
            />
          ))}
      </List>
    </Section>
  )
}

interface StorageUse {
  /** Megabytes. */
  readonly size: number
  /** The browser has promised not to clear it by itself. */
  readonly isKept: boolean
}

function useStorage(): StorageUse | null {
  const [use, set] = useState<StorageUse | null>(null)
  useEffect(() => {
    const { storage } = navigator
    // Absent where the page is not served securely.
    if (!storage?.estimate) return
    Promise.all([storage.estimate(), storage.persisted()]).then(
      ([{ usage = 0 }, isKept]) => set({ size: Math.round(usage / 100_000) / 10, isKept }),
      () => undefined,
    )
  }, [])
  return use
}
