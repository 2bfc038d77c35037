import type { Design } from '#worker/applications/schema.ts'
import { BANNER_WIDTH } from './design.ts'

/** Keeps its height while the image is on its way, or when it does not come. */
export function Banner({ design: { bannerUrl, bannerColor, bannerHeight } }: { design: Design }) {
  if (!bannerUrl && !bannerColor) return null
  return (
    <div class="banner">
      {bannerUrl && <img src={bannerUrl} alt="" width={BANNER_WIDTH} height={bannerHeight} />}
    </div>
  )
}
