import { contrast, GROUNDS, SHAPE_CONTRAST, TEXT_CONTRAST } from '#web/form/contrast.ts'
import { Field } from '#web/ui/field.tsx'
import { Notice } from '#web/ui/notice.tsx'
import type { Design } from '#worker/applications/schema.ts'
import { BANNER_HEIGHT, FONT_LABELS, FONTS } from '#worker/applications/terms.ts'
import { BannerField } from './banner-field.tsx'
import { ChoiceField } from './choice-field.tsx'
import { TickField } from './tick-field.tsx'
import type { BuilderState } from './use-builder.ts'

/** How the form looks; the preview shows it at once. */
export function DesignPart({ builder }: { builder: BuilderState }) {
  const { draft, refusal, bind, faults } = builder
  const { design } = draft
  const set = (part: Partial<Design>) => {
    const [field = ''] = Object.keys(part)
    builder.change(`design/${field}`, (now) => ({ ...now, design: { ...now.design, ...part } }))
  }
  return (
    <fieldset class="part-fields" disabled={refusal !== undefined}>
      <h2>Banner</h2>
      <BannerField builder={builder} />
      <BannerColour design={design} set={set} error={faults['design/bannerColor']} />
      <HeightField
        value={design.bannerHeight}
        error={faults['design/bannerHeight']}
        set={(bannerHeight) => set({ bannerHeight })}
      />
      <h2>Text and colour</h2>
      <div class="pair">
        <ChoiceField
          {...bind('design/font', design.font, (value) => {
            const font = FONTS.find((one) => one === value)
            if (font) set({ font })
          })}
          label="Font"
          hint="Fonts that devices have already: nothing has to be loaded."
          options={FONTS.map((value) => ({ value, label: FONT_LABELS[value] }))}
        />
        <ColourField
          label="Accent colour"
          name="design/accent"
          hint="Of the button, of links and of what is ticked."
          value={design.accent}
          error={faults['design/accent']}
          set={(accent) => set({ accent })}
        />
      </div>
      <Readability accent={design.accent} />
    </fieldset>
  )
}

interface ColourProps {
  label: string
  name: string
  hint?: string
  value: string
  error: string | undefined
  set: (colour: string) => void
}

const ColourField = ({ label, name, hint, value, error, set }: ColourProps) => (
  <Field label={label} hint={hint} error={error}>
    {({ class: look, ...control }) => (
      <span class="colour">
        <input
          type="color"
          class={look}
          name={name}
          value={value}
          {...control}
          onInput={({ currentTarget }) => set(currentTarget.value)}
        />
        <code>{value}</code>
      </span>
    )}
  </Field>
)

const FIRST_COLOUR = '#1a56db'

interface BannerColourProps {
  design: Design
  set: (part: Partial<Design>) => void
  error: string | undefined
}

function BannerColour({ design: { bannerColor, bannerUrl }, set, error }: BannerColourProps) {
  return (
    <>
      <TickField
        label="A band of colour above the form"
        hint={bannerUrl ? 'The image covers it; it shows until the image has arrived.' : undefined}
        checked={bannerColor !== null}
        set={(on) => set({ bannerColor: on ? FIRST_COLOUR : null })}
      />
      {bannerColor !== null && (
        <ColourField
          label="Colour of the band"
          name="design/bannerColor"
          value={bannerColor}
          error={error}
          set={(colour) => set({ bannerColor: colour })}
        />
      )}
    </>
  )
}

interface HeightProps {
  value: number
  error: string | undefined
  set: (height: number) => void
}

const HeightField = ({ value, error, set }: HeightProps) => (
  <Field label="Height of the banner" error={error}>
    {({ class: _, ...control }) => (
      <span class="range">
        <input
          type="range"
          name="design/bannerHeight"
          min={BANNER_HEIGHT.min}
          max={BANNER_HEIGHT.max}
          step={10}
          value={value}
          {...control}
          onInput={({ currentTarget }) => set(currentTarget.valueAsNumber)}
        />
        <span class="number">{value} pixels</span>
      </span>
    )}
  </Field>
)

/** A colour that would be hard to see is drawn darker or lighter than it is; whoever chose it should know. */
function Readability({ accent }: { accent: string }) {
  const onDark = contrast(accent, GROUNDS.dark) < TEXT_CONTRAST
  if (contrast(accent, GROUNDS.light) >= TEXT_CONTRAST)
    return onDark ? <p class="muted">On dark screens, a lighter shade of the accent is used.</p> : null
  const faint = contrast(accent, GROUNDS.light) < SHAPE_CONTRAST
  return (
    <Notice tone="amber" role="status">
      {faint
        ? 'This colour is hard to see on white. The button, links and ticks are drawn in a darker shade of it.'
        : 'This colour is hard to read on white. Links are drawn in a darker shade of it.'}
    </Notice>
  )
}
