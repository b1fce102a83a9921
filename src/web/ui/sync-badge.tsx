// Whether what is on this device is also on the server. Always there, never in the way; leads to 我的.
import { Link } from 'react-router'
import type { DeviceStatus } from '#sync/device/device.ts'
import { cx } from '../class-names.ts'
import { useMinute } from '../clock.ts'
import { sayRecent } from '../dates.ts'
import { Icon } from '../icons.tsx'
import { useLanguage, useWords } from '../language.tsx'
import { useDeviceStatus } from '../live.tsx'
import { kitWords } from './kit.words.ts'
import css from './sync-badge.module.css'

type SyncKey = keyof typeof kitWords & `sync.${string}`
type SyncLook = 'done' | 'half' | 'open' | 'late' | 'offline'

export interface SyncSaying {
  readonly key: SyncKey
  readonly look: SyncLook
  readonly count: number
}

/** The one thing worth saying about the exchange: what needs a person first, then what waits. */
export function syncSaying(status: DeviceStatus): SyncSaying {
  const waiting = status.pending.filter(({ state }) => state !== 'accepted').length
  const refused = status.refused.length
  if (status.connection === 'outdated') return { key: 'sync.outdated', look: 'late', count: waiting }
  if (status.isDiskFailing) return { key: 'sync.disk', look: 'late', count: waiting }
  if (refused > 0) return { key: 'sync.attention', look: 'late', count: refused }
  // Before the first answer nobody knows yet whether there is a network; that something arrives is known.
  const isArriving = status.isPulling && status.loading !== 'complete'
  if (isArriving && waiting === 0) return { key: 'sync.loading', look: 'half', count: 0 }
  if (status.connection === 'offline') {
    return { key: waiting > 0 ? 'sync.offline_waiting' : 'sync.offline', look: 'offline', count: waiting }
  }
  if (status.isPushing && waiting > 0) return { key: 'sync.sending', look: 'half', count: waiting }
  if (waiting > 0) return { key: 'sync.waiting', look: 'open', count: waiting }
  if (status.connection === 'unreachable') return { key: 'sync.unreachable', look: 'offline', count: 0 }
  if (status.loading !== 'complete') return { key: 'sync.loading', look: 'half', count: 0 }
  return { key: 'sync.done', look: 'done', count: 0 }
}

interface SyncBadgeProps {
  /** On a desktop the side navigation shows it already. */
  readonly only?: 'phone'
}

export function SyncBadge({ only }: SyncBadgeProps) {
  const status = useDeviceStatus()
  const t = useWords(kitWords)
  const { key, look, count } = syncSaying(status)
  const title = useLastExchange(status.syncedAt)
  return (
    <Link className={cx(css.badge, look === 'late' && css.late, only && css[only])} title={title} to="/me">
      <span aria-live="polite">
        {look === 'late' && <Icon name="late" size={16} />}
        {look === 'offline' && <Icon name="offline" size={16} />}
        {['done', 'half', 'open'].includes(look) && <span className={cx(css.dot, css[look])} />}
        {t(key, { count })}
      </span>
    </Link>
  )
}

/** 上次同步 5 分钟前. */
function useLastExchange(syncedAt: string | null): string {
  const t = useWords(kitWords)
  const { language } = useLanguage()
  const now = useMinute()
  if (syncedAt === null) return t('sync.never')
  return t('sync.at', { when: sayRecent(syncedAt, now, language) })
}
