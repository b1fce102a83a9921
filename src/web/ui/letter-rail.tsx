// The letters at the right edge of a long list: tap one, or draw a finger along them with the letter in large.
import { type PointerEvent, useRef, useState } from 'react'
import { cx } from '../class-names.ts'
import { useWords } from '../language.tsx'
import { kitWords } from './kit.words.ts'
import css from './letter-rail.module.css'

interface LetterRailProps {
  /** Only the letters that exist, in order. */
  readonly letters: readonly string[]
  readonly onLetter: (index: number) => void
}

export function LetterRail({ letters, onLetter }: LetterRailProps) {
  const t = useWords(kitWords)
  const rail = useRef<HTMLDivElement>(null)
  const [held, hold] = useState<number | null>(null)
  const under = ({ clientY }: PointerEvent) => {
    const { top = 0, height = 1 } = rail.current?.getBoundingClientRect() ?? {}
    const at = Math.floor(((clientY - top) / height) * letters.length)
    return Math.max(0, Math.min(letters.length - 1, at))
  }
  const follow = (event: PointerEvent) => {
    const at = under(event)
    if (at === held) return
    hold(at)
    onLetter(at)
  }
  const release = () => hold(null)
  return (
    <nav aria-label={t('rail.label')} className={css.rail}>
      <div
        className={css.letters}
        onPointerCancel={release}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          follow(event)
        }}
        onPointerMove={(event) => held !== null && follow(event)}
        onPointerUp={release}
        ref={rail}
      >
        {letters.map((letter, index) => (
          <button
            aria-label={t('rail.letter', { letter })}
            className={cx(css.letter, held === index && css.held)}
            key={letter}
            onClick={() => onLetter(index)}
            type="button"
          >
            {letter}
          </button>
        ))}
      </div>
      {held !== null && (
        <div
          aria-hidden="true"
          className={css.bubble}
          style={{ top: `${((held + 0.5) / letters.length) * 100}%` }}
        >
          {letters[held]}
        </div>
      )}
    </nav>
  )
}
