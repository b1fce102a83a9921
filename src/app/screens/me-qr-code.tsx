import qrcode from 'qrcode-generator'

interface QrCodeProps {
  readonly text: string
  readonly label: string
}

/** Black on white in either theme: scanners expect it. */
export function QrCode({ text, label }: QrCodeProps) {
  // Type 0 takes the smallest that holds the text; M survives a smudge.
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const size = code.getModuleCount()
  const cells = Array.from(
    { length: size * size },
    (_, index) => [Math.floor(index / size), index % size] as const,
  )
  const path = cells.flatMap(([row, column]) =>
    code.isDark(row, column) ? [`M${column} ${row}h1v1h-1z`] : [],
  )
  return (
    <svg aria-label={label} role="img" viewBox={`0 0 ${size} ${size}`}>
      <path d={path.join('')} fill="#000000" shapeRendering="crispEdges" />
    </svg>
  )
}
