// A long list of which only what is in sight is drawn. Rows have one height and headings another, both in rem,
// so that the place of every row is known without drawing it.
import {
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import css from './windowed-list.module.css'

export interface WindowedSection<T> {
  readonly key: string
  /** Stands above its rows and stays at the top while they pass; null for none. */
  readonly heading: string | null
  readonly rows: readonly T[]
}

export interface WindowedHandle {
  readonly toSection: (index: number) => void
  /** Brings the row with this index, counted over all sections, into sight. */
  readonly toRow: (index: number) => void
}

interface WindowedListProps<T> {
  readonly label: string
  readonly sections: readonly WindowedSection<T>[]
  /** rem */
  readonly rowHeight: number
  readonly keyOf: (row: T) => string
  /** Draws the inside of a row; `index` counts over all sections. */
  readonly draw: (row: T, index: number) => ReactNode
  readonly handle?: RefObject<WindowedHandle | null>
  /** Pixels at the top of the scrolled area that are covered by what sticks there. */
  readonly covered: number
}

/** rem */
const headingHeight = 2

interface Placed<T> {
  readonly section: WindowedSection<T>
  /** Pixels from the top of the list. */
  readonly top: number
  readonly firstRow: number
  readonly firstIndex: number
}

export function WindowedList<T>(props: WindowedListProps<T>) {
  const { label, sections, keyOf, draw, handle, covered } = props
  const root = useRef<HTMLDivElement>(null)
  const rem = useRem()
  const rowHeight = props.rowHeight * rem
  const { placed, height, count } = place(sections, { rowHeight, heading: headingHeight * rem })
  const { from, until } = useSight(root, height)
  const reveal = useReveal(root, covered)
  useImperativeHandle(handle, () => ({
    toSection: (index) => reveal(placed[index]?.top ?? 0, 'top'),
    toRow: (index) => {
      const holder = placed.findLast(({ firstIndex }) => firstIndex <= index)
      if (holder) reveal(holder.firstRow + (index - holder.firstIndex) * rowHeight, 'near', rowHeight)
    },
  }))
  const drawn = placed.filter(
    ({ firstRow, section, top }) => firstRow + section.rows.length * rowHeight > from && top < until,
  )
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be wrong, these are not form fields
    <div aria-label={label} className={css.list} ref={root} role="group" style={{ height }}>
      {drawn.map(({ section, top, firstRow, firstIndex }) => {
        const first = Math.max(0, Math.floor((from - firstRow) / rowHeight))
        const last = Math.min(section.rows.length, Math.ceil((until - firstRow) / rowHeight))
        return (
          <div
            className={css.section}
            key={section.key}
            style={{ top, height: firstRow - top + section.rows.length * rowHeight }}
          >
            {section.heading !== null && (
              <h2 className={css.heading} style={{ top: covered, height: firstRow - top }}>
                {section.heading}
              </h2>
            )}
            <ul aria-label={section.heading ?? label} style={{ paddingTop: first * rowHeight }}>
              {section.rows.slice(first, last).map((row, at) => (
                <li
                  aria-posinset={firstIndex + first + at + 1}
                  aria-setsize={count}
                  className={css.row}
                  key={keyOf(row)}
                  style={{ height: rowHeight }}
                >
                  {draw(row, firstIndex + first + at)}
                </li>
              ))}
            </ul>
          </div>
        )
      })}
    </div>
  )
}

function place<T>(
  sections: readonly WindowedSection<T>[],
  { rowHeight, heading }: { readonly rowHeight: number; readonly heading: number },
) {
  const placed: Placed<T>[] = []
  let top = 0
  let count = 0
  for (const section of sections) {
    const firstRow = top + (section.heading === null ? 0 : heading)
    placed.push({ section, top, firstRow, firstIndex: count })
    top = firstRow + section.rows.length * rowHeight
    count += section.rows.length
  }
  return { placed, height: top, count }
}

/** Drawn beyond what is in sight, above and below, so that a swift finger meets no empty paper. */
const margin = 600
/** Sight is told in steps, so that scrolling by a pixel draws nothing anew. */
const step = 300

/** The part of the list, in pixels from its top, that is to be drawn. */
function useSight(root: RefObject<HTMLElement | null>, height: number) {
  const [sight, see] = useState({ from: 0, until: 1_200 })
  const look = useCallback(() => {
    // Hidden behind something else, it keeps what it has drawn.
    if (root.current?.offsetParent === null) return
    const { top = 0 } = root.current?.getBoundingClientRect() ?? {}
    const from = Math.floor((-top - margin) / step) * step
    const until = Math.ceil((-top + window.innerHeight + margin) / step) * step
    see((last) => (last.from === from && last.until === until ? last : { from, until }))
  }, [root])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a list of another length is looked at anew
  useLayoutEffect(look, [look, height])
  useEffect(() => {
    // Caught on the way down, since the scrolled area may be the page or a pane of it.
    document.addEventListener('scroll', look, { capture: true, passive: true })
    window.addEventListener('resize', look)
    return () => {
      document.removeEventListener('scroll', look, { capture: true })
      window.removeEventListener('resize', look)
    }
  }, [look])
  return sight
}

/** Scrolls the area around the list: `top` to its top edge, `near` only as far as needed. */
function useReveal(root: RefObject<HTMLElement | null>, covered: number) {
  return (at: number, how: 'top' | 'near', size = 0) => {
    const list = root.current
    if (!list) return
    const scroller = scrollerOf(list)
    const frame = scroller === document.scrollingElement ? 0 : scroller.getBoundingClientRect().top
    const now = list.getBoundingClientRect().top + at - frame
    const end = scroller.clientHeight - (how === 'near' ? size + 72 : 0)
    if (how === 'top') scroller.scrollBy({ top: now - covered })
    else if (now < covered + headingHeight * 16)
      scroller.scrollBy({ top: now - covered - headingHeight * 16 })
    else if (now > end) scroller.scrollBy({ top: now - end })
  }
}

function scrollerOf(element: HTMLElement): Element {
  for (let at = element.parentElement; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY) && at !== document.body) return at
  }
  return document.scrollingElement ?? document.documentElement
}

/** Pixels of one rem: people who set a larger text get larger rows. */
function useRem(): number {
  const [rem] = useState(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16)
  return rem
}
