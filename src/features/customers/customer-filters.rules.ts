/** Which customers; an empty list or null asks for nothing. Departments go by name, across institutions. */
export interface CustomerFilters {
  readonly roles: readonly string[]
  readonly titles: readonly string[]
  readonly cities: readonly string[]
  readonly institutionIds: readonly string[]
  readonly departments: readonly string[]
  /** `open`: with an open commitment; `overdue`: with one of ours whose day has passed. */
  readonly promises: 'open' | 'overdue' | null
  /** Not visited for more than so many days, or never. */
  readonly unvisitedDays: number | null
}

export const noFilters: CustomerFilters = {
  roles: [],
  titles: [],
  cities: [],
  institutionIds: [],
  departments: [],
  promises: null,
  unvisitedDays: null,
}

/** `visit`: never visited and longest ago first. */
export const customerSorts = ['name', 'visit', 'institution'] as const
export type CustomerSort = (typeof customerSorts)[number]
