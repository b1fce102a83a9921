// Every address of the app. Screens load when they are first opened, and in idle time before that.
import type { RouteObject } from 'react-router'
import { Shell } from './shell.tsx'
import { FaultScreen, NotFoundScreen } from './shell-faults.tsx'

const screens = {
  today: async () => (await import('./screens/today.tsx')).TodayScreen,
  customers: async () => (await import('./screens/customers.tsx')).CustomersScreen,
  plan: async () => (await import('./screens/plan.tsx')).PlanScreen,
  visitReport: async () => (await import('./screens/visit-report.tsx')).VisitReportScreen,
  team: async () => (await import('./screens/team.tsx')).TeamScreen,
  imports: async () => (await import('./screens/imports.tsx')).ImportsScreen,
  admin: async () => (await import('./screens/admin.tsx')).AdminScreen,
  me: async () => (await import('./screens/me.tsx')).MeScreen,
  signIn: async () => (await import('./screens/sign-in.tsx')).SignInScreen,
  setUp: async () => (await import('./screens/set-up.tsx')).SetUpScreen,
  invitation: async () => (await import('./screens/accept-invitation.tsx')).AcceptInvitationScreen,
}

type ScreenName = keyof typeof screens

export const routes: RouteObject[] = [
  {
    path: '/',
    Component: Shell,
    ErrorBoundary: FaultScreen,
    children: [
      { index: true, ...screen('today') },
      // One route for list and customer, so that the list stays as it was beside the customer.
      { path: 'customers/:id?', ...screen('customers') },
      { path: 'plan', ...screen('plan') },
      { path: 'visits/:id/report', ...screen('visitReport') },
      { path: 'team', ...screen('team') },
      { path: 'imports', ...screen('imports') },
      { path: 'admin', ...screen('admin') },
      { path: 'me', ...screen('me') },
      { path: '*', Component: NotFoundScreen },
    ],
  },
  { path: '/sign-in', ErrorBoundary: FaultScreen, ...screen('signIn') },
  { path: '/set-up', ErrorBoundary: FaultScreen, ...screen('setUp') },
  { path: '/invitation/:token', ErrorBoundary: FaultScreen, ...screen('invitation') },
]

/** Screens a signed-in member may open next, fetched ahead so that opening one never waits. */
const ahead: readonly ScreenName[] = ['today', 'customers', 'visitReport', 'plan', 'me']

export function loadAhead(): void {
  // Failing is fine here: the screen is asked for again when it is opened.
  for (const name of ahead) screens[name]().catch(() => undefined)
}

function screen(name: ScreenName): Pick<RouteObject, 'lazy' | 'HydrateFallback'> {
  return { lazy: async () => ({ Component: await screens[name]() }), HydrateFallback: () => null }
}
