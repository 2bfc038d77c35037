import { useMedia } from '#web/ui/use-media.ts'

/** Whether the screen is too narrow for a table. */
export const useNarrow = () => useMedia('(width < 40rem)')
