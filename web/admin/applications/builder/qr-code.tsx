import { Download } from 'lucide-preact'
import { useMemo } from 'preact/hooks'
import { encode, renderSVG } from 'uqr'
import { Button } from '#web/ui/button.tsx'

interface Props {
  text: string
  /** Of the form, which names the file. */
  name: string
}

/** Quiet modules around the code, without which cameras miss it. */
const BORDER = 2

/** An address for cameras, black on white in either theme. */
export function QrCode({ text, name }: Props) {
  const { size, path } = useMemo(() => {
    const { size, data } = encode(text, { ecc: 'M', border: BORDER })
    const dark = data.flatMap((line, y) =>
      line.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
    )
    return { size, path: dark.join('') }
  }, [text])
  const download = () => {
    const svg = new Blob([renderSVG(text, { ecc: 'M', border: BORDER })], { type: 'image/svg+xml' })
    const link = document.createElement('a')
    link.href = URL.createObjectURL(svg)
    link.download = `${name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60) || 'form'}.svg`
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 1_000)
  }
  return (
    <div class="qr">
      <svg
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label={`QR code of ${text}`}
        shape-rendering="crispEdges"
      >
        <path d={path} />
      </svg>
      <Button onClick={download}>
        <Download size={14} aria-hidden="true" />
        QR code as SVG
      </Button>
    </div>
  )
}
