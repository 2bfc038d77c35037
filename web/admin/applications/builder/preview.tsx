import { Monitor, Smartphone } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import { useMedia } from '#web/ui/use-media.ts'
import { type FormDraft, sectionsOf } from './draft.ts'
import { useFrame } from './use-frame.ts'
import '#web/ui/segments.css'
import './preview.css'

interface Props {
  draft: FormDraft
}

const DEVICES = [
  { value: 'desktop', label: 'Desktop', Icon: Monitor, width: 800 },
  { value: 'phone', label: 'Phone', Icon: Smartphone, width: 390 },
] as const
type Device = (typeof DEVICES)[number]['value']

/** The form as applicants see it, as it is being edited. Nothing can be sent with it. */
export function Preview({ draft }: Props) {
  const narrow = useMedia('(width < 40rem)')
  const [device, setDevice] = useState<Device>(narrow ? 'phone' : 'desktop')
  const [said, say] = useState('')
  const frame = useRef<HTMLIFrameElement>(null)
  const stage = useRef<HTMLDivElement>(null)
  const { content, design } = draft
  const { width } = DEVICES.find(({ value }) => value === device) ?? DEVICES[0]
  useFrame(frame, stage, width, { content, design, sections: sectionsOf(draft.sections) }, () =>
    say('This is a preview: nothing is sent.'),
  )
  return (
    <section class="preview" aria-label="Preview">
      <header>
        <h2>Preview</h2>
        <p role="status">{said}</p>
        <fieldset class="segments">
          <legend class="sr-only">Preview on</legend>
          {DEVICES.map(({ value, label, Icon }) => (
            <label key={value}>
              <input
                class="sr-only"
                type="radio"
                name="device"
                checked={value === device}
                onChange={() => setDevice(value)}
              />
              <Icon size={14} aria-hidden="true" />
              {label}
            </label>
          ))}
        </fieldset>
      </header>
      <div ref={stage} class="preview-stage" data-device={device}>
        <iframe ref={frame} title="Preview of the form" />
      </div>
    </section>
  )
}
