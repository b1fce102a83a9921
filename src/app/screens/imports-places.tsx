// The institutions named in a list of customers that nobody can tell by himself.
import type { ImportChoices } from '#features/imports/import-choices.rules.ts'
import type { ImportView, ShownPlace } from '#features/imports/import-view.rules.ts'
import { useWords } from '#web/language.tsx'
import { SegmentedField } from '#web/ui/choices.tsx'
import { Section } from '#web/ui/list.tsx'
import css from './imports.module.css'
import { importsWords } from './imports.words.ts'

interface PlacesProps {
  readonly view: ImportView
  readonly onSay: (said: Partial<ImportChoices>) => void
}

type Choice = 'found' | 'create' | 'open'

const mostShown = 30

export function Places({ view, onSay }: PlacesProps) {
  const t = useWords(importsWords)
  const said = view.choices.places ?? []
  const isSaid = ({ name }: ShownPlace) => said.some((each) => each.name === name)
  const places = view.places.filter((place) => place.state !== 'found' || isSaid(place))
  if (places.length === 0) return null
  const choose = ({ name, institutionId }: ShownPlace, choice: Choice) => {
    const others = said.filter((each) => each.name !== name)
    if (choice === 'open') onSay({ places: others })
    else onSay({ places: [...others, { name, institutionId: choice === 'found' ? institutionId : null }] })
  }
  return (
    <Section count={places.length} title={t('imports.places')}>
      <ul>
        {places.slice(0, mostShown).map((place) => (
          <li className={css.place} key={place.name}>
            <SegmentedField
              hint={t('imports.place_rows', { rows: place.rows })}
              label={place.name}
              onChange={(choice) => choice && choose(place, choice)}
              options={[
                ...(place.institutionName === null
                  ? []
                  : [
                      {
                        value: 'found' as const,
                        label: t('imports.place_is', { name: place.institutionName }),
                      },
                    ]),
                { value: 'create' as const, label: t('imports.place_create') },
                { value: 'open' as const, label: t('imports.place_open') },
              ]}
              value={place.state}
            />
          </li>
        ))}
      </ul>
    </Section>
  )
}
