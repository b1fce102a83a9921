import type { RowOf } from '#core/entity.ts'
import { reachOf } from '#core/role.ts'
import type { View } from '#core/view.ts'
import { fieldWork } from '#features/access/access.rules.ts'
import { member } from '#features/access/member.entity.ts'
import { assignment } from './assignment.entity.ts'
import { territory } from './territory.entity.ts'
import { holdsOn, subtreeOf } from './territory.rules.ts'

type Territory = RowOf<typeof territory>
type Assignment = RowOf<typeof assignment>
type Member = RowOf<typeof member>

export interface TreeLine {
  readonly territory: Territory
  /** 0 at the top. */
  readonly depth: number
  /** Names from the top down to this one: 华东 / 上海. */
  readonly path: string
}

const collator = new Intl.Collator('zh-CN', { numeric: true })

/** By pinyin, but 一区, 二区, 三区 by their number. */
const order = { compare: (a: string, b: string) => collator.compare(numbered(a), numbered(b)) }

/** All territories in the order of the tree, each with its depth; brothers by name. */
export function territoryTree(view: View): readonly TreeLine[] {
  const inLine = (rows: readonly Territory[], depth: number, above: string): TreeLine[] =>
    [...rows]
      .sort((a, b) => order.compare(a.name, b.name))
      .flatMap((each) => {
        const path = above === '' ? each.name : `${above} / ${each.name}`
        const below = view.where(territory, 'parentId', each.id)
        return [{ territory: each, depth, path }, ...inLine(below, depth + 1, path)]
      })
  // One whose parent is out of sight stands at the top.
  const isTop = ({ parentId }: Territory) => parentId === null || !view.get(territory, parentId)
  return inLine(view.all(territory).filter(isTop), 0, '')
}

/** Who works a territory itself (not those above it), the present ones first, then by name. */
export interface Posting {
  readonly assignment: Assignment
  readonly member: Member | undefined
  readonly territory: Territory | undefined
  readonly isCurrent: boolean
}

export function postingsOfTerritory(view: View, territoryId: string, day: string): readonly Posting[] {
  return postings(view, view.where(assignment, 'territoryId', territoryId), day)
}

export function postingsOfMember(view: View, memberId: string, day: string): readonly Posting[] {
  return postings(view, view.where(assignment, 'memberId', memberId), day)
}

/** A colleague below somebody, with the territories of his own. */
export interface TeamMember {
  readonly member: Member
  readonly territories: readonly Territory[]
}

/** Those in the field who on that day work territories of `managerId` or below them; he himself is left out. */
export function teamOf(view: View, managerId: string, day: string): readonly TeamMember[] {
  const held = view.where(assignment, 'memberId', managerId).filter((each) => holdsOn(each, day))
  const within = new Set(held.flatMap(({ territoryId }) => [...subtreeOf(view, territoryId)]))
  const found = new Map<string, Territory[]>()
  for (const territoryId of within) {
    const place = view.get(territory, territoryId)
    for (const each of view.where(assignment, 'territoryId', territoryId)) {
      if (!place || each.memberId === managerId || !holdsOn(each, day)) continue
      found.set(each.memberId, [...(found.get(each.memberId) ?? []), place])
    }
  }
  return [...found]
    .flatMap(([id, territories]) => {
      const colleague = view.get(member, id)
      const isInField = colleague?.isActive && reachOf(fieldWork, colleague.roles) !== null
      return isInField ? [{ member: colleague, territories }] : []
    })
    .sort((a, b) => order.compare(a.territories[0]?.name ?? '', b.territories[0]?.name ?? ''))
}

function postings(view: View, all: readonly Assignment[], day: string): readonly Posting[] {
  return all
    .map((each) => ({
      assignment: each,
      member: view.get(member, each.memberId),
      territory: view.get(territory, each.territoryId),
      isCurrent: holdsOn(each, day),
    }))
    .sort(
      (a, b) =>
        Number(b.isCurrent) - Number(a.isCurrent) ||
        order.compare(a.member?.name ?? '', b.member?.name ?? '') ||
        order.compare(a.territory?.name ?? '', b.territory?.name ?? ''),
    )
}

function numbered(name: string): string {
  return name.replace(/[一二三四五六七八九](?=[区组队部])/g, (figure) =>
    String('一二三四五六七八九'.indexOf(figure) + 1),
  )
}
