import { Link } from 'react-router'
import { useWords } from '#web/language.tsx'
import { Banner } from '#web/ui/banner.tsx'
import css from './today.module.css'
import type { TeamToday } from './today.queries.ts'
import { todayWords } from './today.words.ts'

/** For a manager: his team's day in one line that leads to its page. */
export function TeamLine({ team }: { readonly team: TeamToday }) {
  const t = useWords(todayWords)
  const { visits, done, overdue } = team
  if (visits + overdue === 0) return null
  return (
    <Banner icon="team">
      <Link to="/team">{t('today.team', { visits, done })}</Link>
      {overdue > 0 && (
        <>
          {' · '}
          <span className={css.overdue}>{t('today.team_overdue', { overdue })}</span>
        </>
      )}
    </Banner>
  )
}
