import { Trash2 } from 'lucide-preact'
import { Button } from '#web/ui/button.tsx'
import { toast } from '#web/ui/toast.tsx'
import { BANNER_MAX } from '#worker/applications/terms.ts'
import { BANNER_TYPES, scaledBanner } from './banner.ts'
import { FileField } from './file-field.tsx'
import type { BuilderState } from './use-builder.ts'
import { inMib, useUpload } from './use-upload.ts'

const PLACE = 'design/bannerUrl'

/** The image above the form. A new one is saved as soon as it is chosen; taking it away, with the rest. */
export function BannerField({ builder }: { builder: BuilderState }) {
  const { form, draft, changes, change, takeUpload, faults } = builder
  const { bannerUrl } = draft.design
  const setUrl = (url: string | null) =>
    change(PLACE, (now) => ({ ...now, design: { ...now.design, bannerUrl: url } }))
  const upload = useUpload(`/api/forms/${form.id}/banner`, (saved) => {
    changes.took(saved)
    takeUpload(saved)
    setUrl(saved.design.bannerUrl)
    toast({ text: 'The banner is saved.' })
  })
  return (
    <FileField
      legend="Banner image"
      place={PLACE}
      accept={BANNER_TYPES}
      hint={`PNG, JPEG, WebP or GIF, ${inMib(BANNER_MAX)} at most; wider ones are scaled to 1,600 pixels. Saved at once.`}
      action={bannerUrl ? 'Replace' : 'Upload'}
      error={upload.error || faults[PLACE]}
      share={upload.share}
      onChoose={(file) => void upload.send(() => scaledBanner(file))}
      onStop={upload.stop}
    >
      {bannerUrl && (
        <div class="banner-now">
          <img src={bannerUrl} alt="The banner as it is now" />
          <Button look="plain" onClick={() => setUrl(null)}>
            <Trash2 size={14} aria-hidden="true" />
            Remove
          </Button>
        </div>
      )}
    </FileField>
  )
}
