// 往来: what has been, month by month, the latest first.
import { type ReactNode, startTransition, useEffect, useState } from 'react'
import { Link } from 'react-router'
import { dayOf } from '#core/calendar.ts'
import { member } from '#features/access/member.entity.ts'
import { commitmentWords } from '#features/commitments/commitment.words.ts'
import type { TimelineEntry, TimelineMonth } from '#features/customers/customer-page.queries.ts'
import { visitWords } from '#features/visits/visit.words.ts'
import { useSaying } from '#web/clock.ts'
import { exactMoment, sayMonth, sayMonthDay } from '#web/dates.ts'
import { Icon, type IconName } from '#web/icons.tsx'
import { useWords } from '#web/language.tsx'
import { useDevice, useDeviceStatus } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { SegmentedField } from '#web/ui/choices.tsx'
import { Section } from '#web/ui/list.tsx'
import { StatusMark, type Tone } from '#web/ui/mark.tsx'
import { UnsentMark, useUnsent } from '#web/unsent.tsx'
import pageCss from './customer.module.css'
import { customerPageWords } from './customer.words.ts'
import { OneCommitment } from './customer-promises.tsx'
import css from './customer-timeline.module.css'

type Kind = 'all' | 'visits' | 'promises'
const kinds = ['all', 'visits', 'promises'] as const

/** Entries of the first frame: what is in sight. */
const atFirst = 5
/** Entries that are drawn before one asks for earlier ones. */
const atOnce = 20

export function CustomerTimeline({ timeline }: { readonly timeline: readonly TimelineMonth[] }) {
  const t = useWords(customerPageWords)
  const { loading } = useDeviceStatus()
  const [kind, choose] = useState<Kind>('all')
  const [most, show] = useState(atFirst)
  useEffect(() => {
    // The rest follows when the screen has been painted.
    const timer = setTimeout(() => startTransition(() => show(atOnce)))
    return () => clearTimeout(timer)
  }, [])
  const [openId, open] = useState<string | null>(null)
  const months = ofKind(timeline, kind)
  const shown = firstOf(months, most)
  const isMore = most >= atOnce && months.reduce((sum, { entries }) => sum + entries.length, 0) > most
  return (
    <Section title={t('customer_page.history')}>
      {timeline.length > 0 && (
        <div className={css.filter}>
          <SegmentedField
            label={t('customer_page.history_filter')}
            onChange={(chosen) => choose(chosen ?? 'all')}
            options={kinds.map((value) => ({ value, label: t(`customer_page.${value}`) }))}
            value={kind}
          />
        </div>
      )}
      {shown.map(({ month, entries }) => (
        <Month entries={entries} key={month} month={month} onOpen={open} />
      ))}
      {shown.length === 0 && loading === 'complete' && (
        <p className={pageCss.ruled}>
          {t(timeline.length === 0 ? 'customer_page.history_none' : 'customer_page.history_none_kind')}
        </p>
      )}
      {isMore && (
        <div className={css.more}>
          <Button look="quiet" onClick={() => show(most + 2 * atOnce)}>
            {t('customer_page.earlier')}
          </Button>
        </div>
      )}
      {loading !== 'complete' && <p className={pageCss.ruled}>{t('customer_page.history_loading')}</p>}
      {openId !== null && <OneCommitment id={openId} onClose={() => open(null)} />}
    </Section>
  )
}

function ofKind(timeline: readonly TimelineMonth[], kind: Kind): readonly TimelineMonth[] {
  if (kind === 'all') return timeline
  return timeline
    .map(({ month, entries }) => ({
      month,
      entries: entries.filter((entry) => (entry.kind === 'visit') === (kind === 'visits')),
    }))
    .filter(({ entries }) => entries.length > 0)
}

function firstOf(months: readonly TimelineMonth[], most: number): readonly TimelineMonth[] {
  let left = most
  return months.flatMap(({ month, entries }) => {
    const taken = entries.slice(0, Math.max(0, left))
    left -= taken.length
    return taken.length > 0 ? [{ month, entries: taken }] : []
  })
}

interface MonthProps extends TimelineMonth {
  readonly onOpen: (commitmentId: string) => void
}

function Month({ month, entries, onOpen }: MonthProps) {
  const { language } = useSaying()
  const title = sayMonth(month, language)
  return (
    <section aria-label={title}>
      <h3 className={css.month}>{title}</h3>
      <ol className={css.entries}>
        {entries.map((entry) =>
          entry.kind === 'visit' ? (
            <VisitEntry entry={entry} key={entry.visit.id} onOpen={onOpen} />
          ) : (
            <PromiseEntry entry={entry} key={`${entry.commitment.id}${entry.kind}`} onOpen={onOpen} />
          ),
        )}
      </ol>
    </section>
  )
}

