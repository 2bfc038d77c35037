import { CopyButton } from '#web/admin/applications/copy-button.tsx'
import { addressOf } from '#web/admin/applications/form-address.ts'
import { ChipsField } from '#web/ui/chips-field.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { TextField } from '#web/ui/text-field.tsx'
import { embedCodeOf, siteOf } from './embed-code.ts'
import { QrCode } from './qr-code.tsx'
import { TickField } from './tick-field.tsx'
import type { BuilderState } from './use-builder.ts'

/** Where applicants find the form. */
export function SharePart({ builder }: { builder: BuilderState }) {
  const { draft, basis, form, refusal, bind, change, faults } = builder
  const { share, slug } = draft
  const set = (part: Partial<typeof share>) => {
    const [field = ''] = Object.keys(part)
    change(`share/${field}`, (now) => ({ ...now, share: { ...now.share, ...part } }))
  }
  const moves = slug.trim().toLowerCase() !== basis.draft.slug
  return (
    <div class="part-fields">
      {form.state !== 'published' && (
        <Notice>
          {form.state === 'draft'
            ? 'This form is a draft: its address works once it is published.'
            : 'This form is closed: its address says that it takes no more applications.'}
        </Notice>
      )}
      <fieldset class="contents" disabled={refusal !== undefined}>
        <h2>Page of its own</h2>
        <TickField
          label="Everybody who has the address can open it"
          name="share/public"
          checked={share.public}
          set={(value) => set({ public: value })}
        />
        <TextField
          {...bind('slug', slug, (value) => change('slug', (now) => ({ ...now, slug: value })))}
          label="Address"
          hint={`${location.origin}/apply/…`}
          autocomplete="off"
          spellcheck={false}
        />
        {moves && (
          <Notice tone="amber" role="status">
            Once you save, /apply/{basis.draft.slug} stops working: links, embeds and printed codes that have
            it lead nowhere.
          </Notice>
        )}
      </fieldset>
      {share.public && <Address slug={basis.draft.slug} name={draft.name} />}
      <fieldset class="contents" disabled={refusal !== undefined}>
        <h2>On your website</h2>
        <TickField
          label="It can be embedded"
          name="share/embed"
          checked={share.embed}
          set={(value) => set({ embed: value })}
        />
        {share.embed && (
          <div data-place="share/sites">
            <ChipsField
              label="Sites that may embed it"
              hint="Without any, every site may."
              error={faults['share/sites']}
              optional
              values={share.sites}
              setValues={(sites) => set({ sites })}
              options={[]}
              accept={siteOf}
              refusal="Enter a site such as https://www.acme.com."
              placeholder="https://www.acme.com"
            />
          </div>
        )}
      </fieldset>
      {share.embed && <EmbedCode code={embedCodeOf(location.origin, basis.draft)} />}
    </div>
  )
}

function Address({ slug, name }: { slug: string; name: string }) {
  const address = addressOf(slug)
  return (
    <div class="share-address">
      <p class="copied">
        <code class="wrap-anywhere">{address}</code>
        <CopyButton text={address} label="Copy address" inWords />
      </p>
      <QrCode text={address} name={name} />
    </div>
  )
}

const EmbedCode = ({ code }: { code: string }) => (
  <div class="share-code">
    <pre>{code}</pre>
    <CopyButton text={code} label="Copy embed code" inWords />
  </div>
)
