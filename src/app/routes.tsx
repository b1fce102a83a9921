// Every address of the app. Screens load when they are first opened, and in idle time before that.
import type { RouteObject } from 'react-router'
import { Shell } from './shell.tsx'
import { FaultScreen, NotFoundScreen } from './shell-faults.tsx'

const screens = {
  today: async () => (await import('./screens/today.tsx')).TodayScreen,
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
      { path: 'me', ...screen('me') },
      { path: '*', Component: NotFoundScreen },
    ],
  },
  { path: '/sign-in', ErrorBoundary: FaultScreen, ...screen('signIn') },
  { path: '/set-up', ErrorBoundary: FaultScreen, ...screen('setUp') },
  { path: '/invitation/:token', ErrorBoundary: FaultScreen, ...screen('invitation') },
]

/** Screens a signed-in member may open next, fetched ahead so that opening one never waits. */
const ahead: readonly ScreenName[] = ['today', 'me']

export function loadAhead(): void {
  // Failing is fine here: the screen is asked for again when it is opened.
  for (const name of ahead) screens[name]().catch(() => undefined)
}

function screen(name: ScreenName): Pick<RouteObject, 'lazy' | 'HydrateFallback'> {
  return { lazy: async () => ({ Component: await screens[name]() }), HydrateFallback: () => null }
}