interface EntryProps<K extends TimelineEntry['kind']> {
  readonly entry: Extract<TimelineEntry, { readonly kind: K }>
  readonly onOpen: (commitmentId: string) => void
}

const channelIcons: { readonly [channel: string]: IconName } = {
  face_to_face: 'face',
  phone: 'phone',
  wechat: 'chat',
  online: 'video',
  meeting: 'meeting',
}

function VisitEntry({ entry: { at, visit, made }, onOpen }: EntryProps<'visit'>) {
  const t = useWords(visitWords)
  const tp = useWords(customerPageWords)
  const { view, lease } = useDevice()
  const unsent = useUnsent()(visit.id)
  const owner = view.get(member, visit.ownerId)?.name ?? tp('customer_page.colleague')
  const isDone = visit.status === 'completed'
  return (
    <Entry
      at={at}
      icon={isDone ? (channelIcons[visit.channel] ?? 'face') : 'cancelled'}
      title={
        <Link className={css.cover} to={`/visits/${visit.id}/report`}>
          {visit.objective ?? t(`visit.channel.${visit.channel}`)}
        </Link>
      }
    >
      <p className={css.meta}>
        {t(`visit.channel.${visit.channel}`)}
        {visit.ownerId !== lease.userId && ` · ${owner}`}
        {visit.result !== null && (
          <>
            {' · '}
            <StatusMark icon={resultIcons[visit.result]} tone={resultTones[visit.result]}>
              {t(`visit.result.${visit.result}`)}
            </StatusMark>
          </>
        )}
        {!isDone && ` · ${t(`visit.status.${visit.status}`)}`}
        {unsent !== null && (
          <>
            {' · '}
            <UnsentMark unsent={unsent} />
          </>
        )}
      </p>
      {(visit.note ?? visit.reason) !== null && <p className={css.note}>{visit.note ?? visit.reason}</p>}
      {made.map((each) => (
        <button className={css.made} key={each.id} onClick={() => onOpen(each.id)} type="button">
          <Icon name="promise" size={16} />
          {madeText(each, tp)}
        </button>
      ))}
    </Entry>
  )
}

const resultIcons = { reached: 'done', partly: 'half', not_reached: 'planned' } as const
const resultTones: { readonly [result in keyof typeof resultIcons]: Tone } = {
  reached: 'done',
  partly: 'calm',
  not_reached: 'calm',
}

function PromiseEntry({ entry: { at, kind, commitment }, onOpen }: EntryProps<'made' | 'settled'>) {
  const t = useWords(commitmentWords)
  const tp = useWords(customerPageWords)
  const unsent = useUnsent()(commitment.id)
  const { status, proof, reason } = commitment
  const isSettled = kind === 'settled' && status !== 'open'
  return (
    <Entry
      at={at}
      icon={isSettled ? settledIcons[status] : 'promise'}
      title={
        <button className={css.cover} onClick={() => onOpen(commitment.id)} type="button">
          {commitment.what}
        </button>
      }
    >
      <p className={css.meta}>
        {isSettled ? (
          <StatusMark icon={null} tone={status === 'kept' ? 'done' : 'calm'}>
            {t(`commitment.status.${status}`)}
          </StatusMark>
        ) : (
          tp('customer_page.made')
        )}
        {` · ${t(`commitment.promisedBy.${commitment.promisedBy}`)}`}
        {isSettled && commitment.confirmedAt !== null && ` · ${t('commitment.confirmed')}`}
        {unsent !== null && (
          <>
            {' · '}
            <UnsentMark unsent={unsent} />
          </>
        )}
      </p>
      {isSettled && (proof ?? reason) !== null && <p className={css.note}>{proof ?? reason}</p>}
    </Entry>
  )
}

const settledIcons = { kept: 'done', broken: 'cancelled', released: 'leave' } as const

function madeText(
  { promisedBy, what }: { readonly promisedBy: 'us' | 'customer'; readonly what: string },
  t: (
    key: 'customer_page.made_ours' | 'customer_page.made_theirs',
    params: { readonly what: string },
  ) => string,
): string {
  return t(promisedBy === 'us' ? 'customer_page.made_ours' : 'customer_page.made_theirs', { what })
}

interface EntryFrameProps {
  readonly at: string
  readonly icon: IconName
  readonly title: ReactNode
  readonly children: ReactNode
}

/** One entry on the thread: its day, its sign, what it was. */
function Entry({ at, icon, title, children }: EntryFrameProps) {
  const saying = useSaying()
  return (
    <li className={css.entry}>
      <time className={css.day} dateTime={at} title={exactMoment(at, saying.language)}>
        {sayMonthDay(dayOf(at), { ...saying, today: dayOf(at) })}
      </time>
      <span className={css.sign}>
        <Icon name={icon} size={16} />
      </span>
      <div className={css.body}>
        <h4 className={css.what}>{title}</h4>
        {children}
      </div>
    </li>
  )
}
