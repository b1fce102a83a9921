// The colleagues of the organisation: found by a few letters, invited by a link.
import { useCallback, useState } from 'react'
import type { RowOf } from '#core/entity.ts'
import { searchForm } from '#core/search-text.ts'
import type { View } from '#core/view.ts'
import { member } from '#features/access/member.entity.ts'
import { memberWords } from '#features/access/member.words.ts'
import { postingsOfMember } from '#features/territories/territory.queries.ts'
import { cx } from '#web/class-names.ts'
import { useToday } from '#web/clock.ts'
import { useWords } from '#web/language.tsx'
import { useLive } from '#web/live.tsx'
import { Button } from '#web/ui/button.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { List, ListRow, Section } from '#web/ui/list.tsx'
import { StatusMark, Tag } from '#web/ui/mark.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import css from './admin.module.css'
import { adminWords } from './admin.words.ts'
import { InviteSheet } from './admin-invite-sheet.tsx'
import { MemberSheet } from './admin-member-sheet.tsx'
import { useMayChange } from './admin-rights.ts'

interface MemberRow {
  readonly member: RowOf<typeof member>
  readonly territories: readonly string[]
}

export function AdminMembers() {
  const t = useWords(adminWords)
  const m = useWords(memberWords)
  const mayChange = useMayChange()
  const today = useToday()
  const all = useLive(useCallback((view: View) => membersAt(view, today), [today]))
  const [text, write] = useState('')
  const [openId, open] = useState<string | null>(null)
  const [isInviting, invite] = useState(false)
  const sought = searchForm(text)
  const found = all.filter(({ member: { name, email, roles } }) =>
    [name, email, ...roles.map((role) => m(`role.${role}`))].some((each) =>
      searchForm(each).includes(sought),
    ),
  )
  return (
    <>
      <div className={css.tools}>
        <SearchField label={t('search')} onChange={write} value={text} />
        {mayChange && (
          <Button icon="plus" look="primary" onClick={() => invite(true)}>
            {t('invite')}
          </Button>
        )}
      </div>
      <Section count={found.length} title={t('members')}>
        <List label={t('members')}>
          {found.map((row) => (
            <MemberLine key={row.member.id} onOpen={() => open(row.member.id)} row={row} />
          ))}
        </List>
        {found.length === 0 && <EmptyState drawing="search">{t('nobody')}</EmptyState>}
        {all.length === 1 && mayChange && <EmptyState drawing="talk">{t('first')}</EmptyState>}
      </Section>
      {openId !== null && <MemberSheet key={openId} memberId={openId} onClose={() => open(null)} />}
      {isInviting && <InviteSheet onClose={() => invite(false)} />}
    </>
  )
}

function MemberLine({ row, onOpen }: { readonly row: MemberRow; readonly onOpen: () => void }) {
  const t = useWords(adminWords)
  const m = useWords(memberWords)
  const { name, email, roles, isActive } = row.member
  return (
    <ListRow
      aside={
        <span className={css.tags}>
          {!isActive && (
            <StatusMark icon="lock" tone="calm">
              {t('inactive')}
            </StatusMark>
          )}
          {roles.map((role) => (
            <Tag key={role}>{m(`role.${role}`)}</Tag>
          ))}
        </span>
      }
      detail={[email, row.territories.join('、')].filter(Boolean).join(' · ')}
      onPress={onOpen}
      title={<span className={cx(!isActive && css.gone)}>{name}</span>}
    />
  )
}

/** Those with access first, then by name. */
function membersAt(view: View, today: string): readonly MemberRow[] {
  const byName = new Intl.Collator('zh-CN')
  return view
    .all(member)
    .map((each) => ({
      member: each,
      territories: postingsOfMember(view, each.id, today).flatMap(({ territory, isCurrent }) =>
        isCurrent && territory ? [territory.name] : [],
      ),
    }))
    .sort(
      (a, b) =>
        Number(b.member.isActive) - Number(a.member.isActive) || byName.compare(a.member.name, b.member.name),
    )
}
