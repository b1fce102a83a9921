// The product's backbone as a picture: eight stations on a circle, and the step from 复盘 into the next round.
import { words } from '#core/words.ts'
import { useWords } from '#web/language.tsx'
import css from './sign-in-circle.module.css'

const stationWords = words({
  'circle.label': {
    'zh-CN': '识别、分级、需求、计划、互动、承诺、反馈、复盘，周而复始',
    en: 'Know, place, need, plan, meet, promise, hear, review, and round again',
  },
  'circle.1': { 'zh-CN': '识别', en: 'Know' },
  'circle.2': { 'zh-CN': '分级', en: 'Place' },
  'circle.3': { 'zh-CN': '需求', en: 'Need' },
  'circle.4': { 'zh-CN': '计划', en: 'Plan' },
  'circle.5': { 'zh-CN': '互动', en: 'Meet' },
  'circle.6': { 'zh-CN': '承诺', en: 'Promise' },
  'circle.7': { 'zh-CN': '反馈', en: 'Hear' },
  'circle.8': { 'zh-CN': '复盘', en: 'Review' },
})

const stations = [1, 2, 3, 4, 5, 6, 7, 8] as const
const centre = 200
const ring = 120
const outside = 158
/** How far the step goes to the right and up, well beyond the ring. */
const reach = 132

/** Where station n stands, clockwise from the gap at the upper right, through which the step leads out. */
function at(station: number, radius: number): readonly [x: number, y: number] {
  const angle = ((station - 0.5) / stations.length) * 2 * Math.PI - Math.PI / 4
  return [centre + radius * Math.cos(angle), centre + radius * Math.sin(angle)]
}

export function Circle() {
  const t = useWords(stationWords)
  const [startX, startY] = at(1, ring)
  const [endX, endY] = at(8, ring)
  return (
    <svg aria-label={t('circle.label')} className={css.circle} fill="none" role="img" viewBox="0 0 400 400">
      <path className={css.tick} d={ticks} />
      <path className={css.ring} d={`M${startX} ${startY}A${ring} ${ring} 0 1 1 ${endX} ${endY}`} />
      <path className={css.step} d={`M${centre} ${centre}L${centre + reach} ${centre - reach}`} />
      {stations.map((station) => {
        const [x, y] = at(station, ring)
        const [textX, textY] = at(station, outside)
        return (
          <g key={station}>
            <circle className={station === 6 ? css.promised : css.station} cx={x} cy={y} r="5.5" />
            <text className={css.word} textAnchor="middle" x={textX} y={textY + 5}>
              {t(`circle.${station}`)}
            </text>
          </g>
        )
      })}
      <circle className={css.hub} cx={centre} cy={centre} r="4" />
    </svg>
  )
}

// Fine marks inside the ring, as on the face of an instrument.
const ticks = Array.from({ length: 64 }, (_, index) => {
  const angle = (index / 64) * 2 * Math.PI
  const [x, y] = [Math.cos(angle), Math.sin(angle)]
  const [from, to] = [ring - 14, ring - (index % 8 === 4 ? 26 : 20)]
  return `M${centre + from * x} ${centre + from * y}L${centre + to * x} ${centre + to * y}`
}).join('')
