import { createTheme, type MantineColorsTuple } from '@mantine/core'

// Ten steps around azurite; what is drawn comes from tokens.css, Mantine only needs a scale of its own.
const azurite: MantineColorsTuple = [
  '#e8eff5',
  '#d3e0ec',
  '#a9c3da',
  '#8cb9e0',
  '#5c8db8',
  '#3f749f',
  '#2a5c88',
  '#214c72',
  '#193b59',
  '#102a41',
]

/** Mantine in the product's look: its variables are bound to the tokens, so that both always agree. */
export const theme = createTheme({
  primaryColor: 'azurite',
  primaryShade: { light: 6, dark: 3 },
  colors: { azurite },
  fontFamily: 'inherit',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace',
  defaultRadius: 10,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '1rem', lg: '1.25rem', xl: '1.75rem' },
  lineHeights: { xs: '1.4', sm: '1.5', md: '1.6', lg: '1.5', xl: '1.35' },
  headings: { fontFamily: 'inherit', fontWeight: '600' },
})
